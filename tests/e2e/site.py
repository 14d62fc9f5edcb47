"""A launch site: a folder with a log, its documents, and the terminals that were opened on it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from launchpad.checklist.load import load
from launchpad.launch.event import Event
from launchpad.launch.person import Person
from launchpad.log.address import open_log
from launchpad.log.sqlite import SqliteLog
from launchpad.session.live import LiveLaunch
from launchpad.session.opening import open_launch
from launchpad.session.participant import participant
from tests.e2e import processes
from tests.e2e.terminal import Terminal

DOCUMENT = """\
# Harbour cutover checklist

## Database

- [ ] **Pooler**: answers on port 6543
- [ ] **Migrations**: applied
- [ ] **Backup**: restored once

**Sign-off**: Initial ____ Date ____

## Edge

- [ ] **Certificate**: valid for 30 days
- [ ] **Cache**: purged
"""

_ENDING_S = 15.0


def steps(count: int) -> str:
    """Return a checklist of one phase with items "Step 000" and on, of ids step-000 and on."""
    items = "".join(f"- [ ] **Step {number:03}**: done\n" for number in range(count))
    return f"# Harbour cutover checklist\n\n## Steps\n\n{items}"


class Site:
    """Where a test's consoles and commands work. Nothing of it outlives the test.

    folder: everything is in it, the log too; columns and rows: of terminals that say nothing else.
    """

    def __init__(self, folder: Path, *, columns: int = 80, rows: int = 24) -> None:
        self.folder = folder
        self.log = folder / "log.db"
        self.columns = columns
        self.rows = rows
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "XDG_STATE_HOME": str(folder / "state"),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
        }
        self._terminals: list[Terminal] = []

    def document(self, text: str = DOCUMENT, name: str = "plan.md") -> Path:
        """Write a checklist and return its path."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    # Commands

    def launchpad(
        self, *arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a command without a terminal, to its end, and return what it wrote."""
        return subprocess.run(
            self.command(*arguments),
            capture_output=True,
            check=False,
            cwd=self.folder,
            env={**self.environment, **(environment or {})},
            input=stdin,
            timeout=30,
        )

    def opened(self, document: Path) -> str:
        """Open a launch of a document without a console, and return its id."""
        by = participant(Person("ZZ"), "command", {})
        log = open_log(str(self.log), create=True)
        try:
            return open_launch(
                log, load(document), document, by, accept_ticked=False, mode="live"
            ).launch
        finally:
            log.close()

    # Terminals

    def terminal(
        self,
        *arguments: str,
        columns: int | None = None,
        rows: int | None = None,
        environment: Mapping[str, str] | None = None,
        through: Callable[[Sequence[str]], Sequence[str]] = list,
    ) -> Terminal:
        """Start `launchpad` with these arguments on a terminal of its own.

        through: makes of its command one that runs it behind something: a connection, a tmux.
        """
        terminal = Terminal(
            through(self.command(*arguments)),
            {**self.environment, **(environment or {})},
            columns=columns or self.columns,
            rows=rows or self.rows,
            folder=self.folder,
        )
        self._terminals.append(terminal)
        return terminal

    def shell(self, script: str) -> Terminal:
        """Start a shell on a terminal of its own; "$@" is `launchpad` with this site's log."""
        terminal = Terminal(
            ["sh", "-c", script, "sh", *self.command()],
            self.environment,
            columns=self.columns,
            rows=self.rows,
            folder=self.folder,
        )
        self._terminals.append(terminal)
        return terminal

    def attach(
        self,
        launch: str,
        initials: str = "AB",
        *,
        columns: int | None = None,
        rows: int | None = None,
        environment: Mapping[str, str] | None = None,
        through: Callable[[Sequence[str]], Sequence[str]] = list,
    ) -> Terminal:
        """Open a console on a launch, say who is there, and wait until it has joined."""
        console = self.terminal(
            *("attach", "--launch", launch, "--initials", initials),
            columns=columns,
            rows=rows,
            environment=environment,
            through=through,
        )
        console.sees("Who are you?")
        console.press("enter")
        # Not by the line in the log pane: what a conductor records meanwhile may push it out.
        console.until(lambda: self._joined(launch, initials), f"{initials} has not joined")
        # The launch's screen, or already that of a rollback which is under way.
        console.until(
            lambda: console.shows("Z ", " here") or console.shows("ROLLBACK", "attempt"),
            "neither the launch nor its rollback appeared",
        )
        return console

    def _joined(self, launch: str, initials: str) -> bool:
        return any(
            event.actor["initials"] == initials for event in self.events(launch, "seat.joined")
        )

    # The log

    @contextmanager
    def opened_log(self) -> Iterator[SqliteLog]:
        """Open the log in this process."""
        log = open_log(str(self.log), create=False)
        assert isinstance(log, SqliteLog)
        try:
            yield log
        finally:
            log.close()

    def events(self, launch: str, *kinds: str) -> list[Event]:
        """Return a launch's events, of these kinds only where some are named."""
        with self.opened_log() as log:
            return [event for event in log.events(launch) if not kinds or event.kind in kinds]

    def until_event(self, launch: str, kind: str, step: str) -> None:
        """Wait until an event of a step is in the log."""
        deadline = time.monotonic() + _ENDING_S
        while not any(event.body["step"] == step for event in self.events(launch, kind)):
            assert time.monotonic() < deadline, f"no {kind} of {step}"
            time.sleep(0.05)

    @contextmanager
    def taking_part(self, launch: str) -> Iterator[LiveLaunch]:
        """Take part in a launch from this process, as another one beside the consoles."""
        with self.opened_log() as log:
            yield LiveLaunch(log, launch)

    def close(self) -> None:
        """End every terminal and conductor, and fail where something runs on regardless."""
        for terminal in self._terminals:
            terminal.close()
        processes.end_conductors(self.folder)

    def command(self, *arguments: str) -> list[str]:
        """Return the words that run `launchpad` with these arguments and this site's log."""
        return [sys.executable, "-m", "launchpad", "--log", str(self.log), *arguments]
