"""The rollback on an emergency sheet: to be carried out by hand, where nothing else is left."""

from collections.abc import Iterator

from launchpad.checklist.durations import duration, written
from launchpad.checklist.model import Rollback, Step
from launchpad.export.sheet_lines import Line, line, sentences
from launchpad.export.sheet_page import Page, role_words, when
from launchpad.export.sheet_steps import stands, takes, to_type, what_is_done
from launchpad.export.sheet_triggers import trigger_lines
from launchpad.launch.cutover import no_return
from launchpad.launch.forecast import open_ended, projected_ms, taken
from launchpad.launch.rollback import RollbackState
from launchpad.launch.state import LaunchState
from launchpad.launch.step import StepState, settled
from launchpad.session.history import flagged, never_rehearsed, took


def rollback_lines(page: Page, plan: Rollback) -> Iterator[Line]:
    """Yield the way back: where it stands, who may start it, on what, and every step of it."""
    state = page.state
    if passed := no_return(state):
        yield line("alert", f"PAST THE POINT OF NO RETURN: {passed.item.text} ({passed.how})")
    if state.rollback:
        yield from _under_way(page, plan, state.rollback)
    for earlier in state.attempts:
        said = f"attempt {earlier.attempt}, started by {earlier.by}, {when(earlier.began.at)}"
        yield line("fact", f"{said}: {earlier.status}", "before")
    yield from _budget(page, plan)
    yield line("fact", _authority(state, plan), "authority")
    if warned := flagged(never_rehearsed(state, page.actuals)):
        yield line("alert", warned)
    yield from trigger_lines(page, plan)
    for number, step in enumerate(plan.steps, 1):
        yield line("group", f"step {number}: {step.title} ({step.id})")
        own = state.rollback.step(step.id) if state.rollback else StepState()
        yield from stands(step, own, page.now, "not begun")
        yield from takes(step, took(page.actuals[step.id]) if step.id in page.actuals else "")
        yield from _times(page, step)
        yield from what_is_done(page, step)
    if plan.instructions or plan.snippets:
        yield line("group", "beside its steps")
        yield from sentences(plan.instructions, 1)
        yield from to_type(page, plan.snippets)


def _under_way(page: Page, plan: Rollback, rollback: RollbackState) -> Iterator[Line]:
    began = f"started by {rollback.by}, {when(rollback.began.at)}"
    # The reason of an attempt that was given up is why it was.
    left = rollback.statement if rollback.status == "abandoned" else None
    ended = f"; abandoned by {left.by}, {when(left.at)}" if left else ""
    yield line(
        "alert",
        f"ROLLBACK {rollback.status.upper()}: attempt {rollback.attempt}, {began}{ended}: "
        f"{rollback.reason}",
    )
    if rollback.past_no_return:
        yield line("alert", "It began although the point of no return was passed.")
    if rollback.pause and not rollback.over:
        yield line("alert", f"No step starts: {rollback.pause}")
    so_far = taken(rollback, page.now)
    about = "" if so_far.exact else "about "
    if rollback.over:
        yield line("fact", f"{about}{duration(so_far.ms)}", "took")
        return
    left_ms = projected_ms(plan, rollback, page.now) - so_far.ms
    least = "at the earliest " if open_ended(plan, rollback, page.now) else ""
    yield line("fact", f"{about}{duration(so_far.ms)}", "so far")
    yield line("fact", f"{least}{page.in_ms(left_ms)}, by the estimates", "ends")


def _budget(page: Page, plan: Rollback) -> Iterator[Line]:
    if plan.budget_ms is None:
        yield line("fact", "none", "budget")
        return
    rollback, budget = page.state.rollback, duration(plan.budget_ms)
    if rollback is None or rollback.over:
        yield line("fact", budget, "budget")
        return
    left_ms = plan.budget_ms - taken(rollback, page.now).ms
    yield line("fact", f"{budget}, until {page.in_ms(left_ms)}", "budget")
    if left_ms < 0:
        yield line("alert", f"The budget is OVER by {duration(-left_ms)}.")


def _authority(state: LaunchState, plan: Rollback) -> str:
    who = ", ".join(role_words(state, role) for role in plan.authority) or "anybody on the crew"
    return f"{who}; {plan.authority_text}" if plan.authority_text else who


def _times(page: Page, step: Step) -> Iterator[Line]:
    """Yield when a step starts and is to be done by: by the clock as soon as the rollback runs."""
    rollback = page.state.rollback
    if rollback is None or rollback.over:
        yield from _planned(step)
        return
    if settled(step, rollback.step(step.id)):
        return
    so_far_ms = taken(rollback, page.now).ms
    pending = rollback.step(step.id).status == "pending"
    if step.starts_at_ms and pending:
        yield line("fact", page.in_ms(step.starts_at_ms - so_far_ms), "not before", 1)
    if step.deadline_ms is None:
        return
    if not step.deadline_ms:
        yield line("fact", "at once", "done", 1)
        return
    left_ms = step.deadline_ms - so_far_ms
    yield line("fact", page.in_ms(left_ms), "done by", 1)
    if left_ms < 0:
        yield line("alert", f"LATE by {duration(-left_ms)}", depth=1)


def _planned(step: Step) -> Iterator[Line]:
    if step.starts_at_ms:
        yield line("fact", f"+{written(step.starts_at_ms)} from its start", "not before", 1)
    if step.deadline_ms:
        yield line("fact", f"+{written(step.deadline_ms)} from its start", "done by", 1)
    elif step.deadline_ms is not None:
        yield line("fact", "at once", "done", 1)
