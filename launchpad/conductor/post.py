"""The conductor's post: the launch as it knows it, and the one way in which it records facts."""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from launchpad.conductor.saying import say
from launchpad.launch.event import Event
from launchpad.launch.intents import ReportFact
from launchpad.launch.moment import moment_at
from launchpad.launch.operations import ObservationGap, Report
from launchpad.launch.person import Person
from launchpad.launch.refused import Refused
from launchpad.launch.state import LaunchState
from launchpad.log.boottime import boot_time
from launchpad.log.errors import LeaseLost, LogError
from launchpad.log.leasing import Lease
from launchpad.log.store import Log
from launchpad.session.clock import now
from launchpad.session.live import LiveLaunch, submit
from launchpad.session.participant import Participant, participant

# A longer time without a conductor is one in which the world may have changed unseen. Restarting
# one takes about the lease's term.
GAP_MS: Final = 10_000
_RETRY_S = 0.5


class Post:
    """A launch and the lease it is conducted under. Belongs to one event loop.

    Facts are recorded one after the other, on one thread, so that a slow disk delays no probe.
    """

    def __init__(self, live: LiveLaunch, lease: Lease, leave: Callable[[str], None]) -> None:
        """leave: called with the reason when this conductor may record no more."""
        self._live = live
        self._lease = lease
        self._leave = leave
        self._by: Participant = participant(Person(""), "conductor", {})
        self._moved = asyncio.Event()
        self._hand = ThreadPoolExecutor(max_workers=1, thread_name_prefix="post")
        self._awake_ns = boot_time()[1]
        self._unobserved_ms = 0

    @property
    def state(self) -> LaunchState:
        """The launch as this conductor knows it."""
        return self._live.state

    @property
    def launch(self) -> str:
        """The launch's id."""
        return self._live.launch

    @property
    def log(self) -> Log:
        """The log that the launch is in."""
        return self._live.log

    @property
    def epoch(self) -> int:
        """The epoch of the lease."""
        return self._lease.epoch

    def receive(self, events: Iterable[Event]) -> None:
        """Take in what others recorded."""
        if self._live.receive(events):
            # Each who waits is woken, and nobody has to clear it for the others.
            self._moved.set()
            self._moved = asyncio.Event()

    async def moved(self, within_s: float, after: int | None = None) -> None:
        """Wait until the launch moves, at most so long.

        after: the seq of the state that was looked at; what came since then is not waited for.
        """
        await self._tell_gap()
        if after is not None and self.state.head.seq > after:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self._moved.wait()

    async def report(self, fact: Report, gap: ObservationGap | None = None) -> bool:
        """Record a fact durably; False where the rules say that it is none (any more).

        gap: see `ReportFact`.
        A log that takes nothing is tried again and again: a fact is not lost while this lives.
        """
        await self._tell_gap()
        return await self._record(fact, gap)

    async def _tell_gap(self) -> None:
        """Record for how long this process stood still, before anything else is.

        It was frozen, or suspended with its machine, and nobody took the launch over: what it
        wakes up to is not what it knew.
        """
        self._notice()
        unobserved_ms, self._unobserved_ms = self._unobserved_ms, 0
        if unobserved_ms:
            await self._record(ObservationGap(gap_ms=unobserved_ms))

    def _notice(self) -> None:
        before_ns, self._awake_ns = self._awake_ns, boot_time()[1]
        still_ms = (self._awake_ns - before_ns) // 1_000_000
        if still_ms > GAP_MS:
            self._unobserved_ms = max(self._unobserved_ms, still_ms)

    async def _record(self, fact: Report, gap: ObservationGap | None = None) -> bool:
        while True:
            try:
                events = await asyncio.get_running_loop().run_in_executor(
                    self._hand, self._submit, fact, gap
                )
            except Refused as refused:
                say(f"not recorded: {type(fact).__name__}: {refused}")
                return False
            except LeaseLost as error:
                self._leave(str(error))
                return False
            except LogError as error:
                say(f"not recorded yet: {type(fact).__name__}: {error}")
                await asyncio.sleep(_RETRY_S)
                self._notice()
            else:
                self.receive(events)
                return True

    def _submit(self, fact: Report, gap: ObservationGap | None) -> list[Event]:
        live, intent = self._live, ReportFact(fact, self.epoch, moment_at(now()), gap)
        return submit(live.log, live.launch, live.state, intent, self._by, under=self._lease)

    def close(self) -> None:
        """Let the writing thread go."""
        self._hand.shutdown(wait=False)
