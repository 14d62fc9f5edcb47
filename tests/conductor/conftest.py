"""A launch with a rollback, in a log of its own, and conductors of it as processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launchpad.checklist.load import Document, load
from launchpad.launch.event import Event
from launchpad.launch.intents import Intent
from launchpad.launch.kinds import Mode
from launchpad.launch.person import Person
from launchpad.log.address import open_log
from launchpad.log.store import Log
from launchpad.session.live import LiveLaunch
from launchpad.session.opening import open_launch
from launchpad.session.participant import os_user, participant
from launchpad.steps.trust import trust

LIMIT_S = 15.0
CHECKLIST = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
phases:
  - id: edge
    title: Edge
    items:
      - {id: dns, text: DNS points here}
rollback:
  budget: 1m
  authority: any
  steps:
    - {id: pause, title: Let it settle, wait: 300ms}
    - {id: tell, title: Tell everybody, manual: true}
"""


class Conducted:
    """A launch, and the conductors that were started on it. read: reads its checklist."""

    def __init__(
        self,
        folder: Path,
        text: str = CHECKLIST,
        read: Callable[[Path], Document] = load,
        mode: Mode = "live",
    ) -> None:
        self.folder = folder
        self.path = folder / "plan.yaml"
        self.path.write_text(text, encoding="utf-8")
        self.log: Log = open_log(str(folder / "log.db"), create=True)
        self.by = participant(Person("AB"), "command", {})
        self.launch = open_launch(
            self.log, read(self.path), self.path, self.by, accept_ticked=False, mode=mode
        ).launch
        self._started: list[subprocess.Popen[bytes]] = []

    def conductor(self, *, state: str = "state") -> subprocess.Popen[bytes]:
        """Start a conductor. state: the name of its state folder."""
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "launchpad", "conductor"),
                *("--log", str(self.folder / "log.db"), "--launch", self.launch),
            ],
            env={**os.environ, "XDG_STATE_HOME": str(self.folder / state)},
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self._started.append(process)
        return process

    def conducting(self, *, state: str = "state") -> subprocess.Popen[bytes]:
        """Start a conductor, and wait until it has the launch."""
        process = self.conductor(state=state)
        self.until(
            lambda: any(
                event.body["pid"] == process.pid for event in self.events("conductor.started")
            ),
            "it does not take the launch",
        )
        return process

    def trust(self, *, state: str = "state") -> None:
        """Trust the checklist, as the account whose state folder this is."""
        source = load(self.path)
        place = self.folder / state / "launchpad"
        trust(place, source.source, source.checklist, self.folder.resolve(), os_user())

    def does(self, intent: Callable[[int], Intent]) -> list[Event]:
        """Record something; intent takes the seq that was seen."""
        live = LiveLaunch(self.log, self.launch)
        return live.submit(intent(live.state.head.seq), self.by)

    def events(self, *kinds: str) -> list[Event]:
        return [event for event in self.log.events(self.launch) if event.kind in kinds]

    def until(self, condition: Callable[[], bool], otherwise: str) -> None:
        deadline = time.monotonic() + LIMIT_S
        while not condition():
            assert time.monotonic() < deadline, otherwise
            time.sleep(0.02)

    def close(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.communicate()
        self.log.close()


@pytest.fixture
def conducted(tmp_path: Path) -> Iterator[Conducted]:
    conducted = Conducted(tmp_path)
    yield conducted
    conducted.close()
