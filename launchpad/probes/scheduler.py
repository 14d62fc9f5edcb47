"""When which probe is observed: spread out, at a fixed rate, and never twice at once."""

import asyncio
import hashlib
import heapq
import math
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from launchpad.probes.places import Places
from launchpad.probes.result import Result

# How long observations that were cancelled are waited for.
_STOP_S: Final = 0.8
# Nobody wants to wait an interval for the first results: so many probes start in a second then.
_FIRST_PER_S: Final = 200
_LATENESS_KEPT: Final = 100_000

Observe = Callable[[str], Awaitable[Result]]
OnResult = Callable[[str, Result, int], None]
HostOf = Callable[[str], Awaitable[str | None]]


class _Running:
    """An observation that is under way. began_s: None while it waits for its place."""

    def __init__(self) -> None:
        self.task: asyncio.Task[Result]
        self.began_s: float | None = None


class Scheduler:
    """Observes every entry once per interval.

    entries: from ids to intervals in seconds. observe: never raises, and ends soon when it is
    cancelled. on_result: is told every result, and when its observation started by `stamp`, in
    nanoseconds. An exception out of either ends `run`, which raises it. host_of: makes an entry
    ready to be observed, and returns the host that it is at, None for none.

    A turn that has no place yet (see `Places`) waits for one until the entry's next turn, which
    then replaces it. skipped: how many turns of each id were left out: its observation before was
    not over, it had no place, or the program was busy. late_s: how much later than they were due
    the newest starts came, in seconds.
    """

    def __init__(
        self,
        entries: Mapping[str, float],
        observe: Observe,
        on_result: OnResult,
        *,
        host_of: HostOf | None = None,
        stamp: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self.skipped: Final[Counter[str]] = Counter()
        self.late_s: Final[deque[float]] = deque(maxlen=_LATENESS_KEPT)
        self._entries = dict(entries)
        self._observe = observe
        self._on_result = on_result
        self._host_of = host_of
        self._stamp = stamp
        self._places = Places()
        self._running: dict[str, _Running] = {}
        self._due: dict[str, float] = {}
        self._stopped = False
        self._failure: BaseException | None = None
        self._failed = asyncio.Event()

    async def run(self) -> None:
        """Observe until cancelled; then end within a second, whatever hangs."""
        try:
            await self._keep_observing()
        finally:
            await self._stop()

    async def now(self, id_: str) -> Result:
        """Observe an entry at once, return the result, and tell it to on_result as well.

        One that is under way is waited for first: it may have seen what was before. Several who
        ask meanwhile share the next one. It waits for no place: a host that hangs must not delay
        what somebody waits for. Skipped with the reason "stopped" once `run` has ended.
        """
        asked_s = asyncio.get_running_loop().time()
        while (running := self._running.get(id_)) and (running.began_s or asked_s) < asked_s:
            await asyncio.wait([running.task])
        if self._stopped:
            return _STOPPED
        if running is not None and running.began_s is None:
            running.task.cancel()
            running = None
        task = (running or self._start(id_, due_s=None)).task
        await asyncio.wait([task])
        return _STOPPED if task.cancelled() else task.result()

    async def _keep_observing(self) -> None:
        loop = asyncio.get_running_loop()
        due = turns(self._entries, loop.time())
        while self._failure is None:
            due_s = due[0][0] if due else None
            if due_s is None or due_s > loop.time():
                await self._wait_until(due_s)
                continue
            _, id_, next_s = due[0]
            interval_s = self._entries[id_]
            if missed := max(0, math.floor((loop.time() - next_s) / interval_s) + 1):
                self.skipped[id_] += missed
                due_s = next_s + (missed - 1) * interval_s
                next_s += missed * interval_s
            heapq.heapreplace(due, (next_s, id_, next_s + interval_s))
            if id_ in self._running:
                self.skipped[id_] += 1
                self._due[id_] = due_s
            else:
                self._start(id_, due_s)
        raise self._failure

    async def _wait_until(self, due_s: float | None) -> None:
        try:
            async with asyncio.timeout_at(due_s):
                await self._failed.wait()
        except TimeoutError:
            return

    def _start(self, id_: str, due_s: float | None) -> _Running:
        """Start an observation. due_s: None for one that somebody asked for."""
        running = self._running[id_] = _Running()
        if due_s is None:
            running.began_s = asyncio.get_running_loop().time()
            observed = self._observed(id_, running)
        else:
            self._due[id_] = due_s
            observed = self._observed_in_turn(id_, running)
        running.task = asyncio.create_task(observed, name=f"probe {id_}")
        running.task.add_done_callback(lambda task: self._ended(id_, running, task))
        return running

    async def _observed_in_turn(self, id_: str, running: _Running) -> Result:
        host = await self._host_of(id_) if self._host_of else None
        async with self._places.of(host):
            self.late_s.append(asyncio.get_running_loop().time() - self._due[id_])
            return await self._observed(id_, running)

    async def _observed(self, id_: str, running: _Running) -> Result:
        running.began_s = asyncio.get_running_loop().time()
        started_ns = self._stamp()
        result = await self._observe(id_)
        if not self._stopped:
            self._on_result(id_, result, started_ns)
        return result

    def _ended(self, id_: str, running: _Running, task: asyncio.Task[Result]) -> None:
        if self._running.get(id_) is running:
            del self._running[id_]
        if not task.cancelled() and (error := task.exception()) is not None:
            self._failure = self._failure or error
            self._failed.set()

    async def _stop(self) -> None:
        self._stopped = True
        tasks = [running.task for running in self._running.values()]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=_STOP_S)


def phase(id_: str) -> float:
    """Return an entry's own part of every interval, from 0 to 1.

    It depends on nothing but the id: a conductor that is restarted keeps the spread.
    """
    digest = hashlib.sha256(id_.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def turns(entries: Mapping[str, float], begin_s: float) -> list[tuple[float, str, float]]:
    """Return a heap of each entry's first turn, its id, and its second turn.

    The second is at the entry's own place in the interval, half an interval or more after the
    first, and the others follow at the interval.
    """
    within_s = len(entries) / _FIRST_PER_S
    due = []
    for id_, interval_s in entries.items():
        first_s = phase(id_) * min(interval_s, within_s)
        second_s = phase(id_) * interval_s
        if second_s - first_s < interval_s / 2:
            second_s += interval_s
        due.append((begin_s + first_s, id_, begin_s + second_s))
    heapq.heapify(due)
    return due


_STOPPED: Final = Result("skipped", "stopped", "", None, {}, None, "no more is observed")
