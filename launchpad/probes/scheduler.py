"""When which probe is observed: spread out, at a fixed rate, and never twice at once."""

import asyncio
import heapq
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, NamedTuple

from launchpad.probes.result import Result

# How long observations that were cancelled are waited for.
_STOP_S: Final = 0.8

Observe = Callable[[str], Awaitable[Result]]
OnResult = Callable[[str, Result, int], None]


class _Running(NamedTuple):
    task: asyncio.Task[Result]
    started_s: float


class Scheduler:
    """Observes every entry once per interval.

    entries: from ids to intervals in seconds. observe: never raises, and ends soon when it is
    cancelled. on_result: is told every result, and when its observation started by `stamp`, in
    nanoseconds. An exception out of either ends `run`, which raises it. skipped: how many starts
    of each id were left out, because its observation before was not over or the program was busy.
    """

    def __init__(
        self,
        entries: Mapping[str, float],
        observe: Observe,
        on_result: OnResult,
        *,
        stamp: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self.skipped: Final[Counter[str]] = Counter()
        self._entries = dict(entries)
        self._observe = observe
        self._on_result = on_result
        self._stamp = stamp
        self._running: dict[str, _Running] = {}
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
        ask meanwhile share the next one. Skipped with the reason "stopped" once `run` has ended.
        """
        asked_s = asyncio.get_running_loop().time()
        while (running := self._running.get(id_)) and running.started_s < asked_s:
            await asyncio.wait([running.task])
        if self._stopped:
            return _STOPPED
        task = (running or self._start(id_)).task
        await asyncio.wait([task])
        return _STOPPED if task.cancelled() else task.result()

    async def _keep_observing(self) -> None:
        loop = asyncio.get_running_loop()
        due = _spread(self._entries, loop.time())
        while self._failure is None:
            due_s = due[0][0] if due else None
            if due_s is None or due_s > loop.time():
                await self._wait_until(due_s)
                continue
            _, id_ = due[0]
            interval_s = self._entries[id_]
            missed = int((loop.time() - due_s) / interval_s)
            heapq.heapreplace(due, (due_s + (missed + 1) * interval_s, id_))
            self.skipped[id_] += missed
            if id_ in self._running:
                self.skipped[id_] += 1
            else:
                self._start(id_)
        raise self._failure

    async def _wait_until(self, due_s: float | None) -> None:
        try:
            async with asyncio.timeout_at(due_s):
                await self._failed.wait()
        except TimeoutError:
            return

    def _start(self, id_: str) -> _Running:
        started_s = asyncio.get_running_loop().time()
        task = asyncio.create_task(self._observed(id_), name=f"probe {id_}")
        running = self._running[id_] = _Running(task, started_s)
        task.add_done_callback(lambda task: self._ended(id_, task))
        return running

    async def _observed(self, id_: str) -> Result:
        started_ns = self._stamp()
        result = await self._observe(id_)
        if not self._stopped:
            self._on_result(id_, result, started_ns)
        return result

    def _ended(self, id_: str, task: asyncio.Task[Result]) -> None:
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


def _spread(entries: Mapping[str, float], begin_s: float) -> list[tuple[float, str]]:
    """Return a heap of when each entry is first due: those of one interval evenly over it."""
    count, seen = Counter(entries.values()), Counter[float]()
    due = []
    for id_, interval_s in entries.items():
        due.append((begin_s + interval_s * seen[interval_s] / count[interval_s], id_))
        seen[interval_s] += 1
    heapq.heapify(due)
    return due


_STOPPED: Final = Result("skipped", "stopped", "", None, {}, None, "no more is observed")
