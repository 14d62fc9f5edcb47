"""The rows of a table that can be ticked."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from launchpad.checklist.markdown.boxes.cells import Tick, read_cell, row_name
from launchpad.checklist.markdown.boxes.lines import BoxedLine, choose, outcome_key
from launchpad.checklist.markdown.boxes.marks import Glyphs
from launchpad.checklist.markdown.boxes.words import CROSSED, OUTCOMES, heads_a_status
from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.tables import Row, Table
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.model import ReadingWarning

Found = Iterator[Entry | ReadingWarning]


@dataclass(frozen=True, slots=True)
class _BoxedRow:
    """A row and what can be ticked in it. name, label: its words, and their bold lead."""

    row: Row
    ticks: tuple[Tick, ...]
    name: str
    label: str


def table_entries(
    tree: Tree, table: Table, taken: Container[int], depth: int, glyphs: Glyphs
) -> Found:
    """Yield the rows of a table that can be ticked, each once.

    A row with boxes in several columns, such as one for each environment, is an entry for each.
    """
    statuses = [heads_a_status(head) for head in table.heads]
    if table.line in taken or not (any(statuses) or _drawn(tree, table, glyphs)):
        return
    rows = list(_rows(tree, table, statuses, taken, glyphs))
    if rows and all(outcome_key(boxed.name) in OUTCOMES for boxed in rows):
        return  # a legend
    for boxed in rows:
        if boxed.name:
            yield from _entries(table, boxed, depth)
        elif any(tick.is_ticked for tick in boxed.ticks):
            yield ReadingWarning(boxed.row.line, "a row with a ticked box has no words")
    if not rows:
        yield from _unboxed(table)


def _drawn(tree: Tree, table: Table, glyphs: Glyphs) -> bool:
    first, last = tree.lines[table.line - 1], tree.lines[table.block.end_line - 1]
    return glyphs.within(tree.text[first.start : last.end])


def _rows(
    tree: Tree, table: Table, statuses: Sequence[bool], taken: Container[int], glyphs: Glyphs
) -> Iterator[_BoxedRow]:
    read = [
        [
            read_cell(tree, cell, column, glyphs, status=status)
            for column, (cell, status) in enumerate(zip(row.cells, statuses, strict=True))
        ]
        for row in table.rows
    ]
    columns = [
        _Column([cells[column] for cells in read], [row.cells[column].text for row in table.rows])
        for column in range(len(table.heads))
    ]
    boxed = [column.has_boxes for column in columns]
    worded = [column.is_of_statuses for column in columns]
    for row, cells in zip(table.rows, read, strict=True):
        ticks = [
            tick
            for column, found in enumerate(cells)
            for tick in found
            if (
                worded[column]
                if tick.is_word
                else boxed[column] or _counts(tick, status=statuses[column])
            )
        ]
        drawn = [tick for tick in ticks if not tick.is_word]
        if ticks and row.line not in taken:
            name, label = row_name(table, row, cells)
            yield _BoxedRow(row, tuple(drawn or ticks[:1]), name, label)


def _counts(tick: Tick, *, status: bool) -> bool:
    """Tell what is ticked from an ornament, in a column that may show how far each row is."""
    return tick.is_box or (status and not tick.text)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column's cells: what can be ticked in each, and its words."""

    cells: Sequence[Sequence[Tick]]
    texts: Sequence[str]

    @property
    def has_boxes(self) -> bool:
        """Whether there is a box in it that could be no ornament."""
        return any(tick.is_box and not tick.is_word for cell in self.cells for tick in cell)

    @property
    def is_of_statuses(self) -> bool:
        """Whether each cell that says anything says how far its row is."""
        return all(
            cell or not text.strip(" -\u2013\u2014")
            for cell, text in zip(self.cells, self.texts, strict=True)
        )


def _entries(table: Table, boxed: _BoxedRow, depth: int) -> Found:
    ticks = boxed.ticks
    outcomes = [outcome_key(table.heads[tick.column]) for tick in ticks]
    headed = [
        key in OUTCOMES and tick.mark is not None for key, tick in zip(outcomes, ticks, strict=True)
    ]
    if all(headed) and (
        len({OUTCOMES[key] for key in outcomes}) > 1 or OUTCOMES[outcomes[0]] == "failed"
    ):
        options = [(table.heads[tick.column], tick.mark) for tick in ticks if tick.mark]
        yield from _entry(boxed, Tick(ticks[0].column, reading=choose("", "", options)), depth)
        return
    for tick in ticks:
        if len(ticks) == 1 or tick.text == boxed.name:
            yield from _entry(boxed, tick, depth)
        else:
            beside = tick.text or table.heads[tick.column]
            name = f"{boxed.name}: {beside}" if beside else boxed.name
            yield from _entry(replace(boxed, name=name, label=""), tick, depth)


def _entry(boxed: _BoxedRow, tick: Tick, depth: int) -> Found:
    line = boxed.row.line
    if tick.reading and tick.is_doubt:
        yield ReadingWarning(line, tick.reading.doubt)
        return
    choosing = tick.reading.choosing if tick.reading else None
    yield Entry(
        kind="table",
        text=boxed.name,
        label=boxed.label,
        checked=tick.is_ticked,
        line=line,
        end_line=line,
        depth=depth,
        block=boxed.row.cells[0].block.parent or boxed.row.cells[0].block,
        box=tick.box,
        choices=choosing.choices if choosing else (),
    )
    doubt = _doubt(boxed.name, tick, tick.reading or BoxedLine())
    if doubt:
        yield ReadingWarning(line, doubt)


def _doubt(name: str, tick: Tick, reading: BoxedLine) -> str:
    if reading.choosing or reading.doubt:
        return reading.doubt
    if tick.box is None:
        return f"the box of \u201c{name}\u201d cannot be filled in"
    if tick.mark and tick.mark.glyph.startswith(CROSSED):
        return f"the box of \u201c{name}\u201d may say done or failed: it is read as not ticked"
    return ""


def _unboxed(table: Table) -> Iterator[ReadingWarning]:
    """Warn of a table that is marked by hand, under the heads of its columns."""
    heads = {OUTCOMES.get(outcome_key(head)): head for head in table.heads}
    if {"passed", "failed"} <= heads.keys() and table.rows:
        said = f"\u201c{heads['passed']}\u201d and \u201c{heads['failed']}\u201d"
        yield ReadingWarning(table.line, f"the rows under {said} have no boxes: they are no items")
