"""Where in the document the characters of a paragraph's content stand."""

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from markdown_it.token import Token

from launchpad.checklist.markdown.tree import Tree

# What markdown-it takes off a line.
_WHITE = " \t\n\v\f\r"


def first_line(tree: Tree, inline: Token) -> int:
    """Return the 1-based line that a paragraph's content starts on.

    markdown-it also takes away leading lines of white space that is none to CommonMark, such as
    an ideographic space, and leaves them in the paragraph's lines.
    """
    first, end = inline.map or (0, 1)
    spare = end - first - inline.content.count("\n") - 1
    said = inline.content.partition("\n")[0].strip()
    while spare > 0 and not tree.line_text(first + 1).rstrip().endswith(said):
        first, spare = first + 1, spare - 1
    return first + 1


def placing(tree: Tree, inline: Token) -> Callable[[int], int]:
    """Return what tells where in the text a character of a paragraph or heading stands.

    Its lines are looked for once each: for a paragraph of boxes it is asked again and again.
    """
    first = first_line(tree, inline)
    lines = inline.content.split("\n")
    begins = [0, *accumulate(len(line) + 1 for line in lines[:-1])]
    starts: dict[int, int] = {}

    def place(index: int) -> int:
        row = bisect_right(begins, index) - 1
        if row not in starts:
            starts[row] = _start(tree, first + row, lines[row])
        return starts[row] + index - begins[row]

    return place


def _start(tree: Tree, line: int, content: str) -> int:
    """Return where a line's content stands, which is found again from the line's right end.

    markdown-it takes indentation and quote marks off a line's start, and white space off a
    paragraph's ends.
    """
    original = tree.line_text(line).rstrip(_WHITE)
    start = tree.lines[line - 1].start
    core = content.strip(_WHITE)
    if not core:
        return start + len(original)
    # Not at the line's end: a heading with closing hashes.
    at = len(original) - len(core) if original.endswith(core) else original.find(core)
    return start + at - (len(content) - len(content.lstrip(_WHITE)))
