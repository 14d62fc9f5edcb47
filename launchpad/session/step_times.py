"""When a rollback's steps start and are to be done by, in words."""

from launchpad.checklist.durations import duration, written
from launchpad.checklist.model import Rollback, Step
from launchpad.launch.forecast import Due, due_of, taken
from launchpad.launch.moment import Moment, second, shifted
from launchpad.launch.rollback import RollbackState


def due_words(due: Due) -> str:
    """Return when a step is due: "at +4h, in 2h48m", "by +1h, in 12m", "LATE by 3m"."""
    if due.what == "starts":
        return f"at +{written(due.at_ms)}, in {duration(due.in_ms)}"
    if due.in_ms < 0:
        return f"LATE by {duration(-due.in_ms)}"
    return f"by +{written(due.at_ms)}, in {duration(due.in_ms)}"


def planned_words(step: Step) -> str:
    """Return the times of a step as they are written: "at +4h", "at once", "by +1h"; or ""."""
    starts = "" if step.starts_at_ms is None else f"at +{written(step.starts_at_ms)}"
    by = ""
    if step.deadline_ms is not None:
        by = f"by +{written(step.deadline_ms)}" if step.deadline_ms else "at once"
    return ", ".join(filter(None, (starts, by)))


def by_when(plan: Rollback, rollback: RollbackState, step: Step, now: Moment) -> str:
    """Return by when a step is due, else what the whole rollback is granted."""
    due = due_of(rollback, step, now)
    if due:
        return due_words(due)
    if plan.budget_ms is None:
        return "no time is written for it"
    left_ms = plan.budget_ms - taken(rollback, now).ms
    if left_ms < 0:
        return f"the budget of {duration(plan.budget_ms)} is OVER by {duration(-left_ms)}"
    ends = second(shifted(rollback.began.at, plan.budget_ms))
    return f"the budget ends {ends}, in {duration(left_ms)}"
