"""The demo's stage: a folder of its own with all that its launch needs, and the service in it.

The checklist lies there as it is delivered, beside the script that its steps run and the settings
that a probe reads. Trust, claims and results are kept there, too, and never in the account's own
state folder.
"""

import os
import secrets
import select
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from launchpad.checklist.load import load
from launchpad.cli.configuration import VARIABLE, state_folder
from launchpad.cli.demo.service import TOKEN
from launchpad.cli.searching import found
from launchpad.cli.variables import values
from launchpad.launch.intents import SetT0
from launchpad.launch.moment import shifted
from launchpad.launch.rollback_rules import DEMO_DOCUMENT
from launchpad.log.store import Log
from launchpad.process.interpreter import bare_python
from launchpad.session.clock import now
from launchpad.session.live import LiveLaunch
from launchpad.session.opening import open_launch
from launchpad.session.participant import Participant, os_user
from launchpad.steps.trust import trust

_COUNTED_MS: Final = 10 * 60 * 1_000
_LISTENS_WITHIN_S: Final = 10.0
_ENDS_WITHIN_S: Final = 2.0
_SETTINGS: Final = "PAYMENT_URL=https://payments.example.com/v2\n"


class NotStarted(Exception):
    """The stand-in service could not be started. The message says why."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a demo plays. folder: absolute, its links followed; token: what the shop asks for."""

    folder: Path
    token: str

    @property
    def document(self) -> Path:
        """The checklist."""
        return self.folder / DEMO_DOCUMENT

    @property
    def surroundings(self) -> Mapping[str, str]:
        """The environment variables that make a process, and all it starts, part of this demo."""
        return {"XDG_STATE_HOME": str(self.folder / "state"), TOKEN: self.token}

    def address(self, flag: str | None) -> str:
        """Return the log: what --log or the environment says, else one of the demo's own."""
        return flag or os.environ.get(VARIABLE) or str(self.folder / "log.db")

    def open(self, log: Log, base_url: str, by: Participant) -> str:
        """Open the launch, its commands trusted and its clock running, and return its id.

        Within these surroundings. Raises LogError, Distrusted.
        """
        document = load(self.document)
        given = values(document, [f"base-url={base_url}"], found)
        source, checklist = document.source, document.checklist
        trust(state_folder(), source, checklist, self.folder, os_user())
        opened = open_launch(
            log, document, self.document, by, accept_ticked=False, mode="live", vars=given
        )
        live, at = LiveLaunch(log, opened.launch), now()
        t0 = SetT0(shifted(at.at, _COUNTED_MS), "UTC", _COUNTED_MS, None, live.state.head.seq)
        live.submit(t0, by)
        return opened.launch


def set_up() -> Stage:
    """Make the folder of a demo, for this account alone. Raises OSError."""
    folder = Path(tempfile.mkdtemp(prefix="launchpad-demo-")).resolve()
    (folder / "state").mkdir(mode=0o700)
    document = files(__package__).joinpath(DEMO_DOCUMENT).read_bytes()
    _write(folder / DEMO_DOCUMENT, document, 0o600)
    _write(folder / "shop.env", _SETTINGS.encode(), 0o600)
    _write(folder / "switch", switch_script().encode(), 0o700)
    return Stage(folder, secrets.token_hex(16))


def switch_script() -> str:
    """Return the script that the launch's steps run: this interpreter, wherever it lies."""
    return f'#!/bin/sh\nexec {shlex.join(bare_python("launchpad.cli.demo.switch"))} "$@"\n'


class StandIn:
    """The stand-in service, as whoever started it sees it."""

    def __init__(self, stage: Stage, address: str) -> None:
        """Start it, detached from this terminal. address: of the log. Raises NotStarted, OSError.

        It ends by itself if this process ends before it was told a launch.
        """
        with (stage.folder / "service.log").open("ab") as says:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "launchpad.cli.demo.service", address],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=says,
                cwd="/",
                env={**os.environ, TOKEN: stage.token},
                start_new_session=True,
            )
        port = self._port()
        if port is None:
            self.end()
            raise NotStarted(f"the stand-in service does not start; see {says.name}")
        self.base_url = f"http://127.0.0.1:{port}"

    def play(self, launch: str) -> None:
        """Tell it the launch that it follows from now on."""
        self._close_stdin(f"{launch}\n".encode())

    def ended(self, within_s: float) -> bool:
        """Say whether it has ended, or does within so many seconds."""
        try:
            self._process.wait(within_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self) -> None:
        """End it now."""
        self._close_stdin(b"")
        self._process.terminate()
        if not self.ended(_ENDS_WITHIN_S):
            self._process.kill()
            self._process.wait()

    def _close_stdin(self, last: bytes) -> None:
        if self._process.stdin and not self._process.stdin.closed:
            with suppress(BrokenPipeError), self._process.stdin as stdin:
                stdin.write(last)

    def _port(self) -> int | None:
        stdout = self._process.stdout
        if stdout is None:
            return None
        with stdout:
            listens, _, _ = select.select([stdout], [], [], _LISTENS_WITHIN_S)
            said = stdout.readline().strip() if listens else b""
        return int(said) if said.isdigit() else None


def _write(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
