"""The two lines that stand on top of every screen of a launch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rich.cells import cell_len
from textual.content import Content

from launchpad.console.ages import age, ago
from launchpad.console.budget import budget_of, clock_words, next_words, pause_words
from launchpad.console.clock import (
    ConductorClock,
    clock_text,
    launch_now,
    moved_parts,
    standing_part,
)
from launchpad.console.conducting import ConductorLost
from launchpad.console.cutover_words import past_no_return
from launchpad.console.fitting import fit, fit_content, fit_parts
from launchpad.console.ink import Ink
from launchpad.console.poll_words import poll_parts
from launchpad.console.probing import sample_age_ns
from launchpad.console.proposal_words import dismissed_parts, proposal_parts
from launchpad.console.sight import Sight
from launchpad.console.solvency_words import solvency_words
from launchpad.launch.event import Stamp
from launchpad.launch.moment import Moment, moment_at
from launchpad.launch.person import Person
from launchpad.launch.state import LaunchState
from launchpad.log.store import Seat
from launchpad.session.clock_words import clock_of
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

    @property
    def conductor_clock(self) -> ConductorClock | None:
        """The clock of a conductor on another host, None for one of this boot."""
        return self.sight.clock if self.sight else None

    @property
    def launch_now(self) -> Moment:
        """The moment by which the launch's clock is shown."""
        return launch_now(self.at, self.conductor_clock)


@dataclass(frozen=True, slots=True)
class IdentityLine:
    """The first line, in the parts that change each on its own."""

    title: Content
    clock: Content
    people: Content


def identity_line(state: LaunchState, at: Standpoint, width: int, ink: Ink) -> IdentityLine:
    """Return the first line, of width cells: title and mode, T-0 and time, who is here."""
    clock = clock_text(state, at.launch_now, ink)
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
    clock = clock_of(state, at.launch_now)
    parts = [
        part
        for part in (
            standing_part(state, clock, ink),
            *proposal_parts(state, at.launch_now, ink, conducted=at.lost is None),
            *poll_parts(state, moment_at(at.at), ink),
            *_abandoned(state, ink),
            *_no_return(state, ink),
            *_under_way(state, at, ink),
            (at.lost.why, "bold $error on $error-muted") if at.lost else None,
            *_alarms(state),
            *_rollback(state, at),
            *moved_parts(clock, at.conductor_clock),
            _done(state),
            # Before what has room elsewhere: whether what is shown is of now.
            _conducted(state, at),
            *_signed(state),
            *dismissed_parts(state, at.launch_now, ink),
            ("READ-ONLY: written by a newer launchpad", "bold $text-warning")
            if state.newer
            else None,
            (f"recording {at.waiting}", "$text-warning") if at.waiting else None,
        )
        if part
    ]
    gap = "   " if sum(cell_len(text) + 3 for text, _ in parts) <= width else "  "
    return fit_content(Content(" ") + fit_parts(parts, gap, width - 1, ink.cut), width, ink.cut)


_Part: TypeAlias = tuple[str, str]


def _no_return(state: LaunchState, ink: Ink) -> Iterator[_Part]:
    """Yield that a rollback is not the normal way any more."""
    if passed := past_no_return(state):
        where = ink.line(passed.item.id)
        yield f"PAST THE POINT OF NO RETURN: {where}", "bold $text-warning"


def _abandoned(state: LaunchState, ink: Ink) -> Iterator[_Part]:
    """Yield that people go on by hand, until there is another attempt or the launch is closed."""
    rollback = state.rollback
    if rollback and rollback.status == "abandoned" and not state.closure:
        why = ink.line(f"attempt {rollback.attempt}: {rollback.reason}")
        yield f"ROLLBACK ABANDONED, {why}", "bold $error on $error-muted"


def _under_way(state: LaunchState, at: Standpoint, ink: Ink) -> Iterator[_Part]:
    """Yield the clock of a rollback that is under way, and why it pauses."""
    plan, rollback = state.checklist.rollback, state.rollback
    if plan is None or rollback is None or rollback.over or state.closure:
        return
    budget, due = budget_of(plan, rollback, at.at), next_words(plan, rollback, at.at)
    yield clock_words(budget), "bold $text-error" if budget.red else "bold"
    if due:
        yield ink.line(f"ROLLBACK {due}"), "bold $text-error" if "LATE" in due else "bold"
    if rollback.status == "paused":
        yield ink.line(pause_words(rollback)), "bold $text-warning"


def _alarms(state: LaunchState) -> Iterator[_Part]:
    """Yield what is red: it is never cut off by what is well."""
    if failed := state.progress().failed:
        yield f"{failed} FAILED", "bold $text-error"
    if red := state.red_probes():
        yield "1 probe RED" if red == 1 else f"{red} probes RED", "bold $text-error"
    changed = sum(bool(state.changed_since_signed(slot)) for slot in state.checklist.signoffs)
    if changed:
        yield f"{changed} SIGNED, NOW CHANGED", "bold $text-error"


def _done(state: LaunchState) -> _Part:
    progress = state.progress()
    return f"{progress.done} of {progress.items} done", ""


def _signed(state: LaunchState) -> Iterator[_Part]:
    """Yield what nobody vouched for yet: ticks of the document, and open sign-offs."""
    progress = state.progress()
    if progress.from_document:
        yield f"{progress.from_document} unverified", "$text-warning"
    if progress.signoffs:
        yield f"{progress.signed} of {progress.signoffs} signed", ""


def _rollback(state: LaunchState, at: Standpoint) -> Iterator[_Part]:
    """Yield what a rollback needs, or how the last one ended."""
    if state.phase != "open":
        return
    if state.rollback and state.rollback.status == "completed":
        yield "rollback completed", "bold"
    elif state.rollback is None:
        solvency = solvency_words(state, moment_at(at.at))
        if solvency:
            words, bad = solvency
            yield words, "bold $text-error" if bad else ""


def _conducted(state: LaunchState, at: Standpoint) -> _Part | None:
    """Return how old the newest sample is, or that somebody conducts a launch without probes."""
    if at.sight is None or at.lost or state.closure:
        return None
    if not wants_conductor(state.checklist, counting=state.countdown is not None):
        return None
    ages = [sample_age_ns(sample, at.at) for sample in at.sight.samples.values()]
    known = [each for each in ages if each is not None]
    if not state.checklist.probes:
        return "conducted", ""
    return (f"sample {ago(age(min(known)))}", "") if known else ("no sample yet", "$text-warning")
