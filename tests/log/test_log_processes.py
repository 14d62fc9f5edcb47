"""Writers that are killed, stopped or frozen: nothing acknowledged is lost, nobody is kept."""

import contextlib
import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from launchpad.launch.event import NO_EVENTS, Draft, Event, Head
from launchpad.log import scribe
from launchpad.log.dictation import Dictation, ScribeLost
from launchpad.log.errors import LogUnwritable
from launchpad.log.sqlite import SqliteLog
from launchpad.log.verify import verify_log

pytestmark = pytest.mark.thorough

MakeDraft = Callable[..., Draft]
StartWriter = Callable[..., Any]
Eventually = Callable[..., None]

HERD = Path(__file__).with_name("herd.py")
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 5000, "recursive_triggers": 1}
# What the house promises, so here a time is asserted.
PROMISED_S = 1.0


def scribes_of(path: Path) -> list[int]:
    """Return the process ids of every scribe of a log."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            command = (entry / "cmdline").read_bytes().split(b"\0")
            if str(path).encode() in command and command[3].endswith(b"scribe.py"):
                found.append(int(entry.name))
    return found


def check_after_kills(path: Path, tmp_path: Path, kills: int, seconds: float) -> None:
    acknowledged = tmp_path / "acknowledged"
    done = subprocess.run(
        [sys.executable, HERD, path, "4", str(kills), str(seconds), acknowledged],
        check=True,
        capture_output=True,
        timeout=seconds + 60,
    )
    assert int(done.stdout) > min(kills, 20) - 1
    log = SqliteLog(str(path))
    counted = Counter(event.uid for event in log.events("L"))
    log.close()
    assert set(acknowledged.read_text().split()) <= set(counted)
    assert set(counted.values()) == {1}
    assert [(verdict.launch, verdict.intact) for verdict in verify_log(path)] == [("L", True)]


def test_killed_writers_lose_nothing_acknowledged_and_double_nothing(
    log: SqliteLog, path: Path, tmp_path: Path, eventually: Eventually
) -> None:
    check_after_kills(path, tmp_path, kills=200, seconds=20)
    eventually(lambda: not scribes_of(path))


@pytest.mark.soak
def test_thousands_of_killed_writers_lose_nothing(
    log: SqliteLog, path: Path, tmp_path: Path
) -> None:
    count = os.environ.get("LAUNCHPAD_SOAK")
    if not count:
        pytest.skip("LAUNCHPAD_SOAK does not say how many to kill")
    check_after_kills(path, tmp_path, kills=int(count), seconds=int(count))


def test_a_killed_scribe_is_replaced_and_nothing_lost_or_doubled(
    log: SqliteLog, path: Path, draft: MakeDraft, eventually: Eventually
) -> None:
    """Killed between request and answer, too: at random moments of a stream of appends."""
    rng = random.Random(4711)
    over = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        while not over.wait(rng.uniform(0, 0.2)):
            pid = log.scribe_pid
            if pid is not None and pid not in killed:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

    killer = threading.Thread(target=kill)
    killer.start()
    head, appended = NO_EVENTS, []
    deadline = time.monotonic() + 30
    try:
        while len(killed) < 40 and time.monotonic() < deadline:
            made = draft("L")
            (event,) = log.append("L", head, lambda _new, made=made: [made])  # type: ignore[misc]  # the default is what binds it
            appended.append(event)
            head = Head(event.seq, event.hash)
    finally:
        over.set()
        killer.join()
    assert len(killed) >= 40
    assert list(log.events("L")) == appended
    assert verify_log(log)[0].intact


def test_an_event_whose_answer_was_lost_is_not_decided_again(
    log: SqliteLog, path: Path, draft: MakeDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deciding again would see the own event and refuse; what others added later comes later."""
    ask, lost, decided = Dictation.ask, [True], []
    made = draft("L")

    def ask_and_lose(dictation: Dictation, request: dict[str, Any]) -> dict[str, Any]:
        answer = ask(dictation, request)
        if lost and lost.pop():
            other.append("L", other.head("L"), lambda _new: [draft("L")])
            raise ScribeLost("on purpose")
        return answer

    def decide(new: Sequence[Event]) -> list[Draft]:
        decided.append(new)
        return [made]

    with closing(SqliteLog(str(path))) as other:
        monkeypatch.setattr(Dictation, "ask", ask_and_lose)
        events = log.append("L", NO_EVENTS, decide)
    assert [event.uid for event in events] == [made.uid]
    assert decided == [[]]
    assert log.head("L").seq == 2


def test_half_a_request_of_a_client_that_died_is_no_request(path: Path, log: SqliteLog) -> None:
    argv = [sys.executable, "-I", "-S", scribe.__file__, str(path)]
    done = subprocess.run(argv, input=b'{"do": "leave_', check=True, capture_output=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_a_scribe_that_dies_each_time_ends_in_a_clear_word(
    log: SqliteLog, draft: MakeDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launchpad.log.scribe.__file__", os.devnull)
    with pytest.raises(LogUnwritable, match="not recorded: the process that writes was ended"):
        log.append("L", NO_EVENTS, lambda _new: [draft("L")])
    assert log.head("L") == NO_EVENTS


def longest_append(log: SqliteLog, draft: MakeDraft, disturb: Callable[[int], None]) -> float:
    """Append thirty times with the other writer stopped at random moments; the longest in s."""
    rng = random.Random(4711)
    longest = 0.0
    for _ in range(30):
        time.sleep(rng.uniform(0, 0.02))  # the moment is what is random
        disturb(signal.SIGSTOP)
        for _ in range(2):
            start = time.monotonic()
            log.append("L", log.head("L"), lambda _new: [draft("L")])
            longest = max(longest, time.monotonic() - start)
        disturb(signal.SIGCONT)
    return longest


def test_a_writer_stopped_in_a_tight_loop_keeps_nobody_waiting(
    log: SqliteLog, path: Path, draft: MakeDraft, start_writer: StartWriter
) -> None:
    writer = start_writer(path, "L", "loop")
    drain(writer)
    assert longest_append(log, draft, lambda sign: os.kill(writer.pid, sign)) < PROMISED_S


def test_a_stopped_process_group_keeps_nobody_waiting(
    log: SqliteLog, path: Path, draft: MakeDraft, start_writer: StartWriter
) -> None:
    """As Ctrl-Z does it: every process of the job is stopped at once."""
    writers = [start_writer(path, launch, "loop") for launch in ("L", "M")]
    for writer in writers:
        drain(writer)

    def disturb(sign: int) -> None:
        for writer in writers:
            os.killpg(writer.pid, sign)

    assert longest_append(log, draft, disturb) < PROMISED_S


def drain(writer: Any) -> None:
    """Read what a writer says, so that its pipe never fills."""
    threading.Thread(target=writer.process.stdout.read, daemon=True).start()


def test_the_scribe_is_out_of_reach_of_the_terminal(log: SqliteLog, draft: MakeDraft) -> None:
    """Its own session, no blocked signal inherited, and Ctrl-C ignored."""
    blocked = {signal.SIGHUP, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, blocked)
    try:
        log.append("L", NO_EVENTS, lambda _new: [draft("L")])
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, blocked)
    pid = log.scribe_pid
    assert pid is not None
    assert os.getsid(pid) == pid
    status = Path(f"/proc/{pid}/status").read_text()
    masks = dict(line.split(":\t") for line in status.splitlines() if line.startswith("Sig"))
    assert int(masks["SigBlk"], 16) == 0
    assert int(masks["SigIgn"], 16) & 1 << signal.SIGINT - 1


def test_the_scribe_writes_durably_and_makes_sure_of_it(
    log: SqliteLog, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite ignores a pragma that it cannot grant, so each is read back and a lie refused."""
    request = {"do": "leave_seat", "file": scribe.identity(str(path)), "seat": "nobody"}
    honest = scribe.Scribe(str(path))
    assert honest.answer(request) == {"done": True}
    assert honest._db is not None
    granted = {name: honest._db.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    honest.close()
    assert granted == PRAGMAS
    monkeypatch.setitem(scribe._PRAGMAS, "busy_timeout", -1)
    answer = scribe.Scribe(str(path)).answer(request)
    assert answer["failed"] == "busy_timeout is 0, not -1"


def test_the_scribe_ends_with_its_client(
    path: Path, log: SqliteLog, start_writer: StartWriter, eventually: Eventually
) -> None:
    writer = start_writer(path)
    assert scribes_of(path) == [writer.scribe_pid]
    os.kill(writer.pid, signal.SIGKILL)
    eventually(lambda: not scribes_of(path))


def test_an_interrupted_append_does_not_mix_up_the_answers(
    log: SqliteLog, draft: MakeDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while waiting for the scribe: the event may be there, the next one is by itself."""
    first = log.append("L", NO_EVENTS, lambda _new: [draft("L")])

    def interrupt(*_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("launchpad.log.dictation.os.read", interrupt)
        with pytest.raises(KeyboardInterrupt):
            log.append("L", log.head("L"), lambda _new: [draft("L", uid="interrupted")])
    made = draft("L")
    assert log.append("L", log.head("L"), lambda _new: [made])[-1].uid == made.uid
    uids = [event.uid for event in log.events("L")]
    assert uids in ([first[0].uid, made.uid], [first[0].uid, "interrupted", made.uid])


def test_a_follower_sees_an_event_of_another_process_soon(
    log: SqliteLog, path: Path, start_writer: StartWriter, record_property: Callable[..., None]
) -> None:
    writer = start_writer(path)
    while log.wait(0):
        pass
    delays: list[float] = []
    for _ in range(25):
        seen: list[Event] = []
        written: list[tuple[str, int, float]] = []
        thread = threading.Thread(target=lambda written=written: written.append(writer.append()))
        thread.start()
        while not seen and log.wait(10):
            seen = log.last("L", 1)[: log.head("L").seq - len(delays)]
        at = time.monotonic()
        thread.join()
        assert [event.uid for event in seen] == [written[0][0]]
        delays.append(at - written[0][2])
    record_property("median_s", statistics.median(delays))
    assert statistics.median(delays) < 1
