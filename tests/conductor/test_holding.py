"""Samples on their way into the log: one transaction a beat, nothing lost silently."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from launchpad.conductor import backlog
from launchpad.conductor.holding import Holding, try_to_hold
from launchpad.log.address import open_log
from launchpad.log.errors import LogUnwritable
from launchpad.log.leasing import Lease
from launchpad.log.samples import OutputPart, Sample
from launchpad.log.sqlite import SqliteLog
from tests.log.sampling import taken


class Disk(SqliteLog):
    """A log whose disk takes nothing while a test says so."""

    full = False
    beats: list[int]

    def beat(
        self, lease: Lease, samples: Sequence[Sample] = (), outputs: Sequence[OutputPart] = ()
    ) -> bool:
        if self.full:
            raise LogUnwritable("not recorded: the disk is full")
        self.beats.append(len(samples))
        return super().beat(lease, samples, outputs)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    open_log(str(tmp_path / "log.db"), create=True).close()
    disk = Disk(str(tmp_path / "log.db"))
    disk.beats = []
    yield disk
    disk.close()


@pytest.fixture
def holding(disk: Disk) -> Holding:
    """Hold a launch without the thread: the tests beat."""
    held = try_to_hold(disk, "L")
    assert held
    return Holding(disk, held[0], lambda _why: None)


def fails_to_beat(holding: Holding) -> None:
    with pytest.raises(LogUnwritable):
        holding.beat()


def test_a_beat_brings_every_sample_that_waits_at_once(disk: Disk, holding: Holding) -> None:
    """Of 1,000 probes at 5 s there are 100 between two beats."""
    for number in range(100):
        holding.sampled(taken(f"p{number}", number))
    assert holding.beat()
    assert holding.beat()
    assert disk.beats == [100, 0]
    assert len(disk.sampled("L")) == 100


def test_a_disk_that_takes_nothing_for_a_while_loses_no_sample(
    disk: Disk, holding: Holding, capsys: pytest.CaptureFixture[str]
) -> None:
    disk.full = True
    for number in range(10):
        holding.sampled(taken("p", number))
        fails_to_beat(holding)
    disk.full = False
    holding.sampled(taken("p", 10))
    assert holding.beat()
    found = disk.samples("L", "p", 99)
    assert [each.mono_ns for each in found] == [number * 10**9 for number in range(11)]
    assert capsys.readouterr().err == ""


def test_what_is_lost_where_too_many_wait_is_the_oldest_and_is_said(
    disk: Disk,
    holding: Holding,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(backlog, "KEPT", 20)
    disk.full = True
    for number in range(30):
        holding.sampled(taken("p", number))
        if number in (10, 25):
            fails_to_beat(holding)
    said = capsys.readouterr().err
    assert said.count("more than 20 samples wait for the log: the oldest are lost") == 1
    disk.full = False
    assert holding.beat()
    assert "10 samples were lost while the log took nothing" in capsys.readouterr().err
    assert [each.mono_ns // 10**9 for each in disk.samples("L", "p", 99)] == list(range(10, 30))
    assert holding.beat()
    assert capsys.readouterr().err == ""


def test_a_backlog_is_brought_with_several_beats_and_all_of_it_at_the_end(
    disk: Disk, holding: Holding, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One beat must not take as long as the lease stands."""
    monkeypatch.setattr(backlog, "BROUGHT", 4)
    for number in range(10):
        holding.sampled(taken("p", number))
    assert holding.beat()
    holding.start()
    holding.stop()
    assert all(count <= 4 for count in disk.beats)
    found = disk.samples("L", "p", 99)
    assert all(earlier.mono_ns < later.mono_ns for earlier, later in pairwise(found))
    assert len(found) == 10
