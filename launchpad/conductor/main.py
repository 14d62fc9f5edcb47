"""The conductor: one detached process per launch that observes it and carries out its rollback.

It has no terminal and no operator. What it does follows from the log, and what it observes and
does goes into the log; so it can be killed at any moment, and the next one goes on.
"""

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path

from launchpad import __version__
from launchpad.conductor.following import Following
from launchpad.conductor.going_back import GoingBack
from launchpad.conductor.holding import Holding, try_to_hold
from launchpad.conductor.means import Means
from launchpad.conductor.post import Post
from launchpad.conductor.saying import say
from launchpad.conductor.watch import Watch
from launchpad.launch.operations import ConductorStarted, ConductorStopped, ObservationGap
from launchpad.log.errors import LogError
from launchpad.log.leasing import Lease
from launchpad.log.store import Log
from launchpad.session.live import LiveLaunch

# A longer time without a conductor is one in which the world may have changed unseen. Restarting
# one takes about the lease's term.
GAP_MS = 10_000
_LOOK_S = 0.25
_LEAVE_S = 1.5


def conduct(log: Log, launch: str, state_folder: Path, environment: Mapping[str, str]) -> int:
    """Conduct a launch until it is closed, another conductor has it, or SIGTERM; an exit status.

    state_folder: this account's own, where trust is kept and steps leave their claims and results;
    environment: what variables and secrets are looked up in. Raises LogError.
    """
    # Whoever started this may have had signals blocked, and a mask is inherited.
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    live = LiveLaunch(log, launch)
    if live.state.closure:
        say(f"{launch} is closed")
        return 0
    held = try_to_hold(log, launch)
    if held is None:
        say(f"{launch} has a conductor already")
        return 0
    lease, over = held
    return asyncio.run(_conduct(live, lease, over, state_folder, environment))


async def _conduct(
    live: LiveLaunch,
    lease: Lease,
    over: Lease | None,
    state_folder: Path,
    environment: Mapping[str, str],
) -> int:
    loop = asyncio.get_running_loop()
    over_with: asyncio.Future[str] = loop.create_future()

    def leave(reason: str) -> None:
        if not over_with.done():
            over_with.set_result(reason)

    def lost(reason: str) -> None:
        loop.call_soon_threadsafe(leave, reason)

    holding = Holding(live.log, lease, lost)
    post = Post(live, lease, leave)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, leave, f"ended by {number.name}")
    holding.start()
    following = Following(live, lambda events: loop.call_soon_threadsafe(post.receive, events))
    following.start()
    tasks: list[asyncio.Task[None]] = []
    try:
        await _take_over(post, lease, over)
        means = Means(post.state, state_folder, environment)
        watch = Watch(post, holding, means)
        going_back = GoingBack(post, holding, watch, means, state_folder)
        for run in (watch.run, going_back.run):
            task = asyncio.create_task(run())
            task.add_done_callback(lambda done: _ended(done, leave))
            tasks.append(task)
        while not over_with.done() and post.state.closure is None:
            await asyncio.wait([over_with], timeout=_LOOK_S)
        reason = over_with.result() if over_with.done() else "the launch is closed"
        say(reason)
        if post.state.closure is None and reason.startswith("ended by"):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LEAVE_S):
                    await post.report(ConductorStopped(epoch=lease.epoch, reason=reason))
    finally:
        following.stop()
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=_LEAVE_S) if tasks else None
        with contextlib.suppress(LogError):
            await asyncio.to_thread(holding.stop)
        post.close()
    return 0


async def _take_over(post: Post, lease: Lease, over: Lease | None) -> None:
    """Record who conducts now, and how long nobody did."""
    started = ConductorStarted(
        epoch=lease.epoch,
        host=lease.host,
        user=lease.user,
        pid=os.getpid(),
        program=f"launchpad {__version__}",
    )
    await post.report(started)
    if over is None:
        return
    same_boot = over.boot_id == lease.boot_id
    gap_ms = (lease.mono_ns - over.mono_ns) // 1_000_000 if same_boot else None
    if gap_ms is None or gap_ms > GAP_MS:
        await post.report(ObservationGap(gap_ms=gap_ms))


def _ended(task: asyncio.Task[None], leave: Callable[[str], None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        leave(f"a fault of the program: {error!r}")
