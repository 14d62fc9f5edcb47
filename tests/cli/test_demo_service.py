"""The stand-in service: real HTTP in a process of its own, which follows its launch's log."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from launchpad.cli.demo import service
from launchpad.cli.demo.ending import stagehand
from launchpad.cli.demo.stage import Stage, StandIn, set_up
from launchpad.launch.intents import CloseLaunch, SwitchDemo
from launchpad.log.address import open_log
from launchpad.session.live import LiveLaunch
from tests.e2e import processes

LIMIT_S = 5.0
MODE_S = 0.3


@dataclass
class Playing:
    """A stage with its service, and the launch that it follows."""

    stage: Stage
    service: StandIn
    live: LiveLaunch

    def asks(self, path: str) -> tuple[int, Any]:
        return asked(self.service.base_url, path)

    def switch(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the script that the launch's steps run."""
        return subprocess.run(
            [self.stage.folder / "switch", self.service.base_url, *words],
            capture_output=True,
            check=False,
            env={"SHOP_TOKEN": self.stage.token},
            text=True,
            timeout=30,
        )


def asked(base_url: str, path: str) -> tuple[int, Any]:
    connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=5)
    connection.request("GET", path)
    response = connection.getresponse()
    try:
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def becomes(condition: Callable[[], bool]) -> float:
    """Wait until a condition holds, and return the seconds that took."""
    began_s = time.monotonic()
    while not condition():
        assert time.monotonic() - began_s < LIMIT_S
        time.sleep(0.01)
    return time.monotonic() - began_s


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    stage = set_up()
    for name, value in stage.surroundings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("LAUNCHPAD_LOG", raising=False)
    return stage


@pytest.fixture
def playing(stage: Stage) -> Iterator[Playing]:
    address = stage.address(None)
    service = StandIn(stage, address)
    log = open_log(address, create=True)
    live = LiveLaunch(log, stage.open(log, service.base_url, stagehand()))
    service.play(live.launch)
    yield Playing(stage, service, live)
    service.end()
    log.close()


def test_it_listens_on_loopback_only_and_at_once(stage: Stage) -> None:
    began_s = time.monotonic()
    service = StandIn(stage, stage.address(None))
    try:
        # A tenth of a second on a machine that does nothing else.
        assert time.monotonic() - began_s < 1
        assert asked(service.base_url, "/health")[0] == 200
        port = urlsplit(service.base_url).port
        listening = f"0100007F:{port:04X} 00000000:0000 0A"
        assert listening in Path("/proc/net/tcp").read_text()
        assert f":{port:04X} 00000000" not in Path("/proc/net/tcp").read_text().replace(
            listening, ""
        )
    finally:
        service.end()


def test_it_breaks_and_mends_as_its_launchs_log_says(playing: Playing) -> None:
    playing.live.submit(SwitchDemo("failing"), stagehand())
    assert becomes(lambda: playing.asks("/health")[0] == 503) < MODE_S + 0.2
    assert playing.asks("/checkout")[0] == 500
    playing.live.submit(SwitchDemo("healthy"), stagehand())
    assert becomes(lambda: playing.asks("/health")[0] == 200) < MODE_S + 0.2


def test_what_the_rollbacks_steps_run_mends_it(playing: Playing) -> None:
    playing.live.submit(SwitchDemo("failing"), stagehand())
    becomes(lambda: playing.asks("/health")[1]["queue"] > 100)
    back = playing.switch("release", "old")
    assert back.returncode == 0, back.stderr
    assert "all traffic is on release 2026.10" in back.stdout
    assert playing.asks("/health")[1]["status"] == "ok"
    drained = playing.switch("jobs", "off")
    assert drained.returncode == 0, drained.stderr
    assert playing.asks("/health")[1]["queue"] < 100
    standing = playing.switch("status")
    assert "release 2026.10" in standing.stdout
    assert "0 migrations pending" in standing.stdout


def test_a_step_that_may_not_says_so_and_fails(playing: Playing) -> None:
    done = subprocess.run(
        [playing.stage.folder / "switch", playing.service.base_url, "release", "old"],
        capture_output=True,
        check=False,
        env={},
        text=True,
    )
    assert done.returncode == 1
    assert "/release answers 401" in done.stderr
    assert playing.asks("/health")[1]["release"] == "2026.11"


def test_it_ends_with_its_launch(playing: Playing) -> None:
    close = CloseLaunch("scrubbed", playing.live.state.code_word)
    playing.live.submit(close, stagehand())
    assert playing.service.ended(LIMIT_S)


def test_it_ends_when_its_log_is_gone_for_long(playing: Playing) -> None:
    for file in playing.stage.folder.glob("log.db*"):
        file.rename(file.with_name(f"moved-{file.name}"))
    assert playing.service.ended(10)


def test_it_ends_when_nobody_asks_it_anything_any_more(
    playing: Playing, monkeypatch: pytest.MonkeyPatch
) -> None:
    idle_s = 0.5
    monkeypatch.setattr(service, "_IDLE_S", idle_s)
    unasked = service.Service(playing.stage.token)
    try:
        began_s = time.monotonic()
        service.follow(playing.live.log.address, playing.live.launch, unasked)
        assert idle_s <= time.monotonic() - began_s < LIMIT_S
    finally:
        unasked.server_close()


def test_it_ends_when_nobody_opened_a_launch_for_it(stage: Stage) -> None:
    """Whoever started it is killed before anybody said who they are."""
    starter = (
        "import os, pathlib, signal, sys; from launchpad.cli.demo.stage import Stage, StandIn;"
        "StandIn(Stage(pathlib.Path(sys.argv[1]), '0' * 32), sys.argv[1] + '/log.db');"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    words = [sys.executable, "-c", starter, str(stage.folder)]
    assert subprocess.run(words, check=False).returncode == -signal.SIGKILL
    becomes(lambda: not list(processes.naming(stage.folder)))


def test_its_token_is_in_no_command_line_and_no_file(playing: Playing) -> None:
    playing.switch("release", "old")
    lines = [line for _, line in processes.naming(playing.stage.folder)]
    assert lines
    assert not any(playing.stage.token in line for line in lines)
    files = [path for path in playing.stage.folder.rglob("*") if path.is_file()]
    assert not [path for path in files if playing.stage.token.encode() in path.read_bytes()]


@pytest.mark.parametrize("name", ["demo.yaml", "switch", "shop.env"])
def test_nobody_else_may_write_what_it_runs(stage: Stage, name: str) -> None:
    assert (stage.folder / name).stat().st_mode & 0o077 == 0
    assert stage.folder.stat().st_mode & 0o077 == 0
    assert os.access(stage.folder / "switch", os.X_OK)
