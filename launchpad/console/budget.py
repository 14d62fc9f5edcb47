"""How long a rollback has taken, what is left of its budget, and how it will come out."""

from dataclasses import dataclass

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Rollback
from launchpad.launch.event import Stamp
from launchpad.launch.forecast import (
    Due,
    next_deadline,
    next_start,
    open_ended,
    projected_ms,
    taken,
)
from launchpad.launch.moment import moment_at, second, shifted
from launchpad.launch.rollback import RollbackState
from launchpad.session.step_times import due_words

_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Budget:
    """A rollback's times, in milliseconds.

    allowed: None where no budget is written; ends: when it is projected to end, with its zone;
    earliest: whether nobody can say how much later than that it will be; exact: whether elapsed is
    from one boot's clock, not from wall clocks.
    """

    elapsed: int
    projected: int
    allowed: int | None
    ends: str
    earliest: bool
    exact: bool = True

    @property
    def left(self) -> int | None:
        """What is left of the budget, below zero when it is overrun."""
        if self.allowed is None:
            return None
        return self.allowed - self.elapsed

    @property
    def spare(self) -> int | None:
        """What will be left of the budget at the projected end, below zero for an overrun."""
        if self.allowed is None:
            return None
        return self.allowed - self.projected

    @property
    def red(self) -> bool:
        """Whether the budget is overrun, or will be."""
        return (self.left or 0) < 0 or (self.spare or 0) < 0


def budget_of(plan: Rollback, rollback: RollbackState, at: Stamp) -> Budget:
    """Return a rollback's times now; those of one that is over stand still."""
    now = moment_at(at)
    took, projected = taken(rollback, now), projected_ms(plan, rollback, now)
    return Budget(
        elapsed=took.ms,
        projected=projected,
        allowed=plan.budget_ms,
        ends=second(shifted(rollback.began.at, projected)),
        earliest=open_ended(plan, rollback, now),
        exact=took.exact,
    )


def clock_words(budget: Budget) -> str:
    """Return the clock in words: "7m43s left of 10m", "+1m12s OVER 10m", "3m so far"."""
    by_wall = "" if budget.exact else ", by the wall clock"
    if budget.left is None or budget.allowed is None:
        return f"{duration(budget.elapsed)} so far, no budget{by_wall}"
    if budget.left < 0:
        return f"+{duration(-budget.left)} OVER {duration(budget.allowed)}{by_wall}"
    return f"{duration(budget.left)} left of {duration(budget.allowed)}{by_wall}"


def clock_figures(budget: Budget) -> str:
    """Return the clock in figures: 7:43 left, +1:12 over, or 3:05 so far without a budget."""
    if budget.left is None:
        return _figures(budget.elapsed)
    return _figures(budget.left) if budget.left >= 0 else f"+{_figures(-budget.left)}"


def pause_words(rollback: RollbackState) -> str:
    """Return why no step starts: "PAUSED by AB: the vendor calls"."""
    why = rollback.pause or ""
    by = why.removeprefix("paused ")
    return f"PAUSED {by}" if by != why else f"PAUSED: {why}"


def _figures(milliseconds: int) -> str:
    minutes, seconds = divmod(milliseconds // 1_000, _MINUTE_S)
    return f"{minutes}:{seconds:02}"


def step_due_words(due: Due) -> str:
    """Return when a step is due: "dns at +4h, in 2h48m", "dns by +1h, in 12m", "dns LATE by 3m"."""
    return f"{due.step.id} {due_words(due)}"


def next_words(plan: Rollback, rollback: RollbackState, at: Stamp) -> str | None:
    """Return what of a rollback is next by the clock; None where no time is written."""
    now = moment_at(at)
    start = next_start(plan, rollback, now)
    if start:
        return f"next: {step_due_words(start)}"
    due = next_deadline(plan, rollback, now)
    return step_due_words(due) if due else None
