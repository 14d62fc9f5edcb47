"""The two lines that stand on top of every screen of a launch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rich.cells import cell_len
from textual.content import Content

from launchpad.console.ages import age, ago
from launchpad.console.budget import budget_of, clock_words, pause_words, solvency_words
from launchpad.console.conducting import ConductorLost
from launchpad.console.fitting import fit, fit_content
from launchpad.console.ink import Ink
from launchpad.console.probing import sample_age_ns
from launchpad.console.sight import Sight
from launchpad.console.words import LAUNCH_WORDS
from launchpad.launch.event import Stamp
from launchpad.launch.moment import second
from launchpad.launch.person import Person
from launchpad.launch.state import LaunchState
from launchpad.log.store import Seat
from launchpad.session.conductor import wants_conductor

_SHORTEST_TITLE = 12


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What the status lines show beside the launch itself.

    at: now; trouble: why nothing can be recorded, None when the log takes what is written;
    waiting: how many of this operator's records are not durable yet; sight: None before the first
    look; lost: while nobody conducts the launch.
    """

    at: Stamp
    person: Person | None
    seat: str | None
    seats: Sequence[Seat]
    trouble: str | None
    waiting: int
    sight: Sight | None
    lost: ConductorLost | None


@dataclass(frozen=True, slots=True)
class IdentityLine:
    """The first line, in the parts that change each on its own."""

    title: Content
    clock: Content
    people: Content


def identity_line(state: LaunchState, at: Standpoint, width: int, ink: Ink) -> IdentityLine:
    """Return the first line, of width cells: title and mode, T-0 and time, who is here."""
    clock = f"  T-0 not set   {second(at.at.at)} "
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
    parts = [
        part
        for part in (
            (LAUNCH_WORDS[state.phase], "bold"),
            *_under_way(state, at, ink),
            (at.lost.why, "bold $error on $error-muted") if at.lost else None,
            *_progress(state),
            *_rollback(state),
            _conducted(state, at),
            ("READ-ONLY: written by a newer launchpad", "bold $text-warning")
            if state.newer
            else None,
            (f"recording {at.waiting}", "$text-warning") if at.waiting else None,
        )
        if part
    ]
    gap = "   " if sum(cell_len(text) + 3 for text, _ in parts) <= width else "  "
    line = Content(gap).join(Content.styled(text, style) for text, style in parts)
    return fit_content(Content(" ") + line, width, ink.cut)


_Part: TypeAlias = tuple[str, str]


def _under_way(state: LaunchState, at: Standpoint, ink: Ink) -> Iterator[_Part]:
    """Yield the clock of a rollback that is under way, and why it pauses."""
    plan, rollback = state.checklist.rollback, state.rollback
    if plan is None or rollback is None or rollback.over or state.closure:
        return
    budget = budget_of(plan, rollback, at.at)
    yield clock_words(budget), "bold $text-error" if budget.red else "bold"
    if rollback.status == "paused":
        yield ink.line(pause_words(rollback)), "bold $text-warning"


def _progress(state: LaunchState) -> Iterator[_Part]:
    progress = state.progress()
    yield f"{progress.done} of {progress.items} done", ""
    if progress.failed:
        yield f"{progress.failed} FAILED", "bold $text-error"
    if red := state.red_probes():
        yield "1 probe RED" if red == 1 else f"{red} probes RED", "bold $text-error"
    changed = sum(bool(state.changed_since_signed(slot)) for slot in state.checklist.signoffs)
    if changed:
        yield f"{changed} SIGNED, NOW CHANGED", "bold $text-error"
    if progress.from_document:
        yield f"{progress.from_document} unverified", "$text-warning"
    if progress.signoffs:
        yield f"{progress.signed} of {progress.signoffs} signed", ""


def _rollback(state: LaunchState) -> Iterator[_Part]:
    """Yield what a rollback needs, or how the last one ended."""
    if state.phase != "open":
        return
    if state.rollback:
        yield f"rollback {state.rollback.status}", "bold"
    else:
        solvency = solvency_words(state)
        style = "" if state.checklist.rollback else "$text-warning"
        if solvency:
            yield solvency, "bold $text-error" if "OVER" in solvency else style


def _conducted(state: LaunchState, at: Standpoint) -> _Part | None:
    """Return how old the newest sample is, or that somebody conducts a launch without probes."""
    if at.sight is None or at.lost or state.closure or not wants_conductor(state.checklist):
        return None
    ages = [sample_age_ns(sample, at.at) for sample in at.sight.samples.values()]
    known = [each for each in ages if each is not None]
    if not state.checklist.probes:
        return "conducted", ""
    return (f"sample {ago(age(min(known)))}", "") if known else ("no sample yet", "$text-warning")
