"""How long a rollback has taken, what is left of its budget, and how it will come out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Rollback
from launchpad.launch.event import Stamp
from launchpad.launch.moment import second
from launchpad.launch.rollback import RollbackState, needed_ms, open_ended, projected_ms
from launchpad.launch.state import LaunchState

_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Budget:
    """A rollback's times, in milliseconds.

    elapsed and projected: None in another boot than the rollback's, where no clock says them;
    allowed: None where no budget is written; ends: when it is projected to end, with its zone;
    earliest: whether nobody can say how much later than that it will be.
    """

    elapsed: int | None
    projected: int | None
    allowed: int | None
    ends: str | None
    earliest: bool

    @property
    def left(self) -> int | None:
        """What is left of the budget, below zero when it is overrun."""
        if self.elapsed is None or self.allowed is None:
            return None
        return self.allowed - self.elapsed

    @property
    def spare(self) -> int | None:
        """What will be left of the budget at the projected end, below zero for an overrun."""
        if self.projected is None or self.allowed is None:
            return None
        return self.allowed - self.projected

    @property
    def red(self) -> bool:
        """Whether the budget is overrun, or will be."""
        return (self.left or 0) < 0 or (self.spare or 0) < 0


def budget_of(plan: Rollback, rollback: RollbackState, at: Stamp) -> Budget:
    """Return a rollback's times now; those of one that is over stand still."""
    boot = at.boot_id, int(at.mono_ns)
    elapsed = rollback.elapsed_ms if rollback.over else rollback.began.elapsed_ms(*boot)
    projected = projected_ms(plan, rollback, *boot)
    ends = _ends(rollback, projected)
    return Budget(elapsed, projected, plan.budget_ms, ends, open_ended(plan, rollback, *boot))


def clock_words(budget: Budget) -> str:
    """Return the clock in words: "7m43s left of 10m", "+1m12s OVER 10m", "3m so far"."""
    if budget.elapsed is None:
        return "began before the reboot"
    if budget.left is None or budget.allowed is None:
        return f"{duration(budget.elapsed)} so far, no budget"
    if budget.left < 0:
        return f"+{duration(-budget.left)} OVER {duration(budget.allowed)}"
    return f"{duration(budget.left)} left of {duration(budget.allowed)}"


def clock_figures(budget: Budget) -> str:
    """Return the clock in figures: 7:43 left, +1:12 over, or 3:05 so far without a budget."""
    if budget.elapsed is None:
        return ""
    if budget.left is None:
        return _figures(budget.elapsed)
    return _figures(budget.left) if budget.left >= 0 else f"+{_figures(-budget.left)}"


def pause_words(rollback: RollbackState) -> str:
    """Return why no step starts: "PAUSED by AB: the vendor calls"."""
    why = rollback.pause or ""
    by = why.removeprefix("paused ")
    return f"PAUSED {by}" if by != why else f"PAUSED: {why}"


def solvency_words(state: LaunchState) -> str | None:
    """Return what a rollback would need, before there is one; None where nothing acts at all."""
    plan = state.checklist.rollback
    if plan is None or not plan.steps:
        return "rollback not possible: none written" if state.checklist.probes else None
    needs = needed_ms(plan)
    if needs is None:
        return "rollback without estimates"
    budget = f" of {duration(plan.budget_ms)}" if plan.budget_ms is not None else ""
    over = " OVER BUDGET" if plan.budget_ms is not None and needs > plan.budget_ms else ""
    return f"rollback {duration(needs)}{budget}{over}"


def _figures(milliseconds: int) -> str:
    minutes, seconds = divmod(milliseconds // 1_000, _MINUTE_S)
    return f"{minutes}:{seconds:02}"


def _ends(rollback: RollbackState, projected: int | None) -> str | None:
    if projected is None:
        return None
    began = datetime.fromisoformat(rollback.began.at)
    return second((began + timedelta(milliseconds=projected)).isoformat())
