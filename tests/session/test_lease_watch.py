"""A lease of another machine: held until it was watched for as long as its term."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from launchpad.conductor.holding import try_to_hold
from launchpad.log.address import open_log
from launchpad.log.leasing import TERM_S, Lease
from launchpad.log.store import Log
from launchpad.session.lease_watch import LeaseWatch

LAUNCH = "a-launch"
SECOND = 10**9
LEASE = Lease(
    launch=LAUNCH,
    epoch=1,
    holder="a-holder",
    pid=7,
    started="9",
    host="bastion1",
    user="deploy",
    boot_id="another-boot",
    mono_ns=5 * SECOND,
    at="2026-01-01T00:00:00.000Z",
)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    log = open_log(str(tmp_path / "log.db"), create=True)
    yield log
    log.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return this machine's clock, which a test sets, in nanoseconds."""
    now = [1000 * SECOND]
    monkeypatch.setattr("launchpad.session.lease_watch.boot_time", lambda: ("this-boot", now[0]))
    return now


def test_without_a_lease_there_is_nobody(log: Log) -> None:
    assert LeaseWatch(log, LAUNCH).look() == (None, "dead")


def test_the_term_of_another_machines_beat_begins_when_it_is_seen(
    log: Log, clock: list[int]
) -> None:
    assert log.take_lease(LEASE, None)
    watch = LeaseWatch(log, LAUNCH)
    assert watch.look() == (LEASE, "held")
    clock[0] += int(TERM_S * SECOND)
    assert watch.look() == (LEASE, "held")
    assert LeaseWatch(log, LAUNCH).look()[1] == "held"  # seen for the first time
    clock[0] += 1
    assert watch.look() == (LEASE, "expired")


def test_each_beat_begins_another_term(log: Log, clock: list[int]) -> None:
    assert log.take_lease(LEASE, None)
    watch = LeaseWatch(log, LAUNCH)
    for beat in range(1, 4):
        assert watch.look()[1] == "held"
        clock[0] += int(TERM_S * SECOND) - 1
        assert log.beat(replace(LEASE, mono_ns=LEASE.mono_ns + beat))
    assert watch.look()[1] == "held"
    clock[0] += int(TERM_S * SECOND) + 1
    assert watch.look()[1] == "expired"


def test_what_beat_meanwhile_is_not_taken_over(log: Log, clock: list[int]) -> None:
    assert log.take_lease(LEASE, None)
    watch = LeaseWatch(log, LAUNCH)
    assert try_to_hold(log, LAUNCH, watch) is None
    clock[0] += int(TERM_S * SECOND) + 1
    assert log.beat(replace(LEASE, mono_ns=LEASE.mono_ns + 1))
    assert try_to_hold(log, LAUNCH, watch) is None
    clock[0] += int(TERM_S * SECOND) + 1
    held = try_to_hold(log, LAUNCH, watch)
    assert held is not None
    assert (held[0].epoch, held[1]) == (2, replace(LEASE, mono_ns=LEASE.mono_ns + 1))
    assert not log.beat(replace(LEASE, mono_ns=LEASE.mono_ns + 2))
