"""Tables that people sign: a row for each sign-off, a column for each thing to write."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from launchpad.checklist.markdown.labels import bare
from launchpad.checklist.markdown.signing.blanks import labelled
from launchpad.checklist.markdown.signing.bracket_blanks import asked_for
from launchpad.checklist.markdown.signing.columns import Column, are_signed, find_columns
from launchpad.checklist.markdown.signing.roles import is_person
from launchpad.checklist.markdown.signing.slots import Signing, Slot
from launchpad.checklist.markdown.signing.words import (
    PERSONAL,
    Wording,
    signs_elsewhere,
    sounds_like_signing,
    wording,
)
from launchpad.checklist.markdown.tables import Row, Table
from launchpad.checklist.model import Blank, BlankKind, ReadingWarning, Span

_UNDERSCORES = re.compile(r"_[_ /.\-]*")
_UNTICKED = re.compile("[\u2610\u2b1c\u25a1\u25fb\u25fd\u2751\u274f\u2752]|\\[ \\]")
_NUMBER = re.compile(r"[#(]?[A-Za-z]{0,3}[-.]?\d{1,6}(?:\.\d{1,4}){0,5}[.):]?")
_FORM_WIDTH = 2
_NONE: frozenset[int] = frozenset()


def find_signed_tables(tables: Sequence[Table]) -> Signing:
    """Return the sign-offs in tables, and a warning for what only looks like one."""
    found = [_signing(table) for table in tables]
    return Signing(
        slots=tuple(slot for one in found for slot in one.slots),
        warnings=tuple(warning for one in found for warning in one.warnings),
        taken=frozenset(line for one in found for line in one.taken),
    )


def _signing(table: Table) -> Signing:
    columns = find_columns(table.heads)
    if are_signed(columns) and _is_of_checks(columns, table):
        return _checked(columns, table)
    if are_signed(columns):
        rows = [_read(columns, row) for row in table.rows]
        slots = tuple(slot for slot, _ in rows if slot)
        doubts = [doubt for _, doubts in rows for doubt in doubts]
        if not slots and not doubts and not any(_says(row) for row in table.rows):
            doubts.append(ReadingWarning(table.line, "a table to sign says nowhere what is signed"))
        return Signing(slots, tuple(doubts), _lines(table))
    slots = tuple(_form(table))
    if slots:
        return Signing(slots, (), _lines(table))
    foreign = _foreign(table)
    return Signing((), (foreign,) if foreign else tuple(_unfilled(table)), _NONE)


def _foreign(table: Table) -> ReadingWarning | None:
    """Return a warning of a table that people sign under a head in another language."""
    for column, head in enumerate(table.heads):
        waits = any(_is_blank(row.cells[column].text) for row in table.rows if _says(row))
        if waits and signs_elsewhere(bare(head)):
            said = f"the table with \u201c{head}\u201d looks like sign-offs, but was not understood"
            return ReadingWarning(table.line, said)
    return None


def _is_of_checks(columns: Sequence[Column], table: Table) -> bool:
    """Tell rows to tick, with room for initials beside, from roles that sign."""
    if any(column.names_role for column in columns):
        return False
    if all(is_person(row.cells[0].text) for row in table.rows):
        return False
    return any(_has_box(columns, row) for row in table.rows)


def _has_box(columns: Sequence[Column], row: Row) -> bool:
    return any(
        column.kind is None and _UNTICKED.search(cell.text)
        for column, cell in zip(columns, row.cells, strict=False)
    )


def _checked(columns: Sequence[Column], table: Table) -> Signing:
    """Return the sign-offs of single items: the blanks in each row that can be ticked."""
    slots: list[Slot] = []
    doubts: list[ReadingWarning] = []
    for row in table.rows:
        slot, said = _read(columns, row)
        if slot and slot.blanks and _has_box(columns, row):
            slots.append(
                replace(slot, label=_checked_by(columns, row), role="", item_line=row.line)
            )
            doubts += said
        elif slot and slot.blanks:
            doubts.append(_not_filled(row.line, slot.blanks[0].label))
    return Signing(tuple(slots), tuple(doubts), _NONE)


def _checked_by(columns: Sequence[Column], row: Row) -> str:
    """Return what a row to tick says, but for its number."""
    said = (
        cell.text
        for column, cell in zip(columns, row.cells, strict=False)
        if column.kind is None and not _is_blank(cell.text) and not _UNTICKED.search(cell.text)
    )
    return next((text for text in said if not _NUMBER.fullmatch(text)), "")


def _lines(table: Table) -> frozenset[int]:
    return frozenset({table.line, *(row.line for row in table.rows)})


def _read(columns: Sequence[Column], row: Row) -> tuple[Slot | None, list[ReadingWarning]]:
    """Return the sign-off that a row is, None where it is signed or spare."""
    blanks: dict[BlankKind, Blank] = {}
    doubts: list[ReadingWarning] = []
    waits = False
    for column, cell in zip(columns, row.cells, strict=False):
        if not _is_blank(cell.text):
            boxes = len(_UNTICKED.findall(cell.text)) if column.kind else 0
            waits = waits or boxes > 0
            if boxes > 1:
                said = f"the choice under \u201c{column.head}\u201d is not filled in"
                doubts.append(ReadingWarning(row.line, said))
        elif column.kind is None:
            if cell.text and sounds_like_signing(column.head):
                doubts.append(_not_filled(row.line, column.head))
        elif cell.span is None:
            waits = True
            doubts.append(
                ReadingWarning(row.line, f"the row ends before its \u201c{column.head}\u201d")
            )
        elif column.kind in blanks:
            doubts.append(_not_filled(row.line, column.head))
        else:
            blanks[column.kind] = Blank(column.kind, column.head, cell.span)
    if not (blanks or waits) or not any(cell.text for cell in row.cells):
        return None, []
    label, role = _signer(columns, row)
    return Slot(label, row.line, tuple(blanks.values()), role=role), doubts


def _signer(columns: Sequence[Column], row: Row) -> tuple[str, str]:
    """Return what is signed in a row, and by which role."""
    said = [
        (column, "" if _is_blank(cell.text) else cell.text.rstrip(": "))
        for column, cell in zip(columns, row.cells, strict=False)
    ]
    role = next((text for column, text in said if column.names_role), "")
    first, text = said[0]
    if not role and first.kind is None and is_person(text):
        role = text
    others = (text for column, text in said if column.kind in {None, "name"} and text)
    return text or role or next(others, ""), role


def _says(row: Row) -> bool:
    return any(not _is_blank(cell.text) for cell in row.cells)


def _is_blank(text: str) -> bool:
    if not text or _UNDERSCORES.fullmatch(text):
        return True
    inner = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    return asked_for(inner) is not None and (inner != text or asked_for(text) == "anything")


def _form(table: Table) -> Iterator[Slot]:
    """Yield the sign-offs of a table with a label before each blank."""
    if len(table.heads) != _FORM_WIDTH:
        return
    group: list[tuple[Wording, Row, Span]] = []
    for row in table.rows:
        label, value = row.cells
        found = wording(bare(label.text))
        if found is None or found.role or value.span is None or not _is_blank(value.text):
            yield from _filled_by(group)
            group = []
            continue
        if found.subject or found.kind in {other.kind for other, _, _ in group}:
            yield from _filled_by(group)
            group = []
        group.append((found, row, value.span))
    yield from _filled_by(group)


def _filled_by(group: Sequence[tuple[Wording, Row, Span]]) -> Iterator[Slot]:
    if not any(
        found.kind in PERSONAL and not found.plain and not found.follows for found, _, _ in group
    ):
        return
    blanks = tuple(Blank(found.kind, bare(row.cells[0].text), span) for found, row, span in group)
    first, row, _ = group[0]
    yield Slot(
        first.subject, row.line, blanks, role=first.subject if is_person(first.subject) else ""
    )


def _unfilled(table: Table) -> Iterator[ReadingWarning]:
    """Yield a warning for each blank of a sign-off in a table of another kind."""
    for row in table.rows:
        before = ""
        for head, cell in zip(table.heads, row.cells, strict=False):
            for said, _ in labelled(cell.block.inline) if cell.block.inline else ():
                label = bare(said) or bare(before if sounds_like_signing(before) else head)
                found = wording(label)
                asks = found is not None and not (found.role or found.plain)
                if asks or sounds_like_signing(label):
                    yield _not_filled(row.line, label)
            before = cell.text


def _not_filled(line: int, label: str) -> ReadingWarning:
    return ReadingWarning(line, f"the blank for \u201c{label}\u201d in a table is not filled in")
