"""What can be ticked in a table's cell, and what its row is called."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from launchpad.checklist.markdown.boxes.lines import (
    BoxedLine,
    choose,
    outcome_key,
    read_line,
    read_upright,
)
from launchpad.checklist.markdown.boxes.marks import Glyphs, Mark, MarkedLine, marked_cell
from launchpad.checklist.markdown.boxes.words import OUTCOMES, STATUSES, status_key
from launchpad.checklist.markdown.tables import Cell, Row, Table
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.markdown.words import leading_bold
from launchpad.checklist.model import Result, Span

# What numbers or dates a row, and does not say what it is.
_NUMBER = re.compile(
    r"[#(]?(?:\d{1,6}(?:[.\-]\d{1,4}){0,5}|[A-Za-z]{1,8}[-_ .]?\d{1,6}(?:[.\-]\d{1,4}){0,3})[.):]?|"
    r"[Tt]\s?(?:[-+\u2212\u2013]\s?\d.{0,20}|0|zero)|\d{1,2}:\d\d.{0,12}"
)
_NO_NAMES = frozenset(
    {
        *("", "#", "no", "no.", "nr", "nr.", "id", "ref", "item #", "step #", "n\u00b0", "\u2116"),
        *("time", "when", "date", "day", "t-minus", "priority", "owner", "responsible"),
        *("initial", "initials", "sign", "signature", "signed", "signed by", "sign-off"),
    }
)
_NAMES = frozenset(
    {
        *("task", "tasks", "item", "items", "check", "checks", "action", "activity", "step"),
        *("test", "test case", "requirement", "criterion", "criteria", "checklist item", "to do"),
        *("aufgabe", "t\u00e2che", "tarea", "actividad", "attivit\u00e0", "tarefa"),
        *(
            "\u9805\u76ee",
            "\u4f5c\u696d",
            "\u30bf\u30b9\u30af",
            "\u4efb\u52a1",
            "\u68c0\u67e5\u9879",
        ),
    }
)
_EMPHASIS = "*_ "


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing to tick in a cell: a box, a choice between several, or the word of a status.

    text: the words beside the box; result: what a status says; place: of its characters.
    """

    column: int
    text: str = ""
    label: str = ""
    mark: Mark | None = None
    reading: BoxedLine | None = None
    is_word: bool = False
    result: Result | None = None
    place: Span | None = None

    @property
    def is_doubt(self) -> bool:
        """Whether it was not understood."""
        return self.reading is not None and self.reading.choosing is None

    @property
    def is_box(self) -> bool:
        """Whether it could be no ornament."""
        return self.mark is None or self.mark.is_box

    @property
    def is_ticked(self) -> bool:
        """Whether it says that the row passed."""
        if self.reading and self.reading.choosing:
            return self.reading.choosing.checked
        return (self.mark.result if self.mark else self.result) == "passed"

    @property
    def box(self) -> Span | None:
        """The characters to replace."""
        return self.mark.box if self.mark else self.place


def read_cell(
    tree: Tree, cell: Cell, column: int, glyphs: Glyphs, *, status: bool
) -> tuple[Tick, ...]:
    """Return what can be ticked in a cell. status: whether its column's head asks for one."""
    inline = cell.block.inline
    if inline is None or cell.span is None or not inline.content:
        return ()
    drawn = glyphs.within(inline.content)
    if not drawn and not status:
        return ()
    lines = list(marked_cell(tree, inline, cell.span)) if drawn else []
    marks = [mark for line in lines for mark in line.marks]
    word = status_key(cell.text) if status else ""
    if word in STATUSES and _signs(marks, STATUSES[word]):
        place = _place(tree, cell.span, cell.text)
        signed = [mark.result for mark in marks if not mark.is_box]
        result = STATUSES[word] if "failed" not in signed else None
        return (Tick(column, is_word=True, result=result, place=place),)
    upright = read_upright(lines)
    if upright and upright.choosing:
        return (Tick(column, reading=upright),)
    return tuple(tick for line in lines if line.marks for tick in _ticks(line, column))


def row_name(table: Table, row: Row, cells: Sequence[Sequence[Tick]]) -> tuple[str, str]:
    """Return what a row is called, and the bold lead of that; "" where it has no words."""
    named = min(_named(table, row, cells), key=itemgetter(0), default=(0, "", ""))
    return named[1:]


def _named(
    table: Table, row: Row, cells: Sequence[Sequence[Tick]]
) -> Iterator[tuple[int, str, str]]:
    """Yield what a row could be called, each with how far-fetched that would be."""
    for head, cell, ticks in zip(table.heads, row.cells, cells, strict=True):
        said, label = cell.text, cell.block.label
        if ticks and not ticks[0].is_doubt:
            said, label = ticks[0].text, ticks[0].label
        if said:
            yield _rank(head.casefold(), said, beside_box=bool(ticks)), said, label


def _rank(head: str, said: str, *, beside_box: bool) -> int:
    if _NUMBER.fullmatch(said):
        return 3
    if head in _NAMES:
        return 0
    return 2 if head in _NO_NAMES and not beside_box else 1


def _signs(marks: Sequence[Mark], status: Result | None) -> bool:
    """Tell a status, perhaps behind its sign, from a box to tick if that status is reached."""
    if not marks:
        return True
    mark = marks[0]
    unticked = mark.is_box and not mark.ticked
    return len(marks) == 1 and not mark.bracketed and not (unticked and status is not None)


def _place(tree: Tree, span: Span, text: str) -> Span | None:
    """Return where the words of a cell stand, None where they stand there in other characters."""
    raw = tree.text[span.start : span.end]
    start = len(raw) - len(raw.lstrip(_EMPHASIS))
    core = raw.strip(_EMPHASIS)
    return Span(span.start + start, span.start + start + len(core)) if core == text else None


def _ticks(line: MarkedLine, column: int) -> Iterator[Tick]:
    mark = line.marks[0]
    if len(line.marks) == 1 and not line.text:
        key = outcome_key(mark.text)
        if key in OUTCOMES and OUTCOMES[key] != "passed":
            yield Tick(column, reading=choose("", "", [(mark.text, mark)]))
        elif not mark.text or key in OUTCOMES:
            yield Tick(column, mark=mark)
        else:
            yield Tick(column, mark.text, leading_bold(mark.tokens), mark)
        return
    reading = read_line(line, among_boxes=True)
    if reading.choosing or reading.doubt:
        yield Tick(column, reading=reading)
    for mark in (*([reading.own] if reading.own else []), *reading.row):
        yield Tick(column, reading.said or mark.text, leading_bold(mark.tokens), mark)
