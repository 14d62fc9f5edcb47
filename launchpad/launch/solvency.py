"""Whether a rollback still fits: what it needs, the end of the window, and the latest decision."""

from dataclasses import dataclass

from launchpad.checklist.model import Rollback
from launchpad.launch.countdown import reading, window_ms
from launchpad.launch.moment import Moment, shifted
from launchpad.launch.rollback import needed_ms
from launchpad.launch.state import LaunchState


@dataclass(frozen=True, slots=True)
class Fit:
    """How a rollback fits before the hard stop; times in milliseconds.

    needs_ms: the steps' estimates, or the budget; None for neither; at_least: whether some step has
    no estimate; budget_ms: what is granted; hard_stop, latest: RFC 3339, UTC, None without a hard
    stop or T-0; left_ms: until the latest decision, below zero when it is too late; before_t0:
    whether that is before T-0, so that nothing that is seen after it can be rolled back in time.
    """

    needs_ms: int | None
    at_least: bool
    budget_ms: int | None
    hard_stop: str | None
    latest: str | None
    left_ms: int | None
    before_t0: bool = False

    @property
    def fits(self) -> bool | None:
        """Whether it still fits; None where there is no hard stop to say so."""
        return None if self.left_ms is None else self.left_ms >= 0

    @property
    def over_budget(self) -> bool:
        """Whether the steps are expected to take longer than is granted."""
        if self.needs_ms is None or self.budget_ms is None:
            return False
        return self.needs_ms > self.budget_ms


def fit(state: LaunchState, now: Moment) -> Fit | None:
    """Return how a launch's rollback fits now; None where none is written.

    The latest decision is the hard stop less what the rollback needs and the safety floor.
    """
    plan = state.checklist.rollback
    if plan is None or not plan.steps:
        return None
    needs_ms = needed_ms(plan)
    # The longer of both is kept free: an estimate may be short of what was granted for a reason.
    kept_ms = max(needs_ms or 0, plan.budget_ms or 0)
    window, clock = state.checklist.window, state.countdown
    hard_stop = latest = left_ms = None
    before_t0 = False
    if window and window.hard_stop_ms is not None and clock:
        stop_ms = window_ms(clock, window.hard_stop_ms, now)
        left_ms = stop_ms - window.safety_floor_ms - kept_ms
        hard_stop, latest = shifted(now.at, stop_ms), shifted(now.at, left_ms)
        read = reading(clock, state.checklist.holds, now)
        # A hold moves T-0, and never the hard stop.
        before_t0 = 0 <= left_ms < read.slip_ms - read.l_ms
    return Fit(needs_ms, _unestimated(plan), plan.budget_ms, hard_stop, latest, left_ms, before_t0)


def _unestimated(plan: Rollback) -> bool:
    """Say whether the sum of the estimates leaves a step out."""
    estimates = [step.expected_ms for step in plan.steps]
    return None in estimates and any(each is not None for each in estimates)
