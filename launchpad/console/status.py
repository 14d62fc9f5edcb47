"""The two lines that stand on top of every screen of a launch."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from launchpad.console.fitting import fit, fit_content
from launchpad.console.ink import Ink
from launchpad.console.words import LAUNCH_WORDS
from launchpad.launch.person import Person
from launchpad.launch.state import LaunchState
from launchpad.log.store import Seat

_SHORTEST_TITLE = 12


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What the status lines show beside the launch itself.

    time: UTC to the second, with its zone; trouble: why nothing can be recorded, None when the
    log takes what is written; waiting: how many of this operator's records are not durable yet.
    """

    time: str
    person: Person | None
    seat: str | None
    seats: Sequence[Seat]
    trouble: str | None
    waiting: int


@dataclass(frozen=True, slots=True)
class IdentityLine:
    """The first line, in the parts that change each on its own."""

    title: Content
    clock: Content
    people: Content


def identity_line(state: LaunchState, at: Standpoint, width: int, ink: Ink) -> IdentityLine:
    """Return the first line, of width cells: title and mode, T-0 and time, who is here."""
    clock = f"  T-0 not set   {at.time} "
    mode = "LIVE" if state.mode == "live" else "REHEARSAL"
    style = "bold $text-success" if state.mode == "live" else "bold reverse"
    others = sum(seat.seat != at.seat for seat in at.seats)
    here = f"+{others} here" if others else "alone here"
    me = f"{at.person.initials} {ink.line(at.person.role)}".strip() if at.person else "READ-ONLY"
    room = width - cell_len(clock) - len(mode) - 3
    me = fit(me, min(cell_len(me), room - _SHORTEST_TITLE - len(here) - 5), ink.cut)
    people = f"  {me}  {here} "
    title = fit(ink.line(state.title), room - cell_len(people), ink.cut)
    return IdentityLine(
        Content.assemble((f" {title}", "bold"), "  ", (mode, style)),
        Content(clock),
        Content(people),
    )


def state_line(state: LaunchState, at: Standpoint, width: int, ink: Ink) -> Content:
    """Return the second line: what is done, what is red, and whether records are kept."""
    if at.trouble is not None:
        return fit_content(
            Content.styled(f" NOT RECORDED: {ink.line(at.trouble)}", "bold $error on $error-muted"),
            width,
            ink.cut,
        )
    progress = state.progress()
    parts: list[Content | str | tuple[str, str]] = [
        (f" {LAUNCH_WORDS[state.phase]}", "bold"),
        f"   {progress.done} of {progress.items} done",
    ]
    if progress.failed:
        parts.append((f"   {progress.failed} FAILED", "bold $text-error"))
    if progress.from_document:
        parts.append((f"   {progress.from_document} unverified", "$text-warning"))
    if progress.signoffs:
        parts.append(f"   {progress.signed} of {progress.signoffs} signed")
    changed = sum(bool(state.changed_since_signed(slot)) for slot in state.checklist.signoffs)
    if changed:
        parts.append((f"   {changed} SIGNED, NOW CHANGED", "bold $text-error"))
    if state.newer:
        parts.append(("   READ-ONLY: written by a newer launchpad", "bold $text-warning"))
    if at.waiting:
        parts.append((f"   recording {at.waiting}", "$text-warning"))
    return fit_content(Content.assemble(*parts), width, ink.cut)
