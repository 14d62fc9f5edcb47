"""doctor: what it says about this machine and the log, and what it leaves alone."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from launchpad.cli.surroundings import surroundings
from launchpad.log.errors import LogUnwritable
from launchpad.log.sqlite import SqliteLog
from tests.cli.conductor import conducting
from tests.cli.conftest import Shell


def found(shell: Shell, *words: object) -> dict[str, tuple[str, str]]:
    document = shell(*words, "doctor", "--format", "json").json
    return {each["subject"]: (each["level"], each["found"]) for each in document["findings"]}


def test_every_line_says_how_it_stands(opened: Shell) -> None:
    done = opened("doctor")
    assert done.status == 0
    assert {line.split()[0] for line in done.out.splitlines()} <= {"ok", "warn"}


def test_the_log_is_named_with_the_reason_and_a_commit_is_tried(opened: Shell) -> None:
    before = opened("status", "--format", "json").json["head"]
    lines = found(opened)
    assert lines["log"] == ("ok", f"{opened.log} (the environment's LAUNCHPAD_LOG)")
    assert lines["opens"] == ("ok", "launches: 1, open: 1")
    assert lines["commits"][0] == "ok"
    assert lines["commits"][1].startswith("journal_mode=wal, synchronous=FULL, ")
    assert opened("status", "--format", "json").json["head"] == before


def test_a_log_that_is_not_there_yet_is_no_failure_and_is_not_made(launchpad: Shell) -> None:
    assert found(launchpad)["opens"] == ("ok", "not there yet; the first launch makes it")
    assert not launchpad.log.exists()


def test_a_log_that_does_not_open_fails(launchpad: Shell) -> None:
    launchpad.log.write_text("not a log\n" * 99)
    done = launchpad("doctor")
    assert done.status == 1
    assert any(line.startswith("fail  opens ") for line in done.out.splitlines())


def test_an_address_that_is_no_path_fails(launchpad: Shell) -> None:
    level, said = found(launchpad, "--log", "postgresql://db/launches")["opens"]
    assert (level, "SQLite" in said) == ("fail", True)


def test_a_log_that_cannot_be_written_fails(opened: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def unwritable(*_: object) -> None:
        raise LogUnwritable("it is read-only here")

    monkeypatch.setattr(SqliteLog, "take_seat", unwritable)
    assert found(opened)["commits"] == ("fail", "it is read-only here")
    assert opened("doctor").status == 1


def test_no_seat_is_left_behind(opened: Shell) -> None:
    assert opened("doctor").status == 0
    with closing(sqlite3.connect(opened.log)) as database:
        assert database.execute("SELECT count(*) FROM seats").fetchone() == (0,)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_fails(launchpad: Shell) -> None:
    folder = launchpad.folder / "closed"
    folder.mkdir(mode=0o500)
    assert found(launchpad, "--log", folder / "l.db")["opens"][0] == "fail"


@pytest.mark.parametrize(
    ("environment", "level", "said"),
    [
        ({}, "ok", "not over SSH"),
        ({"SSH_CONNECTION": "a b c d"}, "warn", "plain SSH"),
        ({"SSH_CONNECTION": "a b c d", "TMUX": "x"}, "ok", "inside tmux"),
        ({"STY": "x"}, "ok", "inside screen"),
    ],
)
def test_a_console_that_dies_with_the_connection_is_a_warning(
    environment: dict[str, str], level: str, said: str
) -> None:
    (finding,) = (each for each in surroundings(environment) if each.subject == "connection")
    assert (finding.level, said in finding.found) == (level, True)


def test_a_launch_that_needs_a_conductor_and_has_none_is_a_warning(acting: Shell) -> None:
    launch = acting("status", "--format", "json").json["launch"]
    (finding,) = (
        each
        for each in acting("doctor", "--format", "json").json["findings"]
        if each["subject"] == "conductor"
    )
    assert (finding["level"], finding["found"]) == ("warn", f"none alive for {launch}")
    assert finding["advice"] == f"here: launchpad conductor --log {acting.log} --launch {launch}"
    with conducting(acting.log) as conductor:
        level, said = found(acting)["conductor"]
    assert level == "ok"
    assert said.startswith(f"{launch} by {conductor.lease.user}@{conductor.lease.host}, heard ")


def test_a_launch_that_needs_no_conductor_is_not_asked_for_one(opened: Shell) -> None:
    assert "conductor" not in found(opened)


def test_a_kernel_that_cannot_end_processes_for_sure_is_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def processes() -> tuple[str, str]:
        (finding,) = (each for each in surroundings({}) if each.subject == "processes")
        return finding.level, finding.found

    assert processes() == ("ok", "pidfd, child subreaper and /proc are there")
    monkeypatch.delattr(os, "pidfd_open")
    monkeypatch.setattr("launchpad.cli.surroundings.process_started", lambda _pid: None)
    assert processes() == ("warn", "without signals by pidfd, /proc")


@pytest.mark.parametrize(("synchronised", "level"), [(True, "ok"), (False, "warn"), (None, "warn")])
def test_a_clock_that_may_be_wrong_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, synchronised: bool | None, level: str
) -> None:
    monkeypatch.setattr("launchpad.cli.surroundings.clock_synchronised", lambda: synchronised)
    assert {each.subject: each.level for each in surroundings({})}["clock"] == level


def test_git_that_is_not_there_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert {each.subject: each.level for each in surroundings({})}["git"] == "warn"
