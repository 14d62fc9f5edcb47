"""Every way out: the exit status a script sees, and one line for the person. As real processes."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.cli.conftest import Shell


def one_line(err: str) -> bool:
    return err.startswith("launchpad: ") and err.count("\n") == 1 and "Traceback" not in err


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 30)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Path.exists, "no such file"),
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_bytes(b"\x7fELF\x02\x01\x00\xff"), "not text"),
        (sparse, "larger than 8 MiB"),
        (lambda path: path.mkdir(), "folder"),
        (os.mkfifo, "not a regular file"),
    ],
    ids=["missing", "empty", "binary", "1 GiB", "folder", "pipe"],
)
def test_what_is_no_checklist_is_refused_and_no_log_is_made(
    launchpad: Shell, make: object, said: str
) -> None:
    path = launchpad.folder / "other.md"
    assert callable(make)
    make(path)
    for words in (["check", path], ["run", path, "--no-console"]):
        done = launchpad(*words)
        assert (done.status, done.out) == (2, "")
        assert one_line(done.err)
        assert "other.md" in done.err
        assert said in done.err
    assert not launchpad.log.exists()


def newer(path: Path) -> None:
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE events (x)")
        database.execute(f"PRAGMA application_id = {0x4C504144}")
        database.execute("PRAGMA user_version = 99")
    database.close()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_text("# no log\n" * 99), "not an SQLite file"),
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.mkdir(), "folder"),
        (newer, "newer"),
    ],
    ids=["not SQLite", "empty", "folder", "newer"],
)
def test_what_is_no_log_is_exit_3_and_left_alone(launchpad: Shell, make: object, said: str) -> None:
    assert callable(make)
    make(launchpad.log)
    for words in (["status"], ["tick", "dns"], ["list"], ["export"]):
        done = launchpad(*words)
        assert (done.status, done.out) == (3, "")
        assert one_line(done.err)
        assert said in done.err


def test_a_log_that_takes_no_more_bytes_is_exit_3_and_nothing_is_shown_as_recorded(
    opened: Shell,
) -> None:
    # Room for SQLite's shared memory, but not for a note of this length.
    room = (33_000, 33_000)
    done = opened.process(
        "note",
        "\N{ROCKET}" * 9_000,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, room),
    )
    assert (done.status, done.data) == (3, b"")
    assert one_line(done.err)
    assert "not recorded" in done.err
    assert opened("status", "--format", "json").json["head"]["seq"] == 1


def test_a_password_in_the_address_is_refused_and_not_repeated(launchpad: Shell) -> None:
    for words in (["status"], ["verify"], ["list"]):
        done = launchpad("--log", "postgresql://ab:hunter2@db/launches", *words)
        assert (done.status, one_line(done.err), "hunter2" in done.err) == (2, True, False)


@pytest.mark.parametrize(
    "words",
    [
        ["stat"],
        ["tick"],
        ["tick", "a", "b"],
        ["status", "--format", "yaml"],
        ["status", "--colour"],
        ["status", "--watch", "--format", "json"],
        ["close", "--outcome", "won"],
        ["tick", "a", "--initials", "4"],
    ],
)
def test_what_cannot_be_understood_is_one_line_and_exit_2(
    launchpad: Shell, words: list[str]
) -> None:
    done = launchpad(*words)
    assert (done.status, done.out) == (2, "")
    assert one_line(done.err)


@pytest.mark.parametrize("words", [["run", "launch.md"], ["attach"]])
def test_a_console_without_a_terminal_is_exit_2_and_nothing_is_opened(
    launchpad: Shell, words: list[str]
) -> None:
    done = launchpad.process(*words)
    assert (done.status, done.data) == (2, b"")
    assert one_line(done.err)
    assert "--no-console" in done.err or "status --watch" in done.err
    assert not launchpad.log.exists()


def test_alone_without_a_terminal_it_shows_its_help(launchpad: Shell) -> None:
    done = launchpad.process()
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Usage: launchpad ")
    assert not launchpad.log.exists()


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_leaves_is_no_error(opened: Shell, unbuffered: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    for words in (["export", "--format", "jsonl"], ["status"], ["list", "--format", "json"]):
        done = subprocess.run(
            [sys.executable, "-m", "launchpad", *words],
            check=False,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=subprocess.PIPE,
            timeout=30,
        )
        assert (done.returncode, done.stderr) == (141, b"")
    os.close(writing)


@pytest.mark.parametrize(
    ("ending", "status"),
    [(">/dev/full", 2), (">&-", 141), ("2>&-", 0), (">/dev/full 2>/dev/full", 2)],
)
def test_output_that_nobody_takes_is_one_line_at_most(
    opened: Shell, ending: str, status: int
) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m launchpad status {ending}"],
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == status
    assert done.stderr == "" or one_line(done.stderr)


def test_watch_follows_as_plain_lines_and_ends_with_ctrl_c(opened: Shell) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "launchpad", "status", "--watch"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as watching:
        assert watching.stdout is not None
        # If it does not end, whichever line waits for it goes on, and fails.
        limit = threading.Timer(30, watching.kill)
        limit.start()
        assert any("opened the launch from launch.md" in line for line in watching.stdout)
        opened("tick", "dns")
        assert watching.stdout.readline().endswith("AB    ticked dns\n")
        watching.send_signal(signal.SIGINT)
        out, err = watching.communicate()
    limit.cancel()
    assert (watching.returncode, out, err) == (130, "", "")


def test_watch_ends_when_the_launch_is_closed(opened: Shell) -> None:
    opened("close", "--outcome", "scrubbed", "--confirm", "storefront")
    done = opened("status", "--watch")
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith("closed the launch as scrubbed: 4 items and 2 sign-offs left open\n")


def test_a_fault_of_the_program_is_one_line_and_its_traceback_only_on_demand(
    opened: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("launchpad.cli.status.show", fails)
    done = opened("status")
    assert (done.status, one_line(done.err)) == (70, True)
    assert "ZeroDivisionError" in done.err
    monkeypatch.setenv("LAUNCHPAD_DEBUG", "1")
    assert "Traceback" in opened("status").err


def test_a_locale_without_a_character_does_not_end_a_command(launchpad: Shell) -> None:
    launchpad.checklist.write_text("# Größe ✓\n\n- [ ] één\n")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = launchpad.process("check", "launch.md", env=environment)
    assert (done.status, done.err) == (0, "")
    assert b"\\u2713" in done.data
