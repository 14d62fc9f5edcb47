"""What observes a launch and acts on it, as lines to read: probes, conductor, rollback."""

from collections.abc import Iterator

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Probe, Rollback, Step
from launchpad.checklist.requests import runs_or_sends
from launchpad.cli.columns import aligned
from launchpad.cli.conducting import conductor_command, conductor_heard
from launchpad.cli.cutover_text import cutover_lines
from launchpad.cli.overview import Overview, state_of
from launchpad.cli.solvency import REHEARSED
from launchpad.launch.forecast import due_of, projected_ms, taken
from launchpad.launch.moment import second
from launchpad.launch.rollback import RollbackState
from launchpad.launch.solvency import Fit
from launchpad.launch.state import LaunchState
from launchpad.launch.step import wanting
from launchpad.session.conductor import wants_conductor
from launchpad.session.handover_words import handover_lines
from launchpad.session.history import flagged, never_rehearsed, took
from launchpad.session.probe_words import PROBE_SAID, verifying_words
from launchpad.session.step_times import due_words, planned_words
from launchpad.text.safe import one_line


def acting_lines(state: LaunchState, seen: Overview) -> Iterator[str]:
    """Yield how probes, conductor and rollback stand; nothing for a launch without them."""
    checklist = state.checklist
    if not wants_conductor(checklist, counting=state.countdown is not None):
        return
    if checklist.probes:
        yield ""
        rows = [_probe_row(state, seen, probe) for probe in checklist.probes]
        yield from aligned([("PROBE", "STATE", "LATENCY", "SEEN AT", ""), *rows])
    yield from cutover_lines(state, seen)
    if checklist.rollback:
        yield ""
        yield from _rollback_lines(state, checklist.rollback, state.rollback, seen)
        if state.mode == "rehearsal" and not state.closure and runs_or_sends(checklist):
            yield f"  {REHEARSED}"
        if not state.closure and (never := flagged(never_rehearsed(state, seen.actuals))):
            yield f"  {one_line(never)}"
    if not state.closure:
        yield ""
        yield from conductor_lines(state, seen)


def _probe_row(state: LaunchState, seen: Overview, probe: Probe) -> tuple[str, ...]:
    standing, sample = state_of(state, probe), seen.samples.get(probe.id)
    latency_us = sample.latency_us if sample else standing.latency_us
    at = sample.at if sample else standing.at
    return (
        one_line(probe.id),
        PROBE_SAID[standing.state],
        "-" if latency_us is None else f"{latency_us / 1000:.0f}ms",
        second(at) if at else "-",
        one_line(sample.value if sample else standing.shown),
    )


def conductor_lines(state: LaunchState, seen: Overview) -> Iterator[str]:
    """Yield who conducts the launch; where nobody does, what to type, and as whom."""
    home, heard = state.home, conductor_heard(seen.conductor)
    if heard is None:
        place = f"{home.user}@{home.host}"
        yield one_line(f"NO CONDUCTOR; it belongs to {place}, where somebody types:")
        yield f"  {conductor_command(seen.address, state.launch)}"
    else:
        yield f"conducted by {heard}"


def _rollback_lines(
    state: LaunchState, plan: Rollback, rollback: RollbackState | None, seen: Overview
) -> Iterator[str]:
    if rollback is None:
        ready = "READY" if seen.solvency.ready else "NOT READY"
        yield f"rollback {ready}, {_needs(seen.solvency.fit, plan)}"
        if seen.solvency.fit:
            yield f"  {_window(seen.solvency.fit)}"
        yield from aligned([_planned_row(step, seen) for step in plan.steps])
    else:
        yield from _under_way(state, plan, rollback, seen)
    for missing in seen.solvency.missing:
        yield f"  missing: {missing}"


def _planned_row(step: Step, seen: Overview) -> tuple[str, ...]:
    expected = duration(step.expected_ms) if step.expected_ms is not None else None
    times = (
        f"expected {expected}" if expected else "no estimate",
        took(seen.actuals[step.id]) if step.id in seen.actuals else None,
        planned_words(step) or None,
    )
    return "", one_line(step.id), one_line(step.title), ", ".join(filter(None, times))


def _under_way(
    state: LaunchState, plan: Rollback, rollback: RollbackState, seen: Overview
) -> Iterator[str]:
    yield (
        f"ROLLBACK {rollback.status.upper()}, attempt {rollback.attempt}, started by {rollback.by} "
        f"at {second(rollback.began.at)}: {one_line(rollback.reason)}"
    )
    elapsed = seen.elapsed_ms(rollback)
    if rollback.over:
        yield f"  {_spans(elapsed, 'taken', plan)}"
    else:
        projected = projected_ms(plan, rollback, seen.moment)
        by_wall = "" if taken(rollback, seen.moment).exact else " by the wall clock"
        yield f"  {duration(elapsed)} so far{by_wall}, {_spans(projected, 'projected', plan)}"
    yield from (f"  {one_line(each)}" for each in handover_lines(plan, rollback, seen.moment))
    heads = ("", "STATE", "TOOK", "EXPECTED", "DUE", "STEP", "", "")
    yield from aligned([heads, *(_step_row(state, step, rollback, seen) for step in plan.steps)])


def _step_row(
    state: LaunchState, step: Step, rollback: RollbackState, seen: Overview
) -> tuple[str, ...]:
    standing = rollback.step(step.id)
    waits = wanting(step, standing) or standing.status == "running"
    taken_ms, due = seen.step_elapsed_ms(standing), due_of(rollback, step, seen.moment)
    return (
        ">" if waits and not rollback.over else " ",
        standing.status.upper() if wanting(step, standing) else standing.status,
        "-" if taken_ms is None else duration(taken_ms),
        "-" if step.expected_ms is None else duration(step.expected_ms),
        due_words(due) if due else planned_words(step) or "-",
        step.id,
        one_line(step.title),
        one_line(verifying_words(state, standing) or standing.reason or ""),
    )


def _needs(fit: Fit | None, plan: Rollback) -> str:
    spans = _spans(fit.needs_ms if fit else None, "expected", plan)
    if fit and fit.at_least:
        return f"at least {spans}, steps without an estimate left out"
    return spans


def _window(fit: Fit) -> str:
    """Return whether a rollback fits before the hard stop, and until when it can be decided."""
    if fit.latest is None or fit.hard_stop is None or fit.left_ms is None:
        return "no hard stop is known: nobody can say whether it fits"
    stop = f"before the hard stop at {second(fit.hard_stop)}"
    if fit.left_ms < 0:
        return f"DOES NOT FIT {stop}: the latest decision was at {second(fit.latest)}"
    if fit.before_t0:
        return f"DOES NOT FIT after T-0, {stop}: decide by {second(fit.latest)}, before T-0"
    return f"fits {stop}: decide by {second(fit.latest)}, in {duration(fit.left_ms)}"


def _spans(milliseconds: int | None, word: str, plan: Rollback) -> str:
    """Return a time beside the budget, such as "3m expected of a budget of 10m"."""
    span = f"{duration(milliseconds)} {word}" if milliseconds is not None else f"nothing {word}"
    budget = f"a budget of {duration(plan.budget_ms)}" if plan.budget_ms is not None else None
    return f"{span} of {budget}" if budget else f"{span}, no budget"
