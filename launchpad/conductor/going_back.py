"""Carrying out the rollback: one step after the other, as the log says, across conductors."""

import asyncio
from pathlib import Path
from typing import TypeAlias

from launchpad.checklist.model import Step
from launchpad.conductor.commands import CommandStep
from launchpad.conductor.holding import Holding
from launchpad.conductor.means import Means
from launchpad.conductor.post import Post
from launchpad.conductor.watch import Watch
from launchpad.launch.operations import (
    RollbackCompleted,
    StepFinished,
    StepIndeterminate,
    StepStarted,
)
from launchpad.launch.rollback import Begin, Finish, RollbackState, StepState, next_act
from launchpad.log.boottime import boot_time

_LOOK_S = 0.1

_Run: TypeAlias = tuple[int, str, int]


class GoingBack:
    """Starts what is next, and sees what runs through to its end."""

    def __init__(
        self,
        post: Post,
        holding: Holding,
        watch: Watch,
        means: Means,
        state_folder: Path,
    ) -> None:
        self._post = post
        self._watch = watch
        self._claims = str(state_folder)
        self._commands = CommandStep(post, holding, means, state_folder)
        self._performing: dict[_Run, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Go on until cancelled. Commands that run then go on by themselves."""
        try:
            while True:
                await self._look()
                await self._post.moved(_LOOK_S)
        finally:
            for task in self._performing.values():
                task.cancel()

    async def _look(self) -> None:
        plan, rollback = self._post.state.checklist.rollback, self._post.state.rollback
        if plan is None or rollback is None:
            return
        for task in self._performing.values():
            if task.done():
                task.result()
        self._adopt(plan.steps, rollback)
        if rollback.status == "abandoned" and rollback.kill:
            self._end_what_runs(rollback)
        match next_act(plan, rollback):
            case Begin(step, run):
                started = StepStarted(
                    step=step.id, attempt=rollback.attempt, run=run, claims=self._claims
                )
                # Durable before it runs.
                if await self._post.report(started):
                    self._perform(step, rollback.attempt, run, adopted=False)
            case Finish():
                elapsed = rollback.began.elapsed_ms(*boot_time())
                await self._post.report(
                    RollbackCompleted(attempt=rollback.attempt, elapsed_ms=elapsed)
                )

    def _adopt(self, steps: tuple[Step, ...], rollback: RollbackState) -> None:
        """See through what an earlier conductor began."""
        for step in steps:
            state = rollback.step(step.id)
            if state.status == "running" and self._key(rollback, step) not in self._performing:
                self._perform(step, rollback.attempt, state.run, adopted=True)

    def _end_what_runs(self, rollback: RollbackState) -> None:
        for step, state in rollback.steps.items():
            if state.status == "running":
                self._commands.end(step, rollback.attempt, state.run)

    def _key(self, rollback: RollbackState, step: Step) -> _Run:
        return rollback.attempt, step.id, rollback.step(step.id).run

    def _perform(self, step: Step, attempt: int, run: int, *, adopted: bool) -> None:
        work = self._work(step, attempt, run, adopted=adopted)
        self._performing[attempt, step.id, run] = asyncio.create_task(work)

    async def _work(self, step: Step, attempt: int, run: int, *, adopted: bool) -> None:
        ended: StepFinished | StepIndeterminate | None
        if step.kind == "manual":
            return  # a person says when it is done
        if step.kind == "wait":
            ended = await self._wait(step, attempt, run)
        else:
            ended = await self._commands.perform(step, attempt, run, adopted=adopted)
            if isinstance(ended, StepFinished) and ended.end == "done" and step.verify:
                ended = await self._verified(step.verify, ended)
        if ended is not None:
            await self._post.report(ended)

    async def _wait(self, step: Step, attempt: int, run: int) -> StepFinished | None:
        """Wait for a delay to be over, or for a probe to be good on a sample made since.

        None where somebody decided meanwhile. In another boot no clock says how long it was: it is
        waited for from now on.
        """
        boot_id, now_ns = boot_time()
        began = self._state(step).began
        began_ns = began.mono_ns if began and began.boot_id == boot_id else now_ns
        while self._waits(step, attempt, run):
            elapsed_ms = (boot_time()[1] - began_ns) // 1_000_000
            waited = self._waited(step, began_ns, elapsed_ms)
            if waited or _overdue(step, elapsed_ms):
                goes_on = waited or step.on_timeout == "continue"
                return StepFinished(
                    step=step.id,
                    attempt=attempt,
                    run=run,
                    end="done" if goes_on else "timed-out",
                    elapsed_ms=elapsed_ms,
                    reason=None if waited else "its timeout came first",
                )
            await asyncio.sleep(_LOOK_S)
        return None

    def _waits(self, step: Step, attempt: int, run: int) -> bool:
        rollback, state = self._post.state.rollback, self._state(step)
        same = rollback is not None and rollback.attempt == attempt and state.run == run
        return same and state.status == "running"

    def _waited(self, step: Step, began_ns: int, elapsed_ms: int) -> bool:
        if step.wait_until is not None:
            return self._watch.good_since(step.wait_until, began_ns)
        return elapsed_ms >= (step.wait_ms or 0)

    async def _verified(self, probe: str, ended: StepFinished) -> StepFinished:
        """Say that a step is done only when its probe is good on a sample made after it."""
        good, shown = await self._watch.becomes_good(probe)
        if good:
            return ended
        return StepFinished(
            step=ended.step,
            attempt=ended.attempt,
            run=ended.run,
            end="failed",
            elapsed_ms=ended.elapsed_ms,
            exit_status=ended.exit_status,
            signal=ended.signal,
            output_bytes=ended.output_bytes,
            output_sha256=ended.output_sha256,
            reason=f"it ended well, but {probe} is not good: {shown}",
        )

    def _state(self, step: Step) -> StepState:
        rollback = self._post.state.rollback
        return rollback.step(step.id) if rollback else StepState()


def _overdue(step: Step, elapsed_ms: int) -> bool:
    """Say whether a wait is to end by its timeout; where a person is asked, it goes on."""
    if step.timeout_ms is None or step.on_timeout == "ask":
        return False
    return elapsed_ms >= step.timeout_ms
