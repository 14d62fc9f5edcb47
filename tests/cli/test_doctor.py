"""doctor: what it says about this machine and the log, and what it leaves alone."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from launchpad.cli.clock_health import KernelClock, clock_finding, kernel_clock
from launchpad.cli.finding import Finding
from launchpad.cli.sshd_settings import KeepAlive, keep_alive
from launchpad.cli.surroundings import surroundings
from launchpad.log.errors import LogUnwritable
from launchpad.log.sqlite import SqliteLog
from launchpad.session.lasting import Account
from tests.cli.conductor import conducting
from tests.cli.conftest import Shell


def around(environment: dict[str, str], root: Path = Path("/nowhere")) -> dict[str, Finding]:
    """Return what is found around an account of a machine whose files lie below root."""
    account = Account("deploy", root / "home/deploy/.config/systemd/user", root)
    return {each.subject: each for each in surroundings(environment, account)}


def written(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


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
    finding = around(environment)["connection"]
    assert (finding.level, said in finding.found) == (level, True)


def test_a_multiplexer_that_is_not_installed_is_to_be(tmp_path: Path) -> None:
    environment = {"SSH_CONNECTION": "a b c d", "PATH": str(tmp_path)}
    assert "install tmux" in around(environment)["connection"].advice
    written(tmp_path, "screen", "").chmod(0o755)
    assert around(environment)["connection"].advice.endswith("start it inside screen")


@pytest.mark.parametrize(
    ("configuration", "settings"),
    [
        ("", KeepAlive(0, 3, tcp=True)),
        ("ClientAliveInterval 1m30s\nClientAliveCountMax=4\n", KeepAlive(90, 4, tcp=True)),
        ("clientaliveinterval 15\nClientAliveInterval 30\n", KeepAlive(15, 3, tcp=True)),
        ("TCPKeepAlive no\n# ClientAliveInterval 9\n", KeepAlive(0, 3, tcp=False)),
        ("Match User ci\nClientAliveInterval 15\n", KeepAlive(0, 3, tcp=True)),
        ("ClientAliveInterval soon\n", KeepAlive(0, 3, tcp=True)),
        ("Include sshd_config.d/*.conf\nClientAliveInterval 9\n", KeepAlive(20, 3, tcp=True)),
        ("ClientAliveInterval 9\nInclude sshd_config.d/*.conf\n", KeepAlive(9, 3, tcp=True)),
    ],
)
def test_the_first_setting_of_sshd_is_the_one_that_holds(
    tmp_path: Path, configuration: str, settings: KeepAlive
) -> None:
    written(tmp_path, "etc/ssh/sshd_config", configuration)
    written(tmp_path, "etc/ssh/sshd_config.d/20-b.conf", "ClientAliveInterval 50\n")
    written(tmp_path, "etc/ssh/sshd_config.d/10-a.conf", "ClientAliveInterval 20\nMatch all\n")
    assert keep_alive(tmp_path) == settings


def test_a_connection_that_nobody_keeps_alive_is_a_warning(tmp_path: Path) -> None:
    inside = {"SSH_CONNECTION": "a b c d"}
    assert "keep-alive" not in around({}, tmp_path)
    unreadable = around(inside, tmp_path)["keep-alive"]
    assert (unreadable.level, "cannot be read" in unreadable.found) == ("warn", True)
    configuration = written(tmp_path, "etc/ssh/sshd_config", "TCPKeepAlive no\n")
    silent = around(inside, tmp_path)["keep-alive"]
    assert (silent.level, "ServerAliveInterval 15" in silent.advice) == ("warn", True)
    assert "(ClientAliveInterval 0, TCPKeepAlive no)" in silent.found
    configuration.write_text("ClientAliveInterval 15\n")
    assert around(inside, tmp_path)["keep-alive"] == Finding(
        "ok",
        "keep-alive",
        "sshd asks after 15s of silence, and ends a connection after 3 without an answer",
    )


def test_a_logout_that_ends_a_conductor_is_a_warning(tmp_path: Path) -> None:
    assert around({}, tmp_path)["logout"].found.startswith("no systemd here")
    (tmp_path / "run/systemd/system").mkdir(parents=True)
    assert around({}, tmp_path)["logout"].level == "ok"
    written(tmp_path, "etc/systemd/logind.conf", "[Login]\nKillUserProcesses=yes\n")
    finding = around({}, tmp_path)["logout"]
    assert (finding.level, "KillUserProcesses=yes" in finding.found) == ("warn", True)
    assert finding.advice.endswith("--install-unit` and `loginctl enable-linger deploy`")
    written(tmp_path, "var/lib/systemd/linger/deploy", "")
    assert around({}, tmp_path)["logout"].advice.endswith("--install-unit`")


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
    assert level in ("ok", "warn")  # a warning where a logout ends it
    assert said.startswith(f"{launch} by {conductor.lease.user}@{conductor.lease.host}, heard ")


def test_a_launch_that_needs_no_conductor_is_not_asked_for_one(opened: Shell) -> None:
    assert "conductor" not in found(opened)


def test_a_kernel_that_cannot_end_processes_for_sure_is_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def processes() -> tuple[str, str]:
        finding = around({})["processes"]
        return finding.level, finding.found

    assert processes() == ("ok", "pidfd, child subreaper and /proc are there")
    monkeypatch.delattr(os, "pidfd_open")
    monkeypatch.setattr("launchpad.cli.surroundings.process_started", lambda _pid: None)
    assert processes() == ("warn", "without signals by pidfd, /proc")


@pytest.mark.parametrize(
    ("clock", "level", "said"),
    [
        (KernelClock(True, 250, 3), "ok", "synchronised to within 250 ms, by estimate 3 ms"),
        (KernelClock(False, 16_000, 16_000), "warn", "not synchronised"),
        (None, "warn", "nobody here says whether it is synchronised"),
    ],
)
def test_a_clock_that_may_be_wrong_is_a_warning(
    clock: KernelClock | None, level: str, said: str
) -> None:
    finding = clock_finding(clock)
    assert (finding.level, finding.found) == (level, said)


def test_the_kernel_says_how_far_its_clock_is_wrong() -> None:
    clock = kernel_clock()
    assert clock is None or 0 <= clock.error_ms <= 16_000


def test_git_that_is_not_there_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert around({})["git"].level == "warn"


def test_the_agent_that_a_checklist_needs_is_looked_at(acting: Shell) -> None:
    document = acting("doctor", "--checklist", acting.acting, "--format", "json").json
    (agent,) = (each for each in document["findings"] if each["subject"] == "ssh agent")
    assert (agent["level"], agent["found"]) == ("ok", "no command of the checklist asks for one")
    text = acting.acting.read_text().replace("[echo, back]", "[ssh, edge, switch]")
    acting.acting.write_text(text)
    document = acting("doctor", "--checklist", acting.acting, "--format", "json").json
    (agent,) = (each for each in document["findings"] if each["subject"] == "ssh agent")
    assert (agent["level"], agent["found"].startswith("rollback/dns: ")) == ("warn", True)
