"""The demo: the whole story without a terminal, in the console, and from another terminal."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from launchpad.launch.event import Event
from launchpad.log.address import open_log
from launchpad.log.verify import verify_log
from tests.e2e import processes
from tests.e2e.terminal import Terminal

STORY_S = 60.0
LIMIT_S = 20.0

# The demo, with steps that do something else than they should.
INSTEAD = """\
import sys
from launchpad.cli.demo import stage, story
story._STEPS_S = 4.0
stage.switch_script = lambda: sys.argv[1]
from launchpad.cli.app import run
sys.exit(run(sys.argv[2:]))
"""


@dataclass
class Home:
    """An account that has never seen Launchpad."""

    folder: Path
    environment: Mapping[str, str]
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.folder / "launch.db"

    def starts(self, *words: str, program: tuple[str, ...] = ("-m", "launchpad")) -> Path:
        """Start a command; return the file that it writes into."""
        out = self.folder / f"out-{len(self.started)}"
        with out.open("wb") as file:
            command = [sys.executable, *program, *words]
            self.started.append(
                subprocess.Popen(
                    command,
                    cwd=self.folder,
                    env=dict(self.environment),
                    stdin=subprocess.DEVNULL,
                    stdout=file,
                    stderr=file,
                )
            )
        return out

    def does(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "launchpad", *words],
            capture_output=True,
            check=False,
            cwd=self.folder,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=STORY_S,
        )

    def shows(self) -> Terminal:
        """Open the demo in a terminal, which asks who is there."""
        command = [sys.executable, "-m", "launchpad", "demo"]
        terminal = Terminal(
            command, dict(self.environment), columns=120, rows=40, folder=self.folder
        )
        terminal.sees("Who are you?", within=LIMIT_S)
        return terminal

    @property
    def left(self) -> list[tuple[int, str]]:
        """What still runs of anything that was started here."""
        return list(processes.naming(self.folder))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LAUNCHPAD_", "SSH_", "TMUX", "STY", "SHOP_", "COLUMNS", "LINES"))
    }
    home = Home(
        tmp_path,
        {
            **kept,
            "XDG_STATE_HOME": str(tmp_path / "own"),
            "TMPDIR": str(tmp_path),
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
        },
    )
    yield home
    for process in home.started:
        process.kill()
        process.wait()
    for pid, _ in home.left:
        processes.kill(pid)


def becomes(condition: Callable[[], bool], otherwise: Callable[[], str]) -> None:
    gives_up_s = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < gives_up_s, otherwise()
        time.sleep(0.05)


def test_the_whole_story_happens_within_a_minute_and_leaves_nothing_behind(home: Home) -> None:
    began_s = time.monotonic()
    told = home.does("demo", "--headless", "--log", home.log.name)
    assert time.monotonic() - began_s < STORY_S
    assert told.returncode == 0, told.stderr
    assert "every part of it happened" in told.stderr
    kinds = [event.kind for event in opened_events(home.log)]
    order = [kind for kind in kinds if not kind.startswith(("probe", "conductor", "seat"))]
    assert order[0] == "launch.opened"
    assert [kind for kind in order if kind.startswith(("demo", "rollback", "launch.c"))] == [
        "demo.switched",
        "rollback.proposed",
        "rollback.started",
        "rollback.completed",
        "launch.closed",
    ]
    assert order.count("step.finished") == 4
    assert all(verdict.intact for verdict in verify_log(home.log))
    # The log is what it prints: a line for each event, in order.
    seqs = [int(line.split()[0]) for line in told.stdout.splitlines()]
    assert seqs == list(range(1, len(kinds) + 1))
    assert home.left == []
    assert list(home.folder.glob("launchpad-demo-*")) == []
    assert not (home.folder / "own").exists()


def opened_events(path: Path) -> list[Event]:
    log = open_log(str(path), create=False)
    try:
        (opening,) = log.launches()
        return list(log.events(opening.first.launch))
    finally:
        log.close()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("#!/bin/sh\necho 0 migrations pending\n", "traffic done, jobs done, settle running"),
        ("#!/bin/sh\necho 0 migrations pending\n[ $2 = status ]\n", "traffic failed (exit status"),
    ],
    ids=["says that it mends and does not", "fails"],
)
def test_a_part_that_does_not_happen_is_named_and_still_nothing_is_left(
    home: Home, script: str, told: str
) -> None:
    arguments = ("demo", "--headless", "--log", str(home.log))
    out = home.starts(script, *arguments, program=("-c", INSTEAD))
    status = home.started[0].wait(STORY_S)
    said = out.read_text(encoding="utf-8")
    assert status == 1, said
    assert "this did not happen: its steps run and mend the service" in said
    assert told in said
    assert home.left == []


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=str
)
def test_whoever_ends_it_in_the_middle_leaves_nothing_running(
    home: Home, number: signal.Signals, status: int
) -> None:
    out = home.starts("demo", "--headless", "--log", str(home.log))
    becomes(lambda: "traffic |" in out.read_text(encoding="utf-8"), out.read_text)
    home.started[0].send_signal(number)
    assert home.started[0].wait(LIMIT_S) == status
    assert home.left == []


def test_without_a_terminal_it_says_how_to_see_it(home: Home) -> None:
    told = home.does("demo")
    assert told.returncode == 2
    assert "launchpad demo --headless" in told.stderr
    assert home.left == []


def test_where_no_demo_is_open_there_is_nothing_to_break(home: Home) -> None:
    for word in ("break", "mend", "stop"):
        told = home.does("demo", word)
        assert told.returncode == 2
        assert "no demo is open" in told.stderr


@pytest.fixture
def console(home: Home) -> Iterator[Terminal]:
    """Open the demo in a terminal, as somebody who says who they are and nothing else."""
    terminal = home.shows()
    try:
        terminal.type("XY")
        terminal.press("enter")
        terminal.sees("This is a demo", within=LIMIT_S)
        yield terminal
    finally:
        terminal.close()


def test_a_newcomer_breaks_it_from_another_terminal_sees_it_and_mends_it(
    home: Home, console: Terminal
) -> None:
    log = next(home.folder.glob("launchpad-demo-*")) / "log.db"
    becomes(lambda: "probe.changed" in kinds(log), console.__str__)
    assert home.does("demo", "break").returncode == 0
    becomes(lambda: failed(log), console.__str__)
    assert home.does("demo", "mend").returncode == 0
    becomes(lambda: not failed(log), console.__str__)


def kinds(path: Path) -> list[str]:
    return [event.kind for event in opened_events(path)]


def failed(path: Path) -> bool:
    changes = [e for e in opened_events(path) if e.kind == "probe.changed"]
    health = [e.body["state"] for e in changes if e.body["probe"] == "health"]
    return bool(health) and health[-1] == "failed"


def test_who_leaves_is_told_what_goes_on_and_can_end_it(home: Home, console: Terminal) -> None:
    console.press("q")
    assert console.wait_exit() == 0
    console.sees("launchpad demo stop")
    assert len(home.left) >= 2
    told = home.does("demo", "stop")
    assert told.returncode == 0, told.stderr
    assert re.search(r"is closed; its log stays in \S+/log.db", told.stderr)
    becomes(lambda: home.left == [], lambda: str(home.left))


def test_who_leaves_before_they_said_who_they_are_leaves_nothing(home: Home) -> None:
    terminal = home.shows()
    try:
        terminal.press("escape")
        assert terminal.wait_exit() == 0
    finally:
        terminal.close()
    becomes(lambda: home.left == [], lambda: str(home.left))
    assert list(home.folder.glob("launchpad-demo-*")) == []
