"""Whether a rollback still fits, in the few words that stand on every screen."""

from collections.abc import Iterator

from launchpad.checklist.durations import duration
from launchpad.launch.moment import Moment, day, minute
from launchpad.launch.solvency import Fit, fit
from launchpad.launch.state import LaunchState


def solvency_words(state: LaunchState, now: Moment) -> tuple[str, bool] | None:
    """Return what a rollback needs and until when it can be decided, and whether that is bad.

    "rollback 7m fits, decide by 03:50Z 1h32m"; what is bad stands first, since a narrow screen cuts
    the end off. None where nothing acts at all.
    """
    fitting = fit(state, now)
    if fitting is None:
        return ("rollback not possible: none written", True) if state.checklist.probes else None
    bad = list(_bad(state, fitting, now))
    if bad:
        return f"rollback {'; '.join(bad)}; needs {_needs(fitting)}", True
    if fitting.latest is None or fitting.left_ms is None:
        return f"rollback {_needs(fitting)}, no hard stop", False
    by = f"decide by {_at(fitting.latest, now)} {duration(fitting.left_ms)}"
    return f"rollback {_needs(fitting)} fits, {by}", False


def _bad(state: LaunchState, fitting: Fit, now: Moment) -> Iterator[str]:
    if state.preflight and state.preflight.missing:
        yield f"NOT READY, {len(state.preflight.missing)} missing"
    if fitting.latest is not None and fitting.fits is False:
        yield f"DOES NOT FIT, latest was {_at(fitting.latest, now)}"
    elif fitting.latest is not None and fitting.before_t0:
        yield f"DOES NOT FIT after T-0, decide by {_at(fitting.latest, now)}"
    if fitting.over_budget and fitting.budget_ms is not None:
        yield f"OVER THE BUDGET of {duration(fitting.budget_ms)}"


def _needs(fitting: Fit) -> str:
    if fitting.needs_ms is None:
        return "no estimate"
    # More than the estimates say, where a step has none.
    return f"{duration(fitting.needs_ms)}{'+' if fitting.at_least else ''}"


def _at(at: str, now: Moment) -> str:
    """Return a time, with its day where that is another one."""
    return minute(at) if day(at) == day(now.at) else f"{day(at)} {minute(at)}"
