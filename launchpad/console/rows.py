"""The rows of a phase: sections, items and sign-offs, each drawn into an exact width.

Where an item has a probe, its row ends in a cell of its own for that; the others of the same list
use this place for the reason of their outcome, so that all outcomes stand below each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from launchpad.checklist.model import Item, Phase, Section, SignOff
from launchpad.console.cutover_words import row_words
from launchpad.console.fitting import alike, fit, fit_front
from launchpad.console.ink import Ink
from launchpad.console.probing import Instruments, cell_width, probe_cell
from launchpad.console.words import MARKS
from launchpad.launch.moment import day, minute
from launchpad.launch.state import LaunchState

_WHO = 4
_TIME = 6
_WORD = 11
_WIDE = 84
_WIDE_WORD = 20
# With probes beside the outcomes, from here on.
_VERY_WIDE = 112
_DEEPEST = 4
_LEAD = 5 + _WHO + 1 + _TIME + 1


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of a list's columns. width: of a whole row; probe: 0 where no item has one."""

    width: int
    outcome: int
    probe: int

    @property
    def text(self) -> int:
        """What is left for an item's text."""
        return self.width - _LEAD - 1 - self.outcome - (1 + self.probe if self.probe else 0)

    @property
    def reason(self) -> int:
        """What an outcome and its reason have, where no probe stands beside it."""
        return self.outcome + (1 + self.probe if self.probe else 0)


def columns(phases: Sequence[Phase], width: int) -> Columns:
    """Return the columns of a list of phases: the same for all of its rows, whatever arrives."""
    if any(item.probe for phase in phases for item in phase.items):
        outcome = _WIDE_WORD if width >= _VERY_WIDE else _WORD
        return Columns(width, outcome, cell_width(width))
    return Columns(width, _WIDE_WORD if width > _WIDE else _WORD, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """One row. id: "item:…", "slot:…" or "section:…"; only the first two can be chosen."""

    id: str
    content: Content
    chosen: bool


def phase_rows(
    state: LaunchState,
    phases: Sequence[Phase],
    wanted: str,
    instruments: Instruments,
    width: int,
    ink: Ink,
) -> list[Row]:
    """Return the rows of some phases, in document order.

    wanted: a filter; only items and sign-offs whose text holds it, in any case, are kept, and
    headings above nothing are left out. width: cells.
    """
    rows: list[Row] = []
    needle = wanted.casefold()
    cells = columns(phases, width)
    for phase in phases:
        items = [item for item in phase.items if needle in _searched(item)]
        slots = [
            slot
            for slot in state.checklist.signoffs
            if slot.phase == phase.id and needle in f"{slot.id} {slot.label}".casefold()
        ]
        if len(phases) > 1 and (items or slots):
            rows.append(_heading(f"phase:{phase.id}", phase.title, width, ink))
        rows.extend(_phase(state, phase, items, slots, instruments, cells, ink))
    return rows


def _searched(item: Item) -> str:
    return f"{item.id} {item.text}".casefold()


def _phase(
    state: LaunchState,
    phase: Phase,
    items: Sequence[Item],
    slots: Sequence[SignOff],
    instruments: Instruments,
    cells: Columns,
    ink: Ink,
) -> list[Row]:
    sections = {section.id: section for section in state.checklist.sections}
    twins = alike((ink.line(item.text) for item in phase.items), cells.text)
    # A slot stands where the document has it: after the items before it, by line.
    pending = sorted(slots, key=lambda slot: slot.line)
    rows: list[Row] = []
    section: Section | None = None
    for item in items:
        while pending and pending[0].line < item.line:
            rows.append(slot_row(state, pending.pop(0), cells, ink))
        inside = sections.get(item.section or "")
        if inside is not section and inside is not None:
            declared = f"   document: {inside.declared_state}" if inside.declared_state else ""
            title = f"{inside.title}{declared}"
            rows.append(_heading(f"section:{inside.id}", title, cells.width, ink))
        section = inside
        front = ink.line(item.text) in twins
        rows.append(item_row(state, item, instruments, cells, ink, front=front))
    rows.extend(slot_row(state, slot, cells, ink) for slot in pending)
    return rows


def item_row(
    state: LaunchState,
    item: Item,
    instruments: Instruments,
    cells: Columns,
    ink: Ink,
    *,
    front: bool,
) -> Row:
    """Return an item's row: box, who and when, text, outcome, probe. front: cut text there."""
    standing = state.standing(item)
    mark = MARKS[standing]
    recorded = state.item(item.id)
    current = recorded.current
    when = f"{fit(current.by, _WHO, ink.cut)} {minute(current.at)}" if current else ""
    word = mark.word
    seen = instruments.seen(item.probe) if item.probe else None
    outcome = cells.outcome if seen else cells.reason
    if current and current.reason and outcome > _WORD:
        word = f"{word}: {ink.line(current.reason)}"
    style = mark.style
    acting = row_words(state, item, instruments.at, outcome)
    if acting:
        word, style = ink.line(acting[0]), acting[1]
    indent = "  " * min(item.depth, _DEEPEST)
    noted = f" +{len(recorded.notes)} noted" if recorded.notes else ""
    last = " NO RETURN" if item.point_of_no_return else ""
    room = cells.text - len(indent) - len(last) - len(noted)
    text = (fit_front if front else fit)(ink.line(item.text), room, ink.cut)
    return Row(
        f"item:{item.id}",
        Content.assemble(
            (f" {mark.box} ", mark.style),
            (fit(when, _WHO + 1 + _TIME, ink.cut), "$foreground-muted"),
            f" {indent}{text}",
            (last, "bold $text-warning"),
            (noted, "$text-accent"),
            " ",
            (fit(word, outcome, ink.cut), style),
            *(probe_cell(seen, cells.width, ink) if seen else []),
        ),
        chosen=True,
    )


def slot_row(state: LaunchState, slot: SignOff, cells: Columns, ink: Ink) -> Row:
    """Return a sign-off's row: what it is, who signed it, or what it waits for."""
    signature = state.slot(slot.id).signature
    lead = fit(" sign-off", 5 + _WHO + _TIME + 2, ink.cut)
    if signature is None:
        # Where a blank only repeats what is signed, its own words would hide the next one.
        names = ("" if blank.label == slot.label else blank.label for blank in slot.blanks)
        blanks = "  ".join(f"{ink.line(name)} ____".lstrip() for name in names)
        waiting = len(state.waits_for(slot))
        if state.waits_for_rollback(slot):
            word, style = "if rolled back", "$foreground-muted"
        elif waiting:
            word, style = f"waits for {waiting}", "$foreground-muted"
        else:
            word, style = "s signs it", "$text-accent"
        text = f"{ink.line(slot.label)}: {blanks}"
    else:
        who = signature.initials
        if signature.on_behalf_of:
            who = f"{who} for {ink.line(signature.on_behalf_of)}"
        text = (
            f"{ink.line(slot.label)}: {who} {day(signature.at)} {minute(signature.at)}, "
            f"{ink.line(signature.meaning)}"
        )
        changed = len(state.changed_since_signed(slot))
        word, style = (
            (f"SIGNED, {changed} CHANGED", "bold $text-error")
            if changed
            else ("SIGNED", "bold $text-success")
        )
    room = max(cells.reason, len(word))
    text_room = cells.width - 5 - _WHO - _TIME - 2 - room - 1
    return Row(
        f"slot:{slot.id}",
        Content.assemble(
            (lead, "italic"),
            fit(text, text_room, ink.cut),
            " ",
            (fit(word, room, ink.cut), style),
        ),
        chosen=True,
    )


def _heading(row: str, title: str, width: int, ink: Ink) -> Row:
    return Row(
        row, Content.styled(fit(f" {ink.line(title)}", width, ink.cut), "bold"), chosen=False
    )
