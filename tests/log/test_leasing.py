"""Whether a lease stands: by its own boot's clock and its holder's process, never by the hour."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from launchpad.log.leasing import BEAT_S, TERM_S, Lease, standing
from launchpad.log.processes import process_alive, process_started

BEAT_NS = 50 * 10**9
TERM_NS = int(TERM_S * 10**9)
LEASE = Lease(
    "L", 1, "h", 4711, "99", "here", "ada", "this-boot", BEAT_NS, "2026-01-01T00:00:00.000Z"
)


def judged(lease: Lease = LEASE, *, after_ns: int = 0, alive: bool = True, **changes: int) -> str:
    return standing(
        lease, "this-boot", BEAT_NS + after_ns, lambda _pid, _started: alive, "here", **changes
    )


def test_a_lease_stands_for_its_term_and_not_longer() -> None:
    assert judged() == "held"
    assert judged(after_ns=TERM_NS) == "held"
    assert judged(after_ns=TERM_NS + 1) == "expired"


def test_some_beats_may_fail_within_a_term() -> None:
    assert TERM_S >= 5 * BEAT_S


def test_a_lease_whose_process_is_gone_is_dead_at_once() -> None:
    assert judged(alive=False) == "dead"


def test_the_process_is_asked_for_by_id_and_start() -> None:
    asked: list[tuple[int, str]] = []

    def alive(pid: int, started: str) -> bool:
        asked.append((pid, started))
        return True

    standing(LEASE, "this-boot", BEAT_NS, alive, "here")
    assert asked == [(4711, "99")]


def test_a_lease_of_an_earlier_boot_of_this_host_is_dead() -> None:
    """However early that boot's clock stood, and whatever runs under the same id now."""
    assert judged(replace(LEASE, boot_id="earlier-boot", mono_ns=BEAT_NS * 9)) == "dead"


def test_a_container_of_the_same_boot_is_judged_by_its_beats_alone() -> None:
    """Its processes have other ids here, or none."""
    lease = replace(LEASE, host="container")
    assert judged(lease, alive=False) == "held"
    assert judged(lease, alive=False, after_ns=TERM_NS + 1) == "expired"


def test_another_machine_is_judged_by_how_long_its_beat_has_been_seen_here() -> None:
    lease = replace(LEASE, host="elsewhere", boot_id="its-boot", mono_ns=1)
    assert judged(lease, alive=False, after_ns=TERM_NS * 9) == "held"
    assert judged(lease, alive=False, after_ns=TERM_NS, seen_ns=BEAT_NS) == "held"
    assert judged(lease, alive=False, after_ns=TERM_NS + 1, seen_ns=BEAT_NS) == "expired"


@pytest.mark.parametrize("at", ["1970-01-01T00:00:00.000Z", "2999-01-01T00:00:00.000Z", "noon"])
def test_the_hour_is_never_asked(at: str) -> None:
    assert judged(replace(LEASE, at=at)) == "held"


def test_a_process_is_known_by_its_start() -> None:
    started = process_started(os.getpid())
    assert started is not None
    assert process_alive(os.getpid(), started)
    assert not process_alive(os.getpid(), str(int(started) - 1))


def test_the_start_of_a_process_with_an_odd_name_is_read() -> None:
    script = "open('/proc/self/comm', 'w').write('a) S 1 (b'); print(); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as odd:
        assert odd.stdout is not None
        before = process_started(odd.pid)
        odd.stdout.readline()
        assert before == process_started(odd.pid)
        odd.communicate(b"\n")


def test_a_process_that_ended_is_gone_before_it_is_reaped(
    eventually: Callable[..., None],
) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as ended:
        started = process_started(ended.pid)
        assert started is not None
        ended.kill()
        eventually(lambda: process_started(ended.pid) is None)
        assert not process_alive(ended.pid, started)
    assert not process_alive(ended.pid, started)


@pytest.mark.parametrize("pid", [0, -1, 2**22 + 1, 2**80])
def test_what_is_no_process_id_is_not_alive(pid: int) -> None:
    """It was read from a log, where anybody may have written it."""
    assert not process_alive(pid, "1")


def test_another_users_process_that_proc_hides_may_be_alive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The kernel says with EPERM that it is there."""

    def refuse(_pid: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr("launchpad.log.processes.os.kill", refuse)
    assert process_alive(2**22 + 1, "1")
