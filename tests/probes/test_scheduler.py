import asyncio
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpad.probes.places import MOST, MOST_OF_A_HOST
from launchpad.probes.result import Result
from launchpad.probes.scheduler import Scheduler, turns

OK = Result("success", "ok", "", 0, {}, None, "")
LIMIT_S = 10.0


class Observing:
    """Observations whose length a test decides, and the results that were told."""

    def __init__(self, *, takes_s: float = 0.0) -> None:
        self.takes_s = takes_s
        self.at_once: Counter[str] = Counter()
        self.most_at_once = 0
        self.starts: dict[str, list[int]] = {}
        self.told: Counter[str] = Counter()
        self.changed = asyncio.Event()

    async def observe(self, id_: str) -> Result:
        self.at_once[id_] += 1
        self.most_at_once = max(self.most_at_once, self.at_once[id_])
        self.changed.set()
        try:
            await asyncio.sleep(self.takes_s)
        finally:
            self.at_once[id_] -= 1
        return OK

    def on_result(self, id_: str, result: Result, started_ns: int) -> None:
        assert result is OK
        self.starts.setdefault(id_, []).append(started_ns)
        self.told[id_] += 1
        self.changed.set()

    async def until_told(self, id_: str, count: int) -> None:
        async with asyncio.timeout(LIMIT_S):
            while self.told[id_] < count:
                self.changed.clear()
                await self.changed.wait()


async def ended(task: asyncio.Task[None]) -> float:
    """Cancel a task and return how long it took to end, in seconds."""
    began = time.monotonic()
    task.cancel()
    await asyncio.wait([task])
    return time.monotonic() - began


@given(st.sets(st.text(), min_size=1, max_size=40), st.floats(0.1, 600))
def test_every_entry_has_its_own_place_in_the_interval_whoever_is_beside_it(
    ids: set[str], interval_s: float
) -> None:
    """The second turn is there, half an interval or more after the first, which comes soon."""
    entries = dict.fromkeys(ids, interval_s)
    for first_s, id_, second_s in turns(entries, 100.0):
        ((_, _, alone_s),) = turns({id_: interval_s}, 100.0)
        assert 100 <= first_s < 100 + min(interval_s, len(ids) / 200)
        assert second_s - first_s >= interval_s / 2 - 1e-6
        late_s = (second_s - alone_s) / interval_s
        assert late_s == pytest.approx(round(late_s), abs=1e-6)


def test_a_thousand_probes_are_spread_over_their_interval() -> None:
    """In no twentieth of the interval there are twice as many starts as there should be."""
    entries = {f"probe-{number}": 5.0 for number in range(1000)}
    for place in (0, 2):
        twentieths = Counter(int(turn[place] % 5.0 * 4) for turn in turns(entries, 0.0))
        assert len(twentieths) == 20
        assert max(twentieths.values()) < 100


async def test_the_rate_does_not_drift() -> None:
    """Observations that take half of the interval do not lengthen it."""
    observing = Observing(takes_s=0.05)
    scheduler = Scheduler({"a": 0.1}, observing.observe, observing.on_result)
    began_ns = time.monotonic_ns()
    task = asyncio.create_task(scheduler.run())
    await observing.until_told("a", 12)
    await ended(task)
    ((_, _, second_s),) = turns({"a": 0.1}, 0.0)
    due_ms = second_s * 1000 + (10 + scheduler.skipped["a"]) * 100
    late_ms = (observing.starts["a"][11] - began_ns) / 1e6 - due_ms
    assert -1 <= late_ms < 100


async def test_two_observations_of_one_probe_never_overlap_and_late_ones_are_counted() -> None:
    observing = Observing(takes_s=0.1)
    scheduler = Scheduler({"slow": 0.03}, observing.observe, observing.on_result)
    task = asyncio.create_task(scheduler.run())
    await observing.until_told("slow", 3)
    await ended(task)
    assert observing.most_at_once == 1
    assert scheduler.skipped["slow"] >= 6


async def test_a_program_that_was_busy_leaves_out_what_it_missed() -> None:
    observing = Observing()
    scheduler = Scheduler({"a": 0.02}, observing.observe, observing.on_result)
    task = asyncio.create_task(scheduler.run())
    await observing.until_told("a", 1)
    time.sleep(0.2)  # noqa: ASYNC251 - the event loop stands still
    told = observing.told["a"]
    await observing.until_told("a", told + 1)
    await ended(task)
    assert scheduler.skipped["a"] >= 8
    assert observing.told["a"] < 8


async def test_a_probe_that_hangs_does_not_delay_others() -> None:
    observing = Observing()

    async def observe(id_: str) -> Result:
        if id_ == "hangs":
            await asyncio.Event().wait()
        return await observing.observe(id_)

    entries = {"hangs": 0.02, "works": 0.02}
    task = asyncio.create_task(Scheduler(entries, observe, observing.on_result).run())
    await observing.until_told("works", 5)
    assert await ended(task) < 1.0
    assert observing.told["hangs"] == 0


async def test_it_ends_within_a_second_though_an_observation_will_not_end() -> None:
    release = asyncio.Event()

    async def stubborn(_id: str) -> Result:
        while not release.is_set():
            try:
                await release.wait()
            except asyncio.CancelledError:
                continue
        return OK

    told: list[str] = []
    scheduler = Scheduler({"a": 9.0}, stubborn, lambda id_, _result, _started: told.append(id_))
    task = asyncio.create_task(scheduler.run())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert await ended(task) < 1.0
    release.set()
    assert (await scheduler.now("a")).reason == "stopped"
    assert told == []


async def test_an_immediate_observation_is_told_as_well() -> None:
    observing = Observing()
    scheduler = Scheduler({"a": 1000.0, "b": 1000.0}, observing.observe, observing.on_result)
    task = asyncio.create_task(scheduler.run())
    assert await scheduler.now("b") is OK
    assert observing.told["b"] == 1
    await ended(task)


async def test_an_immediate_observation_starts_after_it_was_asked_for_and_is_shared() -> None:
    observing = Observing(takes_s=0.1)
    scheduler = Scheduler({"a": 1000.0}, observing.observe, observing.on_result)
    task = asyncio.create_task(scheduler.run())
    async with asyncio.timeout(LIMIT_S):
        await observing.changed.wait()
    asked_ns = time.monotonic_ns()
    assert await asyncio.gather(*(scheduler.now("a") for _ in range(3))) == [OK, OK, OK]
    assert observing.told["a"] == 2
    assert observing.starts["a"][1] > asked_ns
    assert observing.most_at_once == 1
    await ended(task)


async def test_who_waits_when_it_ends_is_told_so() -> None:
    observing = Observing(takes_s=1000.0)
    scheduler = Scheduler({"a": 1000.0}, observing.observe, observing.on_result)
    task = asyncio.create_task(scheduler.run())
    waiting = asyncio.create_task(scheduler.now("a"))
    async with asyncio.timeout(LIMIT_S):
        await observing.changed.wait()
        assert await ended(task) < 1.0
        assert (await waiting).state == "skipped"
        assert (await scheduler.now("a")).reason == "stopped"


async def test_a_listener_that_fails_ends_it_with_its_exception() -> None:
    def failing(_id: str, _result: Result, _started_ns: int) -> None:
        raise OSError("the log is gone")

    observing = Observing()
    scheduler = Scheduler({"a": 0.01, "b": 1000.0}, observing.observe, failing)
    with pytest.raises(OSError, match="the log is gone"):
        async with asyncio.timeout(LIMIT_S):
            await scheduler.run()


class Hanging(Observing):
    """Those at the host "hangs" are under way until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.under_way: set[str] = set()
        self.let_go = asyncio.Event()

    async def host_of(self, id_: str) -> str | None:
        return id_.partition("-")[0]

    async def observe(self, id_: str) -> Result:
        if id_.startswith("hangs"):
            self.under_way.add(id_)
            self.changed.set()
            await self.let_go.wait()
        return await super().observe(id_)

    async def until_under_way(self, count: int) -> None:
        async with asyncio.timeout(LIMIT_S):
            while len(self.under_way) < count:
                self.changed.clear()
                await self.changed.wait()


async def test_one_host_is_asked_by_eight_at_once_and_the_others_never_wait_for_it() -> None:
    observing = Hanging()
    entries = {f"hangs-{number}": 0.05 for number in range(MOST + 40)} | {"works-1": 0.05}
    scheduler = Scheduler(
        entries, observing.observe, observing.on_result, host_of=observing.host_of
    )
    task = asyncio.create_task(scheduler.run())
    await observing.until_told("works-1", 20)
    assert len(observing.under_way) == MOST_OF_A_HOST
    assert max(scheduler.late_s) < 1.0
    assert await ended(task) < 1.0


async def test_no_more_are_observed_at_once_than_there_are_places() -> None:
    observing = Hanging()

    async def own_host(id_: str) -> str | None:
        return None if id_.endswith("0") else id_

    entries = {f"hangs-{number}": 0.2 for number in range(MOST + 40)}
    scheduler = Scheduler(entries, observing.observe, observing.on_result, host_of=own_host)
    task = asyncio.create_task(scheduler.run())
    await observing.until_under_way(MOST)
    while not all(scheduler.skipped[id_] for id_ in entries):  # each had a turn  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    assert len(observing.under_way) == MOST
    observing.let_go.set()
    await observing.until_under_way(MOST + 40)
    await ended(task)


async def test_a_turn_that_waits_for_a_place_is_replaced_by_the_next_not_queued() -> None:
    """So nothing starts later than its interval, however long there was no place."""
    observing = Hanging()
    entries = {f"hangs-{number}": 0.1 for number in range(MOST_OF_A_HOST + 1)}
    scheduler = Scheduler(
        entries, observing.observe, observing.on_result, host_of=observing.host_of
    )
    task = asyncio.create_task(scheduler.run())
    await observing.until_under_way(MOST_OF_A_HOST)
    (waits,) = set(entries) - observing.under_way
    async with asyncio.timeout(LIMIT_S):
        while scheduler.skipped[waits] < 4:  # noqa: ASYNC110 - nothing tells when
            await asyncio.sleep(0.01)
    scheduler.late_s.clear()
    observing.let_go.set()
    await observing.until_told(waits, 1)
    assert scheduler.late_s[0] < 0.15
    await ended(task)


async def test_what_somebody_asks_for_waits_for_no_place() -> None:
    """Also where its turn waits for one already: that turn is then made at once."""
    observing = Hanging()
    entries = {f"hangs-{number}": 1000.0 for number in range(MOST_OF_A_HOST + 1)}
    scheduler = Scheduler(
        entries, observing.observe, observing.on_result, host_of=observing.host_of
    )
    task = asyncio.create_task(scheduler.run())
    await observing.until_under_way(MOST_OF_A_HOST)
    (waits,) = set(entries) - observing.under_way
    asked = asyncio.create_task(scheduler.now(waits))
    await observing.until_under_way(MOST_OF_A_HOST + 1)
    observing.let_go.set()
    assert await asked is OK
    assert observing.told[waits] == 1
    await ended(task)


async def test_without_entries_it_waits() -> None:
    observing = Observing()
    task = asyncio.create_task(Scheduler({}, observing.observe, observing.on_result).run())
    await asyncio.sleep(0)
    assert not task.done()
    await ended(task)
