"""Tables, with the place of each cell in the document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from launchpad.checklist.markdown.blocks import Block
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.model import Span

# What stands before a row that lies in a quote or a list.
_PREFIX = re.compile(r"[ \t>]*")
# GFM divides a row before anything else is read: at each pipe without a backslash before it, be
# it in a code span or not (https://github.github.com/gfm/#tables-extension-).
_DIVIDER = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    text: its words, safe; block: what was parsed of it; span: the characters between its white
    space; of an empty cell that white space; None where the row ends before this cell.
    """

    text: str
    block: Block
    span: Span | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row below a table's head, with as many cells as that; line: 1-based."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. block: its own; heads: the words of its columns; line: 1-based, of its head."""

    block: Block
    line: int
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def find_tables(tree: Tree) -> tuple[Table, ...]:
    """Return the document's tables in document order."""
    return tuple(_table(tree, block) for block in tree.root.walk() if block.kind == "table")


def _table(tree: Tree, block: Block) -> Table:
    head, *rows = (row for part in block.children for row in part.children)
    return Table(
        block=block,
        line=block.line,
        heads=tuple(cell.text for cell in head.children),
        rows=tuple(_row(tree, row) for row in rows),
    )


def _row(tree: Tree, row: Block) -> Row:
    spans = [*_spans(tree, row.line), *[None] * len(row.children)]
    cells = tuple(
        Cell(cell.text, cell, span) for cell, span in zip(row.children, spans, strict=False)
    )
    return Row(row.line, cells)


def _spans(tree: Tree, line: int) -> Iterator[Span]:
    place = tree.lines[line - 1]
    text = tree.text[place.start : place.end].rstrip()
    start = _prefix(text)
    ends = [divider.start() for divider in _DIVIDER.finditer(text, start)]
    if ends and ends[0] == start:
        start, ends = start + 1, ends[1:]
    if not ends or ends[-1] != len(text) - 1:
        ends.append(len(text))
    for end in ends:
        said = text[start:end]
        if said.strip():
            first = start + len(said) - len(said.lstrip())
            yield Span(place.start + first, place.start + start + len(said.rstrip()))
        else:
            yield Span(place.start + start, place.start + end)
        start = end + 1


def _prefix(text: str) -> int:
    match = _PREFIX.match(text)
    return match.end() if match else 0
