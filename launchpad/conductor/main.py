"""The conductor: one detached process per launch that observes it and carries out its rollback.

It has no terminal and no operator. What it does follows from the log, and what it observes and
does goes into the log; so it can be killed at any moment, and the next one goes on.
"""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from launchpad import __version__
from launchpad.conductor.acting import Acting
from launchpad.conductor.digesting import Digesting
from launchpad.conductor.following import Following
from launchpad.conductor.holding import Holding, try_to_hold
from launchpad.conductor.means import Means, given_to
from launchpad.conductor.post import GAP_MS, Post
from launchpad.conductor.readiness import Readiness
from launchpad.conductor.saying import say
from launchpad.conductor.sheets import Sheets, WriteSheets
from launchpad.conductor.timekeeping import Timekeeping
from launchpad.conductor.triggering import Triggering
from launchpad.conductor.watch import Watch
from launchpad.launch.kinds import Home
from launchpad.launch.operations import ConductorStarted, ConductorStopped, ObservationGap
from launchpad.launch.state import ConductorSeen, LaunchState
from launchpad.log.errors import LogError
from launchpad.log.leasing import Lease
from launchpad.session.lease_watch import LeaseWatch
from launchpad.session.live import LiveLaunch

_LOOK_S = 0.25
# EX_SOFTWARE (sysexits.h), and how it is said.
_FAULT = 70
_FAULT_SAID = "a fault of the program"
_ENDED_BY = "ended by"
# EX_TEMPFAIL: whoever started it to stand by starts it again.
_TAKEN = 75
_STAND_BY_S = 0.5
_LEAVE_S = 1.5
_AGAIN_S = 5.0
# What is not digested by then is digested by the next conductor.
_DIGEST_S = 0.5


def conduct(
    live: LiveLaunch,
    state_folder: Path,
    environment: Mapping[str, str],
    write_sheets: WriteSheets,
    *,
    stand_by: bool = False,
) -> int:
    """Conduct a launch until it is closed, moved, another conductor has it, or SIGTERM.

    state_folder: this account's own, where trust is kept and steps leave their claims and results;
    environment: what variables and secrets are looked up in; write_sheets: writes the launch's
    emergency sheets; stand_by: wait while another has it.
    Returns an exit status, never 0 for one that stood by and is wanted again. Raises LogError.
    """
    # Whoever started this may have had signals blocked, and a mask is inherited.
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    # A terminal that is gone ends nothing. A handler, because what is ignored is inherited.
    signal.signal(signal.SIGHUP, lambda _number, _frame: None)
    home, watch = live.state.home, LeaseWatch(live.log, live.launch)
    said = False
    while True:
        if why := _no_longer(live.state, home):
            say(why)
            return 0
        if held := try_to_hold(live.log, live.launch, watch):
            break
        if not stand_by:
            say(f"{live.launch} has a conductor already")
            return 0
        if not said:
            say(f"{live.launch} has a conductor already; standing by")
            said = True
        time.sleep(_STAND_BY_S)
        live.catch_up()
    lease, over = held
    reason = asyncio.run(_conduct(live, lease, over, state_folder, environment, write_sheets))
    if reason.startswith(_FAULT_SAID):
        return _FAULT
    wanted = not reason.startswith(_ENDED_BY) and _no_longer(live.state, home) is None
    return _TAKEN if stand_by and wanted else 0


def _no_longer(state: LaunchState, home: Home) -> str | None:
    """Return why a launch is not to be conducted at this place any more; None while it is."""
    if state.closure:
        return f"{state.launch} is closed"
    if state.home != home:
        return f"the launch was moved to {state.home.user}@{state.home.host}"
    return None


async def _conduct(
    live: LiveLaunch,
    lease: Lease,
    over: Lease | None,
    state_folder: Path,
    environment: Mapping[str, str],
    write_sheets: WriteSheets,
) -> str:
    """Conduct, and return why it is over."""
    home = live.state.home
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
        loop.add_signal_handler(number, leave, f"{_ENDED_BY} {number.name}")
    holding.start()
    following = Following(live, lambda events: loop.call_soon_threadsafe(post.receive, events))
    following.start()
    means = Means(given_to(post.state), state_folder, environment)
    # Beside the wait for the end: a log that takes nothing must not keep this from ending.
    sheets = Sheets(post, write_sheets)
    digesting = Digesting(post, lease)
    work = asyncio.create_task(
        _work(post, holding, means, lease, over, state_folder, sheets, digesting)
    )
    work.add_done_callback(lambda done: _ended(done, leave))
    try:
        while not over_with.done():
            if why := _no_longer(post.state, home):
                leave(why)
                break
            await asyncio.wait([over_with], timeout=_LOOK_S)
        reason = over_with.result()
        say(reason)
        work.cancel()
        await asyncio.wait([work], timeout=_LEAVE_S)
        if post.state.closure is None and reason.startswith(_ENDED_BY):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_DIGEST_S):
                    await digesting.digest()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LEAVE_S):
                    await post.report(ConductorStopped(epoch=lease.epoch, reason=reason))
    finally:
        following.stop()
        work.cancel()
        with contextlib.suppress(LogError):
            await asyncio.to_thread(holding.stop)
        post.close()
    return reason


async def _work(
    post: Post,
    holding: Holding,
    means: Means,
    lease: Lease,
    over: Lease | None,
    state_folder: Path,
    sheets: Sheets,
    digesting: Digesting,
) -> None:
    """Conduct: record who does, then probe and carry out the rollback until cancelled."""
    await _take_over(post, lease, over)
    watch = Watch(post, holding, means)
    acting = Acting(post, holding, watch, means, state_folder)
    async with asyncio.TaskGroup() as group:
        group.create_task(Timekeeping(post, over).run())
        group.create_task(beside("preflight", Readiness(post, means).run))
        group.create_task(Triggering(post, watch).run())
        group.create_task(watch.run())
        group.create_task(acting.run())
        group.create_task(beside("emergency sheets", sheets.run))
        group.create_task(beside("digests", digesting.run))


async def beside(what: str, work: Callable[[], Awaitable[None]], again_s: float = _AGAIN_S) -> None:
    """Go on with what a launch can do without, again after a fault: that ends no rollback."""
    while True:
        try:
            return await work()
        except Exception as error:  # noqa: BLE001 - none of it is worth a conductor
            say(f"{what}: {_FAULT_SAID}, begun again in {again_s:g} s: {error!r}")
        await asyncio.sleep(again_s)


async def _take_over(post: Post, lease: Lease, over: Lease | None) -> None:
    """Record who conducts now, and how long nobody did."""
    started = ConductorStarted(
        epoch=lease.epoch,
        host=lease.host,
        user=lease.user,
        pid=os.getpid(),
        program=f"launchpad {__version__}",
    )
    gap_ms = _unobserved_ms(post.state.conductor, lease, over)
    unobserved = gap_ms is None or gap_ms > GAP_MS
    # Together: one that dies between the two would leave no trace of the gap to the next.
    await post.report(started, ObservationGap(gap_ms=gap_ms) if unobserved else None)


def _unobserved_ms(last: ConductorSeen | None, lease: Lease, over: Lease | None) -> int | None:
    """Return for how long nobody observed, at most; None where no clock says it.

    last: the conductor that last recorded its start. One that held the lease after it, and died
    before it recorded its own, observed nothing.
    """
    if last is None or over is None:
        return 0
    if last.epoch == over.epoch:
        same_boot = over.boot_id == lease.boot_id
        return (lease.mono_ns - over.mono_ns) // 1_000_000 if same_boot else None
    return last.since.elapsed_ms(lease.boot_id, lease.mono_ns)


def _ended(task: asyncio.Task[None], leave: Callable[[str], None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        leave(f"{_FAULT_SAID}: {error!r}")
