"""A document parsed once, for all recognisers, with the way back to its characters."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.markdown.blocks import Block, make_tree
from launchpad.checklist.markdown.parser import DEEPEST, make_parser
from launchpad.checklist.model import Span

MARKER = "<!-- launchpad: launch log -->"
"""The line before a launch log that was appended to an exported document."""

# CommonMark's line endings, and no others (https://spec.commonmark.org/0.31.2/#line-ending).
_LINE_END = re.compile(r"\r\n?|\n")
_NEWLINE = re.compile(r"\n")
_KEY = re.compile(r"[\"']?[A-Za-z_][\w .-]*[\"']?:(\s|$)")
_TASK = re.compile(r"(?:[-*+]|\d+[.)])[ \t]+\[[ xX]\][ \t]")


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed document.

    text: what was parsed, without an earlier export's appendix; lines: the place of each line,
    without its line end; tokens: markdown-it's, in document order, their `map` 0-based lines;
    root: the same as a tree of blocks;
    front_matter: the text between the two lines of hyphens, "" without; appendix: the 1-based
    line on which an earlier export's appendix starts, None without.
    """

    text: str
    lines: tuple[Span, ...]
    tokens: tuple[Token, ...]
    root: Block
    front_matter: str
    appendix: int | None

    def line_at(self, offset: int) -> int:
        """Return the 1-based line that a character lies on."""
        return bisect_right(self.lines, offset, key=lambda line: line.start)

    def line_text(self, line: int) -> str:
        """Return the text of a 1-based line, without its line end."""
        place = self.lines[line - 1]
        return self.text[place.start : place.end]


def parse(name: str, text: str) -> Tree:
    """Return the parsed document; ChecklistError where it is nested beyond all reading."""
    lines = split_lines(text)
    tokens = tokenize(name, text)
    appendix = next((token.map[0] for token in tokens if is_marker(token) and token.map), None)
    if appendix is not None:
        # Parsed again, since a link defined in the appendix changes what is text above it.
        text = text[: lines[appendix].start]
        lines = split_lines(text)
        tokens = tokenize(name, text)
    front = next((token.content for token in tokens if token.type == "front_matter"), "")
    line = None if appendix is None else appendix + 1
    return Tree(text, lines, tuple(tokens), make_tree(tokens), front, line)


def split_lines(text: str) -> tuple[Span, ...]:
    r"""Return the place of each line, without its line end: \n, \r\n or \r."""
    starts, ends = [0], []
    # For a single character the search skips ahead.
    for end in (_LINE_END if "\r" in text else _NEWLINE).finditer(text):
        ends.append(end.start())
        starts.append(end.end())
    ends.append(len(text))
    return tuple(map(Span, starts, ends))


@cache
def _parser(*, front_matter: bool, inline: bool) -> MarkdownIt:
    parser = make_parser(front_matter=front_matter)
    return parser if inline else parser.disable("inline")


def tokenize(name: str, text: str, *, inline: bool = True) -> list[Token]:
    """Return markdown-it's tokens of a text; ChecklistError where it is nested too deeply.

    inline: read what lies in the blocks as well, which takes most of the time.
    """
    tokens = _parser(front_matter=True, inline=inline).parse(text)
    if tokens and tokens[0].type == "front_matter" and not _is_mapping(tokens[0].content):
        tokens = _parser(front_matter=False, inline=inline).parse(text)
    for token in tokens:
        # Where markdown-it gives up on the depth, it gives up on the rest of the document.
        if token.nesting == 1 and token.level + 1 >= DEEPEST and token.type != "paragraph_open":
            line = token.map[0] + 1 if token.map else 1
            raise ChecklistError(f"{name}, line {line}: lists or quotes nested too deeply")
    return tokens


def _is_mapping(front_matter: str) -> bool:
    """Tell front matter from a document that merely starts with a rule and has another below."""
    lines = [line for line in front_matter.splitlines() if line.strip()]
    if any(line == MARKER or _TASK.match(line) for line in lines):
        return False
    first = next((line for line in lines if not line.startswith("#")), None)
    return first is None or bool(_KEY.match(first))


def is_marker(token: Token) -> bool:
    """Tell the line before an appended launch log from every other block."""
    return token.type == "html_block" and token.level == 0 and token.content.startswith(MARKER)
