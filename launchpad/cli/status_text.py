"""The state of a launch as lines to read."""

from collections.abc import Iterator

from launchpad.checklist.model import Item, Phase, SignOff
from launchpad.cli.acting_text import acting_lines, conductor_lines
from launchpad.cli.clock_text import clock_lines
from launchpad.cli.columns import aligned
from launchpad.cli.overview import Overview
from launchpad.cli.poll_text import poll_lines
from launchpad.cli.trigger_status import proposal_lines, trigger_lines
from launchpad.launch.moment import day, minute
from launchpad.launch.state import LaunchState
from launchpad.log.store import Seat
from launchpad.session.clock_words import clock_of, stand
from launchpad.text.safe import one_line


def status_lines(state: LaunchState, seen: Overview) -> Iterator[str]:
    """Yield the state of a launch as lines to read."""
    opened, progress = state.opened, state.progress()
    standing = stand(state, clock_of(state, seen.moment)).replace("-", " ").upper()
    yield f"{one_line(state.title)}   {state.mode.upper()}   {standing}"
    yield (
        f"{one_line(state.launch)}, opened from {one_line(opened.source.name)} by "
        f"{state.opened_by} on {day(state.opened_at)} at {minute(state.opened_at)}"
    )
    if state.closure:
        closed = state.closure
        when = f"on {day(closed.at)} at {minute(closed.at)}"
        yield f"closed as {closed.outcome} by {closed.by} {when}"
    else:
        yield f"code word {one_line(state.code_word)}"
    yield from clock_lines(state, seen.moment)
    yield f"{progress.done} of {progress.items} items done, {progress.failed} failed"
    if progress.from_document:
        yield f"{progress.from_document} came ticked in the document, unverified"
    # What has to be decided now stands before all that can wait.
    yield from proposal_lines(state, seen.moment, conducted=seen.conductor.alive)
    if state.phase == "rolling-back" and not seen.conductor.alive:
        yield ""
        yield from conductor_lines(state, seen)
    yield ""
    yield from aligned(
        [
            ("DONE", "FAILED", "PHASE", "SIGN-OFF"),
            *(_phase_row(state, phase) for phase in state.checklist.phases),
        ]
    )
    attention = [row for item in state.checklist.items() if (row := _attention(state, item))]
    if attention:
        yield ""
        yield from aligned(attention)
    yield from poll_lines(state, seen.moment)
    yield from acting_lines(state, seen)
    yield from trigger_lines(state, seen.moment)
    yield ""
    yield f"here now: {', '.join(map(_seat, seen.seats)) or 'nobody on a console'}"
    yield f"log at event {state.head.seq}, {state.head.hash}"


def _phase_row(state: LaunchState, phase: Phase) -> tuple[str, ...]:
    progress = state.progress(phase)
    slots = [slot for slot in state.checklist.signoffs if slot.phase == phase.id]
    return (
        f"{progress.done}/{progress.items}",
        f"{progress.failed} FAILED" if progress.failed else "-",
        one_line(phase.title),
        "; ".join(_slot(state, slot) for slot in slots) or "-",
    )


def _slot(state: LaunchState, slot: SignOff) -> str:
    signature = state.slot(slot.id).signature
    if signature is None:
        if state.waits_for_rollback(slot):
            return f"{slot.id} if rolled back"
        waiting = len(state.waits_for(slot))
        return f"{slot.id} waits for {waiting}" if waiting else f"{slot.id} ready to sign"
    changed = ", CHANGED SINCE" if state.changed_since_signed(slot) else ""
    return f"{slot.id} {signature.initials} {minute(signature.at)}{changed}"


def _attention(state: LaunchState, item: Item) -> tuple[str, ...] | None:
    current = state.item(item.id).current
    if current is None or current.result in {"passed", "not-applicable"}:
        return None
    return (
        current.result.upper(),
        f"{current.by} {minute(current.at)}",
        item.id,
        one_line(current.reason or item.text),
    )


def _seat(seat: Seat) -> str:
    return one_line(f"{seat.initials} {seat.role}")
