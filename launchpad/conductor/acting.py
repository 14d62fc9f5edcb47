"""Carrying out steps: those of the rollback in their order, those of items on request.

What is to be done follows from the log alone, and all that is done goes into it, so that another
conductor goes on wherever this one is killed.
"""

import asyncio
from dataclasses import replace
from pathlib import Path

from launchpad.checklist.model import Step
from launchpad.conductor.holding import Holding
from launchpad.conductor.means import Means
from launchpad.conductor.post import Post
from launchpad.conductor.processes import ProcessStep
from launchpad.conductor.waiting import waited
from launchpad.conductor.watch import Watch
from launchpad.launch.cutover import next_cutover
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.forecast import taken
from launchpad.launch.moment import moment_at
from launchpad.launch.operations import (
    RollbackCompleted,
    StepEndedWell,
    StepFinished,
    StepIndeterminate,
    StepStarted,
)
from launchpad.launch.rollback import Begin, Finish, next_act
from launchpad.launch.step import StepState, is_process
from launchpad.session.clock import now
from launchpad.steps.order import StepRun

_LOOK_S = 0.1
# A probe that is good within this time is not told of: a fast rollback is not slowed down by it.
_AT_ONCE_S = 0.5


class Acting:
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
        self._processes = ProcessStep(post, holding, means, state_folder)
        self._performing: dict[StepRun, asyncio.Task[None]] = {}
        self._began = moment_at(now())

    async def run(self) -> None:
        """Go on until cancelled. Processes that run then go on by themselves."""
        try:
            while True:
                seen = self._post.state.head.seq
                await self._look()
                await self._post.moved(_LOOK_S, seen)
        finally:
            for task in self._performing.values():
                task.cancel()
            self._processes.starting.dismiss()

    async def _look(self) -> None:
        for task in self._performing.values():
            if task.done():
                task.result()
        self._see_to_what_runs()
        self._processes.starting.look()
        await self._go_back()
        begin = next_cutover(self._post.state)
        if begin:
            await self._begin(CUTOVER, begin)

    async def _go_back(self) -> None:
        """Take the rollback's next step, or complete it."""
        plan, rollback = self._post.state.checklist.rollback, self._post.state.rollback
        if plan is None or rollback is None:
            return
        took = taken(rollback, moment_at(now()))
        match next_act(plan, rollback, took.ms):
            case Begin() as begin:
                await self._begin(rollback.attempt, begin)
            case Finish():
                completed = RollbackCompleted(attempt=rollback.attempt, elapsed_ms=took.ms)
                await self._post.report(completed)

    async def _begin(self, attempt: int, begin: Begin) -> None:
        step, run = begin.step, begin.run
        started = StepStarted(step=step.id, attempt=attempt, run=run, claims=self._claims)
        # Durable before it runs.
        if await self._post.report(started):
            self._perform(step, StepRun(self._post.launch, step.id, attempt, run), adopted=False)

    def _see_to_what_runs(self) -> None:
        """See through what an earlier conductor began, and end what people want ended."""
        state = self._post.state
        rollback, plan = state.rollback, state.checklist.rollback
        if rollback and plan:
            given_up = rollback.status == "abandoned" and rollback.kill
            for step in plan.steps:
                known = rollback.step(step.id)
                self._see_to(step, rollback.attempt, known, given_up=given_up)
        for item in state.checklist.items():
            if item.step and item.id in state.cutover:
                self._see_to(item.step, CUTOVER, state.cutover[item.id], given_up=False)

    def _see_to(self, step: Step, attempt: int, known: StepState, *, given_up: bool) -> None:
        if known.status != "running":
            return
        step_run = StepRun(self._post.launch, step.id, attempt, known.run)
        if step_run not in self._performing:
            self._perform(step, step_run, adopted=True)
        if is_process(step) and (given_up or known.kill):
            self._processes.end(step_run)

    def _perform(self, step: Step, step_run: StepRun, *, adopted: bool) -> None:
        work = self._work(step, step_run, adopted=adopted)
        self._performing[step_run] = asyncio.create_task(work)

    async def _work(self, step: Step, step_run: StepRun, *, adopted: bool) -> None:
        ended: StepFinished | StepIndeterminate | None
        if step.kind == "manual":
            return  # a person says when it is done
        if step.kind == "wait":
            ended = await waited(step, step_run, self._post, self._watch, self._began)
        else:
            ended = await self._processes.perform(step, step_run, adopted=adopted)
            if isinstance(ended, StepFinished) and ended.end == "done" and step.verify:
                ended = await self._verified(step.verify, step_run, ended)
        if ended is not None:
            await self._post.report(ended)

    async def _verified(self, probe: str, step_run: StepRun, ended: StepFinished) -> StepFinished:
        """Say that a step is done only when its probe is good on a sample made after it."""
        looking = asyncio.create_task(self._watch.becomes_good(probe))
        waits = StepEndedWell(
            step=step_run.step, attempt=step_run.attempt, run=step_run.run, probe=probe
        )
        # A conductor before this one may have said so.
        told = self._post.state.step(step_run.attempt, step_run.step).verifying is not None
        at_once = asyncio.get_running_loop().time() + _AT_ONCE_S
        try:
            while not looking.done():
                kill = self._post.state.step(step_run.attempt, step_run.step).kill
                if kill:
                    why = f"{kill.by} ended its verification: {kill.reason}"
                    return replace(ended, end="failed", reason=f"it ended well, but {why}")
                await asyncio.wait([looking], timeout=_LOOK_S)
                late = asyncio.get_running_loop().time() >= at_once
                if late and not told and not looking.done():
                    told = await self._post.report(waits)
        finally:
            looking.cancel()
        good, shown = looking.result()
        if good:
            return ended
        return replace(
            ended, end="failed", reason=f"it ended well, but {probe} is not good: {shown}"
        )
