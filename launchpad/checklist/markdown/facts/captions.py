"""Lists, tables and paragraphs, each with the titles that it stands under."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from launchpad.checklist.markdown.blocks import LISTS, Block
from launchpad.checklist.markdown.prose import Line, paragraph_lines
from launchpad.checklist.markdown.tree import Tree

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Captioned:
    """A list, a table or a paragraph that lies in no item.

    titles: nearest first: the bold lines and the lines or entries ending in a colon that
    announce it, then the headings, without the document's own.
    """

    block: Block
    titles: tuple[str, ...]


def find_captioned(tree: Tree) -> tuple[Captioned, ...]:
    """Return them in document order; what is nested in a plain entry only if that announces it."""
    top = tree.root.children
    titled = sum(block.token.tag == "h1" for block in top) == 1
    found: list[Captioned] = []
    headings: list[tuple[int, str]] = []
    start = 0
    for end, block in enumerate(top):
        if block.kind != "heading":
            continue
        if end > start:
            found.extend(_in_section(top[start:end], _titles(headings, titled=titled)))
        level = block.level
        while headings and headings[-1][0] >= level:
            headings.pop()
        headings.append((level, block.text))
        start = end + 1
    found.extend(_in_section(top[start:], _titles(headings, titled=titled)))
    return tuple(found)


def _titles(headings: Sequence[tuple[int, str]], *, titled: bool) -> tuple[str, ...]:
    # The document's own title is about all of it, and says nothing of a list far below.
    own = titled and len(headings) > 1 and headings[0][0] == 1
    return tuple(text for _, text in reversed(headings[1:] if own else headings))


def _in_section(blocks: Sequence[Block], titles: tuple[str, ...]) -> Iterator[Captioned]:
    caption: tuple[str, ...] = ()
    used = False
    for block in blocks:
        if block.kind == "paragraph":
            last = _announcing(block)
            if last:
                bold = caption[-1:] if caption and not last.bold else ()
                caption, used = (last.text.rstrip(": \uff1a"), *bold), False
            elif used:
                caption = ()
            yield Captioned(block, (*caption, *titles))
        elif block.kind in LISTS:
            used = True
            yield from _in_list(block, (*caption, *titles))
        elif block.kind == "table":
            used = True
            yield Captioned(block, (*caption, *titles))
        elif block.kind == "blockquote":
            yield from _in_section(block.children, (*caption, *titles))
        elif block.kind == "hr":
            caption = ()


def _announcing(paragraph: Block) -> Line | None:
    """Return a paragraph's last line if it announces what follows: it is bold, or has a colon."""
    inline = paragraph.inline
    if inline is None or not inline.content.rstrip().endswith((":", "\uff1a", "*", "_", ")")):
        return None
    lines = list(paragraph_lines(inline))
    if not lines or len(lines[-1].text) > _LONGEST:
        return None
    last = lines[-1]
    return last if last.bold or last.text.endswith((":", "\uff1a")) else None


def _in_list(block: Block, titles: tuple[str, ...]) -> Iterator[Captioned]:
    yield Captioned(block, titles)
    for item in block.children:
        if len(item.children) > 1 and item.box is None and announces(item):
            caption = item.children[0].text.rstrip(": \uff1a")
            for inner in item.children[1:]:
                if inner.kind in LISTS:
                    yield from _in_list(inner, (caption, *titles))


def announces(item: Block) -> bool:
    """Tell whether a list's entry only announces the list beneath it."""
    first = item.children[0] if item.children else None
    if first is None or not any(child.kind in LISTS for child in item.children):
        return False
    return len(first.text) <= _LONGEST and first.text.endswith((":", "\uff1a"))


def entries(block: Block) -> Iterator[Block]:
    """Yield a list's entries that say something themselves, and are no tasks."""
    for item in block.children:
        if item.said is not None and item.box is None and not announces(item):
            yield item
