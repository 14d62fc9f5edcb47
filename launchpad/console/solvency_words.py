"""Whether a rollback still fits, in the few words that stand on every screen."""

from launchpad.checklist.durations import duration
from launchpad.launch.moment import Moment, minute
from launchpad.launch.solvency import Fit, fit
from launchpad.launch.state import LaunchState


def solvency_words(state: LaunchState, now: Moment) -> tuple[str, bool] | None:
    """Return what a rollback needs and until when it can be decided, and whether that is bad.

    "rollback 7m fits, decide by 03:50Z 1h32m"; None where nothing acts at all.
    """
    fitting = fit(state, now)
    if fitting is None:
        return ("rollback not possible: none written", True) if state.checklist.probes else None
    lacks = len(state.preflight.missing) if state.preflight else 0
    not_ready = f" NOT READY, {lacks} missing" if lacks else ""
    window, late = _window(fitting)
    return f"rollback {_needs(fitting)}{not_ready}{window}", bool(
        lacks or late or fitting.over_budget
    )


def _needs(fitting: Fit) -> str:
    if fitting.needs_ms is None:
        return "without estimates"
    # More than the estimates say, where a step has none.
    more = "+" if fitting.at_least else ""
    over = ""
    if fitting.over_budget and fitting.budget_ms is not None:
        over = f" OVER THE BUDGET of {duration(fitting.budget_ms)}"
    return f"{duration(fitting.needs_ms)}{more}{over}"


def _window(fitting: Fit) -> tuple[str, bool]:
    if fitting.latest is None or fitting.left_ms is None:
        return "", False
    if fitting.left_ms < 0:
        return f" DOES NOT FIT, latest was {minute(fitting.latest)}", True
    if fitting.before_t0:
        return f" DOES NOT FIT after T-0, decide by {minute(fitting.latest)}", True
    return f" fits, decide by {minute(fitting.latest)} {duration(fitting.left_ms)}", False
