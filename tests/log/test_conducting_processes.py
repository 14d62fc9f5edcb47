"""Conductors that race, freeze or are killed: one of them at a time, and nothing by halves."""

import os
import random
import resource
import signal
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from launchpad.launch.event import NO_EVENTS, Draft
from launchpad.log.boottime import boot_time
from launchpad.log.dictation import Dictation, ScribeLost
from launchpad.log.errors import LogUnwritable
from launchpad.log.leasing import Lease, standing
from launchpad.log.processes import process_alive
from launchpad.log.samples import OutputPart
from launchpad.log.sqlite import SqliteLog
from tests.log.holder import make_lease, renewed, sample
from tests.log.namespace import PREPARE, in_namespace

MakeDraft = Callable[..., Draft]
StartHolder = Callable[..., Any]
Eventually = Callable[..., None]


def judged(log: SqliteLog) -> str:
    """Judge the lease of L as another process of this host does."""
    lease = log.lease("L")
    assert lease is not None
    return standing(lease, *boot_time(), process_alive, socket.gethostname())


def taken(log: SqliteLog) -> Lease:
    lease = make_lease("L", over := log.lease("L"))
    assert log.take_lease(lease, over)
    return lease


def test_of_processes_that_race_for_a_lease_exactly_one_gets_it(
    log: SqliteLog, path: Path, start_holder: StartHolder
) -> None:
    holders = [start_holder(path), start_holder(path)]
    won = []
    for epoch in range(60):
        assert {holder.ask("look") for holder in holders} == {str(epoch)}
        for holder in holders:
            holder.tell("take")
        answers = [holder.line() for holder in holders]
        assert sorted(answers) == ["False", "True"]
        lease = log.lease("L")
        assert lease is not None
        assert (lease.epoch, lease.pid) == (epoch + 1, holders[answers.index("True")].pid)
        won.append(lease.pid)
    # The first to be told does not always win, or nothing was raced for.
    assert len(set(won)) == 2


def test_a_holder_frozen_beyond_its_term_records_nothing_when_it_wakes(
    log: SqliteLog, path: Path, start_holder: StartHolder, eventually: Eventually
) -> None:
    """Frozen at the worst moment: it has decided, and has not yet asked for the recording."""
    frozen = start_holder(path)
    frozen.ask("look")
    assert frozen.ask("take") == "True"
    assert frozen.ask("append") == "1"
    frozen.tell("freeze")
    eventually(lambda: Path(f"/proc/{frozen.pid}/stat").read_text().split()[2] == "T")
    assert judged(log) == "held"
    eventually(lambda: judged(log) == "expired")
    taken(log)
    os.kill(frozen.pid, signal.SIGCONT)
    assert frozen.line() == "LeaseLost"
    assert frozen.ask("append") == "LeaseLost"
    assert frozen.ask("beat") == "0"
    assert log.head("L").seq == 1
    assert log.samples("L", "health", 9) == []


def test_a_holder_killed_between_beats_leaves_whole_beats_and_a_dead_lease(
    log: SqliteLog, path: Path, start_holder: StartHolder, eventually: Eventually
) -> None:
    rng = random.Random(4711)
    beats: list[str] = []
    for _ in range(8):
        holder = start_holder(path)
        holder.ask("look")
        assert holder.ask("take") == "True"
        holder.tell("beats")
        beats += [holder.line() for _ in range(rng.randrange(1, 20))]
        os.kill(holder.pid, signal.SIGKILL)
        beats += holder.process.stdout.read().decode().split()
        eventually(lambda: judged(log) == "dead", within_s=2)
        # Its scribe may be at one last beat that nobody was left to be told of.
        eventually(lambda: not log.wait(0.1))
        samples = [each.value for each in log.samples("L", "health", 9999)]
        assert samples[: len(beats)] == beats
        assert len(samples) <= len(beats) + 1
        beats = samples
        lease = log.lease("L")
        assert lease is not None
        assert str(lease.mono_ns) == log.outputs("L", 1, "step", 1) == samples[-1]
    assert len(set(beats)) == len(beats)


@pytest.fixture
def lose_answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Have the next answer of a scribe be lost after its work was done, and something happen."""

    def lose(then: Callable[[], object]) -> None:
        ask, waiting = Dictation.ask, [then]

        def ask_and_lose(dictation: Dictation, request: dict[str, Any]) -> dict[str, Any]:
            answer = ask(dictation, request)
            if waiting:
                waiting.pop()()
                raise ScribeLost("on purpose")
            return answer

        monkeypatch.setattr(Dictation, "ask", ask_and_lose)

    return lose


def test_a_lease_whose_answer_was_lost_is_taken(
    log: SqliteLog, lose_answers: Callable[..., None]
) -> None:
    lose_answers(lambda: None)
    lease = make_lease("L", None)
    assert log.take_lease(lease, None)
    assert log.lease("L") == lease


def test_a_beat_whose_answer_was_lost_is_not_doubled(
    log: SqliteLog, lose_answers: Callable[..., None]
) -> None:
    lease = renewed(taken(log))
    lose_answers(lambda: None)
    assert log.beat(lease, [sample(lease)])
    assert log.samples("L", "health", 9) == [sample(lease)]


def test_a_lease_lost_at_the_moment_of_a_beat_is_noticed(
    log: SqliteLog, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the holder looked for itself, and before the transaction of its beat."""
    lease = renewed(taken(log))
    ask, others = Dictation.ask, [SqliteLog(str(path))]

    def overtake_and_ask(dictation: Dictation, request: dict[str, Any]) -> dict[str, Any]:
        if others:
            with closing(others.pop()) as other:
                taken(other)
        return ask(dictation, request)

    monkeypatch.setattr(Dictation, "ask", overtake_and_ask)
    assert not log.beat(lease, [sample(lease)])
    assert log.samples("L", "health", 9) == []


def test_a_beat_that_nobody_could_answer_for_is_not_reported_as_lost(
    log: SqliteLog, lose_answers: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the same samples would be brought once more with the next beat."""
    lease = renewed(taken(log))
    lose_answers(lambda: monkeypatch.setattr("launchpad.log.scribe.__file__", os.devnull))
    log_ask = Dictation.ask

    def ask_and_end(dictation: Dictation, request: dict[str, Any]) -> dict[str, Any]:
        try:
            return log_ask(dictation, request)
        finally:
            dictation.close()

    monkeypatch.setattr(Dictation, "ask", ask_and_end)
    assert log.beat(lease, [sample(lease)])
    later = renewed(lease)
    with pytest.raises(LogUnwritable, match="not recorded"):
        log.beat(later, [sample(later)])
    assert log.lease("L") == lease
    assert log.samples("L", "health", 9) == [sample(lease)]


def test_an_event_recorded_before_the_lease_was_lost_is_not_reported_as_lost(
    log: SqliteLog, path: Path, draft: MakeDraft, lose_answers: Callable[..., None]
) -> None:
    lease = taken(log)
    made = draft("L")
    other = SqliteLog(str(path))

    def overtake() -> None:
        taken(other)
        other.close()

    lose_answers(overtake)
    (event,) = log.append("L", NO_EVENTS, lambda _new: [made], under=lease)
    assert event.uid == made.uid
    assert list(log.events("L")) == [event]


def test_what_sqlite_has_no_place_for_ends_no_scribe(log: SqliteLog) -> None:
    """It would be asked the same again by the next one, and the one after."""
    lease = taken(log)
    before = log.scribe_pid
    huge = OutputPart(2**70, "step", 1, 0, "")
    with pytest.raises(LogUnwritable, match="not recorded: Python int too large"):
        log.beat(renewed(lease), [], [huge])
    assert log.scribe_pid == before
    assert log.lease("L") == lease


def test_a_beat_beyond_a_file_size_limit_is_no_silent_success(log: SqliteLog, path: Path) -> None:
    lease = taken(log)
    log.close()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    limited = SqliteLog(str(path))
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
    try:
        later = renewed(lease)
        parts = [OutputPart(1, "step", 1, number, "x" * 10_000) for number in range(50)]
        with pytest.raises(LogUnwritable, match="not recorded"):
            limited.beat(later, [sample(later)], parts)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert limited.lease("L") == lease
    assert limited.samples("L", "health", 9) == []
    assert limited.outputs("L", 1, "step", 1) == ""
    limited.close()


def test_a_full_disk_lets_no_beat_pass_and_no_half_of_one(tmp_path: Path) -> None:
    """And once there is room again, the same lease beats on."""
    said = in_namespace(
        PREPARE
        + """
from launchpad.log.samples import OutputPart
from tests.log.holder import make_lease, renewed, sample
lease = make_lease("L", None)
print(log.take_lease(lease, None))
open(folder + "/ballast", "wb").write(bytes(60_000))
beats = 0
try:
    while True:
        later = renewed(lease)
        log.beat(later, [sample(later)], [OutputPart(1, "step", 1, beats, "x" * 3000)])
        lease, beats = later, beats + 1
except LogUnwritable as error:
    print(error)
print(log.lease("L") == lease, len(log.samples("L", "health", 999)) == beats > 5)
print(len(log.outputs("L", 1, "step", 1)) == beats * 3000)
os.unlink(folder + "/ballast")
print(log.beat(renewed(lease), [sample(lease)]))
log.close()
""",
        tmp_path,
    )
    held, message, *rest = said.splitlines()
    assert held == "True"
    assert "not recorded: database or disk is full" in message
    assert rest == ["True True", "True", "True"]
