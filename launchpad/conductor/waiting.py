"""Carrying out a step that waits: for a delay to be over, or for a probe to be good."""

import asyncio

from launchpad.checklist.model import Step
from launchpad.conductor.post import Post
from launchpad.conductor.watch import Watch
from launchpad.launch.moment import Moment, lapse, moment_at
from launchpad.launch.operations import StepFinished
from launchpad.session.clock import now
from launchpad.steps.order import StepRun

_LOOK_S = 0.1


async def waited(
    step: Step, step_run: StepRun, post: Post, watch: Watch, here_since: Moment
) -> StepFinished | None:
    """Wait, and return how it ended; None where somebody decided meanwhile.

    A probe has to be good on a sample made since the step began; here_since: when this conductor
    began, from which samples count that waits for one across a reboot.
    """
    began = post.state.step(step_run.attempt, step.id).began or here_since
    seen_from = began if began.boot_id == here_since.boot_id else here_since
    while _waits(step_run, post):
        elapsed_ms = lapse(began, moment_at(now())).ms
        if step.wait_until is not None:
            over = watch.good_since(step.wait_until, seen_from.mono_ns)
        else:
            over = elapsed_ms >= (step.wait_ms or 0)
        if over or _overdue(step, elapsed_ms):
            goes_on = over or step.on_timeout == "continue"
            return StepFinished(
                step=step.id,
                attempt=step_run.attempt,
                run=step_run.run,
                end="done" if goes_on else "timed-out",
                elapsed_ms=elapsed_ms,
                reason=None if over else "its timeout came first",
            )
        await asyncio.sleep(_LOOK_S)
    return None


def _waits(step_run: StepRun, post: Post) -> bool:
    known = post.state.step(step_run.attempt, step_run.step)
    return known.run == step_run.run and known.status == "running"


def _overdue(step: Step, elapsed_ms: int) -> bool:
    """Say whether a wait is to end by its timeout; where a person is asked, it goes on."""
    if step.timeout_ms is None or step.on_timeout == "ask":
        return False
    return elapsed_ms >= step.timeout_ms
