"""Carrying out a command step: trusted, recorded as started, run by a runner, followed."""

import asyncio
from pathlib import Path

from launchpad.checklist.model import Step
from launchpad.conductor.holding import Holding
from launchpad.conductor.means import Means, NotRun
from launchpad.conductor.post import Post
from launchpad.conductor.saying import say
from launchpad.launch.operations import StepEnd, StepFinished, StepIndeterminate
from launchpad.log.boottime import boot_time
from launchpad.log.samples import OutputPart
from launchpad.steps import running
from launchpad.steps.claim import StepResult
from launchpad.steps.folder import claim_folder
from launchpad.steps.order import StepRun
from launchpad.steps.running import Ended, Lost, Running, Unclaimed

_LOOK_S = 0.05
# A runner starts in a few hundredths of a second; one that does not in this time never will.
_STARTING_S = 10.0
_PART_LENGTH = 32_768
_AGAIN_S = 1.0
_NEVER_RAN = "its start was recorded, but it never began"
_ELSEWHERE = "it was begun with another state folder, and cannot be seen from here"
_GIVEN_UP = "the rollback was abandoned before it began"


class CommandStep:
    """Command steps, for a conductor."""

    def __init__(self, post: Post, holding: Holding, means: Means, state_folder: Path) -> None:
        self._post = post
        self._holding = holding
        self._means = means
        self._state_folder = state_folder

    async def perform(
        self, step: Step, attempt: int, run: int, *, adopted: bool
    ) -> StepFinished | StepIndeterminate:
        """Run a step, or see one through that an earlier conductor began; return how it ended."""
        step_run = StepRun(self._post.launch, step.id, attempt, run)
        folder = claim_folder(self._state_folder, step_run)
        if adopted:
            return await self._adopt(step_run, folder)
        if await self._given_up(step_run, folder):
            return _finished(step_run, "failed", f"not run: {_GIVEN_UP}")
        if self._post.state.mode == "rehearsal" and step.rehearse is None:
            return _finished(step_run, "done", "a rehearsal: not run")
        try:
            order = await self._means.order(step, step_run, folder)
            # To find the secrets took its time.
            if await self._given_up(step_run, folder):
                return _finished(step_run, "failed", f"not run: {_GIVEN_UP}")
            await asyncio.to_thread(running.start, order)
        except (NotRun, OSError) as error:
            return _finished(step_run, "failed", f"not run: {error}")
        return await self._follow(step_run, folder)

    async def _given_up(self, step_run: StepRun, folder: Path) -> bool:
        """Say whether a run is no longer wanted; then nobody ever carries it out."""
        rollback = self._post.state.rollback
        if rollback and rollback.attempt == step_run.attempt and not rollback.over:
            return False
        return await self._seized(folder, step_run, _GIVEN_UP)

    async def _seized(self, folder: Path, step_run: StepRun, why: str) -> bool:
        """Take a claim so that no runner can; False where one has it."""
        while True:
            try:
                return await asyncio.to_thread(running.seize, folder, step_run, why)
            except OSError as error:
                say(f"step {step_run.step} cannot be claimed: {error}")
                await asyncio.sleep(_AGAIN_S)

    def end(self, step: str, attempt: int, run: int) -> None:
        """Ask a running step to end, with all it started; one that has not begun never does."""
        step_run = StepRun(self._post.launch, step, attempt, run)
        folder = claim_folder(self._state_folder, step_run)
        try:
            if not running.seize(folder, step_run, _GIVEN_UP):
                running.end(folder)
        except OSError as error:
            say(f"step {step} could not be asked to end: {error}")

    async def _adopt(self, step_run: StepRun, folder: Path) -> StepFinished | StepIndeterminate:
        rollback = self._post.state.rollback
        claims = rollback.step(step_run.step).claims if rollback else ""
        if claims and claims != str(self._state_folder):
            return _indeterminate(step_run, _ELSEWHERE, nothing_runs=False)
        standing = await self._standing(folder)
        if isinstance(standing, Unclaimed) and await self._seized(folder, step_run, _NEVER_RAN):
            return _indeterminate(step_run, _NEVER_RAN, nothing_runs=True)
        return await self._follow(step_run, folder)

    async def _follow(self, step_run: StepRun, folder: Path) -> StepFinished | StepIndeterminate:
        """Follow a run's output until it is over."""
        loop = asyncio.get_running_loop()
        began_s, position = loop.time(), running.BEGINNING
        shown = _Shown(self._holding, step_run)
        while True:
            standing = await self._standing(folder)
            try:
                printed = await asyncio.to_thread(running.output, folder, position)
            except OSError as error:
                say(f"the output of step {step_run.step} cannot be read: {error}")
            else:
                position = printed.position
                shown.add(printed.text, anew=printed.anew)
            match standing:
                case Ended(result):
                    return _ended(step_run, result)
                case Lost(why, never_ran):
                    return _indeterminate(step_run, why, nothing_runs=never_ran)
                case Unclaimed() if loop.time() - began_s > _STARTING_S:
                    if await self._seized(folder, step_run, _NEVER_RAN):
                        return _indeterminate(step_run, _NEVER_RAN, nothing_runs=True)
            await asyncio.sleep(_LOOK_S)

    async def _standing(self, folder: Path) -> running.Standing:
        try:
            return await asyncio.to_thread(running.standing, folder, boot_time()[0])
        except OSError as error:
            say(f"{folder}: {error}")
            return Running(0)


class _Shown:
    """What of a run's output the log holds: in parts, the last of which grows."""

    def __init__(self, holding: Holding, step_run: StepRun) -> None:
        self._holding = holding
        self._step_run = step_run
        self._parts: list[str] = []

    def add(self, text: str, *, anew: bool) -> None:
        """Bring new output into the log; anew replaces all that was there."""
        if not text:
            return
        before = [] if anew else self._parts
        tail = before.pop() if before and len(before[-1]) < _PART_LENGTH else ""
        first, whole = len(before), tail + text
        fresh = [whole[at : at + _PART_LENGTH] for at in range(0, len(whole), _PART_LENGTH)]
        emptied = max(len(self._parts) - first - len(fresh), 0) if anew else 0
        for number, part in enumerate([*fresh, *[""] * emptied], first):
            self._holding.printed(
                OutputPart(
                    attempt=self._step_run.attempt,
                    step=self._step_run.step,
                    run=self._step_run.run,
                    part=number,
                    text=part,
                )
            )
        self._parts = [*before, *fresh]


def _ended(step_run: StepRun, result: StepResult) -> StepFinished:
    end: StepEnd = "failed"
    reason: str | None = None
    if result.not_started is not None:
        reason = f"not run: {result.not_started}"
    elif result.timed_out:
        end, reason = "timed-out", "its timeout ended it"
    elif result.stopped:
        reason = "it was ended on request"
    elif result.exit_status == 0:
        end = "done"
    elif result.exit_status is not None:
        reason = f"exit status {result.exit_status}"
    else:
        reason = f"ended by signal {result.signal}"
    if result.survivors:
        reason = f"{reason or 'it ended'}; processes are left: {result.survivors}"
    return StepFinished(
        step=step_run.step,
        attempt=step_run.attempt,
        run=step_run.run,
        end=end,
        elapsed_ms=result.elapsed_ms,
        exit_status=result.exit_status,
        signal=result.signal,
        output_bytes=result.output_bytes,
        output_sha256=result.output_sha256 or None,
        reason=reason,
    )


def _finished(step_run: StepRun, end: StepEnd, reason: str) -> StepFinished:
    return StepFinished(
        step=step_run.step,
        attempt=step_run.attempt,
        run=step_run.run,
        end=end,
        elapsed_ms=0,
        reason=reason,
    )


def _indeterminate(step_run: StepRun, why: str, *, nothing_runs: bool) -> StepIndeterminate:
    return StepIndeterminate(
        step=step_run.step,
        attempt=step_run.attempt,
        run=step_run.run,
        why=why,
        nothing_runs=nothing_runs,
    )
