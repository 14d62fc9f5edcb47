"""Pieces of a document as plain lines: for a person to read, with commands to copy."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from launchpad.checklist.markdown.blocks import CODE, LISTS, Block
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.markdown.words import leading_bold, words
from launchpad.text.safe import safe


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph.

    label: the bold run it starts with, "" without; bold: whether it says nothing but that, beside
    a remark in brackets; line: 1-based; blank: whether there is a blank on it to write upon.
    """

    text: str
    label: str
    bold: bool
    line: int
    blank: bool


Piece = Block | Line


def paragraph_lines(inline: Token) -> Iterator[Line]:
    """Yield the lines of a paragraph that say something."""
    parts: list[list[Token]] = [[]]
    for token in inline.children or ():
        if token.type in {"softbreak", "hardbreak"}:
            parts.append([])
        else:
            parts[-1].append(token)
    first, end = inline.map or (0, 1)
    for number, part in enumerate(parts):
        text, label = words(part), leading_bold(part)
        rest = text[len(label) :].strip(" :.") if text.startswith(label) else text
        remark = rest.startswith("(") and rest.endswith(")") and rest.count("(") == 1
        if text:
            yield Line(
                text=text,
                label=label,
                bold=bool(label) and (not rest or remark),
                line=min(first + number, end - 1) + 1,
                blank=any(token.type == "blank" for token in part),
            )


def plain_lines(tree: Tree, blocks: Iterable[Piece]) -> Iterator[str]:
    """Yield the lines of blocks: words without markup, code as it stands, all safe.

    A fence keeps its two lines of backticks, and is not indented by the list it stands in. What
    a reader does not see is left out, and so are the lines with a blank to write upon.
    """
    for block in blocks:
        yield from (said.text for said in _said(tree, block))


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    code: bool = False


def _said(tree: Tree, block: Piece) -> Iterator[_Said]:
    if isinstance(block, Line):
        if not block.blank:
            yield _Said(block.text)
    elif block.kind in LISTS:
        yield from _in_list(tree, block)
    elif block.kind in CODE:
        yield from (_Said(line, code=True) for line in _code(block))
    elif block.kind == "table":
        lines = range(block.line, block.end_line + 1)
        yield from (_Said(safe(tree.line_text(line)).strip()) for line in lines)
    elif block.kind == "html_block":
        yield from map(_Said, _html(block))
    else:
        inside = paragraph_lines(block.inline) if block.inline else block.children
        for child in inside:
            yield from _said(tree, child)


def _in_list(tree: Tree, block: Block) -> Iterator[_Said]:
    number = int(block.token.attrs.get("start", 1))
    for position, item in enumerate(block.children):
        bullet = f"{number + position}. " if block.kind == "ordered_list" else "- "
        lead = bullet
        for child in item.children:
            for said in _said(tree, child):
                if said.code:
                    yield said
                else:
                    yield _Said(lead + said.text)
                    lead = " " * len(bullet)


def _code(block: Block) -> Iterator[str]:
    if block.kind == "code_block":
        yield from (f"    {line}" for line in _split(block.token.content))
        return
    yield safe(block.token.markup + block.token.info.strip())
    yield from _split(block.token.content)
    yield block.token.markup


def _html(block: Block) -> list[str]:
    """Return the lines of an element, which may hold words; a comment or a declaration has none."""
    return [] if block.token.content.lstrip().startswith("<!") else _split(block.token.content)


def _split(content: str) -> list[str]:
    return safe(content.removesuffix("\n")).split("\n")
