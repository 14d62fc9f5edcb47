"""What a conductor makes of a rollback's steps: verified for a time, ended, only noted."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from launchpad.conductor.acting import Acting
from launchpad.conductor.holding import Holding, try_to_hold
from launchpad.conductor.means import Means, given_to
from launchpad.conductor.post import Post
from launchpad.conductor.watch import Watch
from launchpad.launch.intents import KillStep, StartRollback
from launchpad.launch.kinds import Mode
from launchpad.launch.operations import ConductorStarted
from launchpad.launch.person import Person
from launchpad.launch.step import StepState
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import participant
from tests.conductor.conftest import LIMIT_S, Conducted
from tests.steps.answering import answering

CHECKLIST = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
phases: [{id: edge, title: Edge, items: [{id: dns, text: Moved}]}]
probes:
  up: {command: {exec: [test, -e, up]}, conditions: ['[EXIT_CODE] == 0'], interval: 1s}
rollback:
  budget: 1m
  authority: any
  KILL-GRACE
  steps:
    - {id: back, title: Back, STEP}
"""


@asynccontextmanager
async def going_back(
    folder: Path, step: str, *, grace: str = "", mode: Mode = "live", verify_s: float = 30
) -> AsyncIterator[Post]:
    """Carry a rollback of one step out in this process."""
    text = CHECKLIST.replace("KILL-GRACE", grace).replace("STEP", step)
    night = Conducted(folder, text, mode=mode)
    night.trust()
    word = LiveLaunch(night.log, night.launch).state.code_word
    night.does(lambda seen: StartRollback("smoke", word, None, seen))
    held = try_to_hold(night.log, night.launch)
    assert held
    lease, lost = held[0], list[str]()
    holding = Holding(night.log, lease, lost.append)
    post = Post(LiveLaunch(night.log, night.launch), lease, lost.append)
    holding.start()
    try:
        started = ConductorStarted(
            epoch=lease.epoch, host=lease.host, user=lease.user, pid=os.getpid(), program="p"
        )
        await post.report(started)
        state_folder = folder / "state" / "launchpad"
        means = Means(given_to(post.state), state_folder, os.environ)
        watch = Watch(post, holding, means, verify_s=verify_s)
        task = asyncio.create_task(Acting(post, holding, watch, means, state_folder).run())
        yield post
        task.cancel()
        await asyncio.wait([task])
    finally:
        holding.stop()
        post.close()
        night.close()
    assert not lost


async def becomes(post: Post, status: str) -> StepState:
    async with asyncio.timeout(LIMIT_S):
        while post.state.step(1, "back").status != status:
            await post.moved(1, after=post.state.head.seq)
    return post.state.step(1, "back")


async def test_a_step_whose_probe_does_not_become_good_in_time_is_not_done(tmp_path: Path) -> None:
    step = "command: {exec: ['true']}, verify: up"
    async with going_back(tmp_path, step, verify_s=0) as post:
        failed = await becomes(post, "failed")
    assert failed.exit_status == 0
    assert failed.reason
    assert failed.reason.startswith("it ended well, but up is not good: failed: ")


async def test_a_step_that_ended_well_says_that_it_waits_for_its_probe(tmp_path: Path) -> None:
    step = "command: {shell: 'echo once >> ran'}, verify: up"
    async with going_back(tmp_path, step) as post:
        async with asyncio.timeout(LIMIT_S):
            while post.state.step(1, "back").verifying is None:
                await post.moved(1, after=post.state.head.seq)
        assert post.state.step(1, "back").verifying == "up"
        assert post.state.step(1, "back").status == "running"
        (tmp_path / "up").touch()
        done = await becomes(post, "done")
    assert done.verifying is None
    assert (tmp_path / "ran").read_text(encoding="utf-8") == "once\n"


def test_a_step_that_waits_for_its_probe_runs_once_whoever_conducts(tmp_path: Path) -> None:
    step = "command: {shell: 'echo once >> ran'}, verify: up, idempotent: true"
    night = Conducted(tmp_path, CHECKLIST.replace("KILL-GRACE", "").replace("STEP", step))
    night.trust()
    try:
        first = night.conducting()
        night.does(lambda seen: StartRollback("smoke", "harbour", None, seen))
        night.until(lambda: bool(night.events("step.ended-well")), "nobody says what it waits for")
        first.kill()
        (tmp_path / "up").touch()
        night.conducting()
        night.until(lambda: bool(night.events("step.finished")), "nobody sees it through")
        (finished,) = night.events("step.finished")
        assert (finished.body["end"], finished.body["run"]) == ("done", 1)
        assert len(night.events("step.ended-well")) == 1
    finally:
        night.close()
    assert (tmp_path / "ran").read_text(encoding="utf-8") == "once\n"


async def test_the_rollbacks_grace_is_what_a_step_without_its_own_is_given(tmp_path: Path) -> None:
    stubborn = "command: {shell: 'trap \"\" TERM; touch begun; while :; do sleep 0.05; done'}"
    async with going_back(tmp_path, stubborn, grace="kill-grace: 100ms") as post:
        async with asyncio.timeout(LIMIT_S):
            while not (tmp_path / "begun").exists():  # noqa: ASYNC110 - a process sets no event here
                await asyncio.sleep(0.01)
        live = LiveLaunch(post.log, post.launch)
        ada = participant(Person("AB"), "command", {})
        post.receive(live.submit(KillStep("back", "it hangs", live.state.head.seq), ada))
        began_s = asyncio.get_running_loop().time()
        ended = await becomes(post, "failed")
        took_s = asyncio.get_running_loop().time() - began_s
    assert ended.signal == signal.SIGKILL
    # Without it, it would have five seconds.
    assert 0.1 <= took_s < 4


async def test_a_rehearsal_sends_no_request_and_says_so(tmp_path: Path) -> None:
    with answering() as service:
        step = f"http: {{url: '{service.address}/drain', method: POST}}"
        async with going_back(tmp_path, step, mode="rehearsal") as post:
            done = await becomes(post, "done")
        assert service.received == []
    assert done.reason == "a rehearsal: not sent"
