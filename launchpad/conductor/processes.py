"""Carrying out a step that is a process: trusted, recorded, run by a runner, followed."""

import asyncio
import socket
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from launchpad.checklist.model import Step
from launchpad.conductor.holding import Holding
from launchpad.conductor.means import Means, NotRun
from launchpad.conductor.noticing import Noticing, noticing
from launchpad.conductor.post import Post
from launchpad.conductor.printing import Shown
from launchpad.conductor.saying import say
from launchpad.conductor.starting import Starting
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.operations import StepEnd, StepFinished, StepIndeterminate
from launchpad.launch.step import Kill
from launchpad.log.boottime import boot_time
from launchpad.session.conductor import said_in
from launchpad.steps import running
from launchpad.steps.claim import StepResult
from launchpad.steps.folder import claim_folder
from launchpad.steps.order import StepRun
from launchpad.steps.request import FAILS, HOLDS, NOT_SENT, UNKNOWN
from launchpad.steps.running import Ended, Lost, Running, Unclaimed

# A runner starts in a few hundredths of a second; one that does not in this time never will.
_STARTING_S = 10.0
_AGAIN_S = 1.0
_NEVER_RAN = "its start was recorded, but it never began"
_ELSEWHERE = "it was begun with another state folder, and cannot be seen from here"
_GIVEN_UP = "the rollback was abandoned before it began"
# What the exit status of a request says, for people.
_ANSWERS: Mapping[int | None, str | None] = {
    HOLDS: None,
    FAILS: "it was answered, and a condition does not hold: see its output",
    NOT_SENT: "nothing was sent: see its output",
    UNKNOWN: "no whole answer came",
}
# What changes nothing (RFC 9110, section 9.2.1) has failed where no answer came.
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class ProcessStep:
    """Commands and requests, for a conductor."""

    def __init__(self, post: Post, holding: Holding, means: Means, state_folder: Path) -> None:
        self._post = post
        self._holding = holding
        self._means = means
        self._state_folder = state_folder
        self.starting = Starting(post)

    async def perform(
        self, step: Step, step_run: StepRun, *, adopted: bool
    ) -> StepFinished | StepIndeterminate:
        """Run a step, or see one through that an earlier conductor began; return how it ended."""
        folder = claim_folder(self._state_folder, step_run)
        if adopted:
            return await self._adopt(step, step_run, folder)
        if why := await self._given_up(step_run, folder):
            return _finished(step_run, "failed", f"not run: {why}")
        if self._post.state.mode == "rehearsal" and step.rehearse is None:
            not_done = "not sent" if step.http else "not run"
            return _finished(step_run, "done", f"a rehearsal: {not_done}")
        try:
            order = await self._means.order(step, step_run, folder)
            # To find the secrets took its time.
            if why := await self._given_up(step_run, folder):
                return _finished(step_run, "failed", f"not run: {why}")
            await self.starting.start(order)
        except (NotRun, OSError) as error:
            return _finished(step_run, "failed", f"not run: {error}")
        async with noticing(folder) as noticed:
            return await self._follow(step, step_run, folder, noticed)

    async def _given_up(self, step_run: StepRun, folder: Path) -> str | None:
        """Return why a run is no longer wanted; then nobody ever carries it out."""
        why = self._unwanted(step_run)
        return why if why and await self._seized(folder, step_run, why) else None

    def _kill(self, step_run: StepRun) -> Kill | None:
        return self._post.state.step(step_run.attempt, step_run.step).kill

    def _unwanted(self, step_run: StepRun) -> str | None:
        kill = self._kill(step_run)
        if kill:
            return f"{kill.by} ended it before it began: {kill.reason}"
        rollback = self._post.state.rollback
        if step_run.attempt == CUTOVER or (
            rollback and rollback.attempt == step_run.attempt and not rollback.over
        ):
            return None
        return _GIVEN_UP

    async def _seized(self, folder: Path, step_run: StepRun, why: str) -> bool:
        """Take a claim so that no runner can; False where one has it."""
        while True:
            try:
                return await asyncio.to_thread(running.seize, folder, step_run, why)
            except OSError as error:
                say(f"step {step_run.step} cannot be claimed: {error}")
                await asyncio.sleep(_AGAIN_S)

    def end(self, step_run: StepRun) -> None:
        """Ask a running step to end, with all it started; one that has not begun never does."""
        folder = claim_folder(self._state_folder, step_run)
        try:
            if not running.seize(folder, step_run, self._unwanted(step_run) or _GIVEN_UP):
                running.end(folder)
        except OSError as error:
            say(f"step {step_run.step} could not be asked to end: {error}")

    async def _adopt(
        self, step: Step, step_run: StepRun, folder: Path
    ) -> StepFinished | StepIndeterminate:
        began = self._post.state.step(step_run.attempt, step_run.step)
        if began.host and began.host != socket.gethostname():
            why = f"it was begun on {began.host}, and cannot be seen from here"
            return _indeterminate(step_run, why, nothing_runs=False)
        if began.claims and began.claims != str(self._state_folder):
            return _indeterminate(step_run, _ELSEWHERE, nothing_runs=False)
        standing = await self._standing(folder)
        if isinstance(standing, Unclaimed) and await self._seized(folder, step_run, _NEVER_RAN):
            return self._never_ran(step_run)
        async with noticing(folder) as noticed:
            return await self._follow(step, step_run, folder, noticed)

    async def _follow(
        self, step: Step, step_run: StepRun, folder: Path, noticed: Noticing
    ) -> StepFinished | StepIndeterminate:
        """Follow a run's output until it is over."""
        loop = asyncio.get_running_loop()
        began_s, position = loop.time(), running.BEGINNING
        shown = Shown(self._holding, step_run)
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
                    return self._ended(step, step_run, result)
                case Lost(why, never_ran=True) if self._kill(step_run):
                    return _finished(step_run, "failed", f"not run: {why}")
                case Lost(why, never_ran):
                    return _indeterminate(step_run, why, nothing_runs=never_ran)
                case Unclaimed() if loop.time() - began_s > _STARTING_S:
                    self.starting.dismiss()  # it may be stuck
                    if await self._seized(folder, step_run, _NEVER_RAN):
                        return self._never_ran(step_run)
            await noticed.next_look()

    def _never_ran(self, step_run: StepRun) -> StepIndeterminate:
        """Say that no runner took a run up, and where one reads why."""
        said = said_in(self._state_folder / "conductors", step_run.launch)
        where = f"; see {said}" if said.exists() else "; see what its conductor printed"
        return _indeterminate(step_run, f"{_NEVER_RAN}{where}", nothing_runs=True)

    def _ended(
        self, step: Step, step_run: StepRun, result: StepResult
    ) -> StepFinished | StepIndeterminate:
        """Return how a run ended, by what its runner left."""
        ended = _finished_by(step_run, result)
        kill = self._kill(step_run)
        if kill and result.stopped:
            ended = replace(ended, reason=f"{kill.by} ended it: {kill.reason}")
        if step.http is None or result.not_started is not None:
            return ended
        reason = _ANSWERS.get(result.exit_status, ended.reason)
        if step.http.method in _SAFE_METHODS or result.exit_status in (HOLDS, FAILS, NOT_SENT):
            return replace(ended, reason=reason)
        return _indeterminate(step_run, f"{reason}; it may have had its effect", nothing_runs=True)

    async def _standing(self, folder: Path) -> running.Standing:
        try:
            return await asyncio.to_thread(running.standing, folder, boot_time()[0])
        except OSError as error:
            say(f"{folder}: {error}")
            return Running(0)


def _finished_by(step_run: StepRun, result: StepResult) -> StepFinished:
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
