"""A program in a pseudo terminal, driven and read as a person at the keyboard would.

Every wait is for a condition and has a limit; what fails shows the screen it failed on. A thread
reads what the program writes, as fast as it comes, until `stop_reading`.
"""

import contextlib
import os
import re
import select
import signal
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pexpect

from tests.e2e import processes
from tests.e2e.screen import Screen

_KEYS = {
    "space": " ",
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "home": "\x1b[H",
    "end": "\x1b[F",
}
_CONTROL = re.compile(r"ctrl\+([a-z])")
_PIECE = 65536
# Longer than anything takes on a machine that has much else to do: it costs nothing to wait.
PATIENCE_S = 15.0
_LOOK_S = 0.05
# Output that comes without a pause this long is one frame.
_FRAME_S = 0.02
_ESCAPE_S = 0.2
# A key is answered in much less than this; the clock on the screen takes one tick a second.
_RESTED_S = 0.15
_CLOCK_TICK_S = 0.015


class Terminal:
    """One program on a terminal of its own.

    command: the program's arguments; environment: all of its environment; columns and rows: cells.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        columns: int,
        rows: int,
        folder: Path,
    ) -> None:
        self.screen = Screen(columns, rows)
        self._reading = threading.Event()
        self._reading.set()
        self._closed = False
        self._silent_until = 0.0
        self._child: Any = pexpect.spawn(
            command[0],
            list(command[1:]),
            env=dict(environment),
            cwd=folder,
            dimensions=(rows, columns),
        )
        self._settings = termios.tcgetattr(self._child.child_fd)
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()

    # Acting

    def press(self, *keys: str) -> None:
        """Press keys by name ("space", "ctrl+p", "j"), as fast as the terminal takes them."""
        self.type("".join(_key(key) for key in keys))

    def move_to(self, text: str) -> None:
        """Move the list's cursor, key by key, to the row that holds a text."""
        while text not in self.under_cursor:
            before = self.cursor_row
            self.press("j" if self.row_of(text) > before else "k")
            self.until(lambda row=before: self.screen.cursor_rows != [row], "the cursor stays")  # type: ignore[misc]  # the default is what binds it

    def paste(self, text: str) -> None:
        """Paste a text, as a terminal with bracketed paste does."""
        self.type(f"\x1b[200~{text}\x1b[201~")

    def type(self, text: str) -> None:
        """Type a text."""
        self._let_escape_be_told()
        if text.endswith("\x1b"):
            self._silent_until = time.monotonic() + _ESCAPE_S
        data = text.encode()
        while data:
            data = data[os.write(self._child.child_fd, data) :]

    def resize(self, columns: int, rows: int) -> None:
        """Change the size, as dragging the window's corner does."""
        self.screen.resize(columns, rows)
        self._child.setwinsize(rows, columns)

    def signal(self, number: int) -> None:
        """Send the program a signal, not its children."""
        os.kill(self.pid, number)

    def stop(self) -> None:
        """Stop the program where it stands, and wait until it does."""
        self.signal(signal.SIGSTOP)
        self.until(lambda: processes.stopped(self.pid), "the program did not stop")

    def resume(self) -> None:
        """Let a stopped program go on."""
        self.signal(signal.SIGCONT)

    def kill(self) -> None:
        """End the program without asking (kill -9), and wait for it."""
        with contextlib.suppress(ProcessLookupError):
            self.signal(signal.SIGKILL)
        self.wait_exit()

    def stop_reading(self) -> None:
        """Read nothing more: what the program writes fills the terminal's buffer."""
        self._reading.clear()

    def read_on(self) -> None:
        """Read again after `stop_reading`."""
        self._reading.set()

    def hang_up(self) -> None:
        """Take the terminal away, as a connection that breaks does."""
        self._closed = True
        self._reader.join(2)
        # Its own file object closes the descriptor, so that pexpect never closes it again.
        self._child.ptyproc.fileobj.close()
        self._child.ptyproc.closed = True

    def close(self) -> None:
        """End the program if it runs, and give the terminal back."""
        if self._child.isalive():
            self.kill()
        if not self._closed:
            self.hang_up()

    # Seeing

    @property
    def pid(self) -> int:
        """The program's process id."""
        pid: int = self._child.pid
        return pid

    @property
    def output(self) -> bytes:
        """Every byte that the program has written."""
        return bytes(self.screen.output)

    @property
    def lines(self) -> list[str]:
        """The screen's lines, without the blanks at their ends."""
        return [line.rstrip() for line in self.screen.lines]

    @property
    def cursor_row(self) -> int:
        """The row of the list's cursor."""
        rows = self.screen.cursor_rows
        assert len(rows) == 1, f"cursors on rows {rows}\n{self}"
        return rows[0]

    @property
    def under_cursor(self) -> str:
        """The line that the list's cursor is on."""
        return self.lines[self.cursor_row]

    def row_of(self, text: str) -> int:
        """Return the first row that holds a text."""
        for row, line in enumerate(self.lines):
            if text in line:
                return row
        raise AssertionError(f"{text!r} is not on the screen\n{self}")

    def line_of(self, text: str) -> str:
        """Return the first line that holds a text."""
        return self.lines[self.row_of(text)]

    def shows(self, *texts: str) -> bool:
        """Say whether one line shows all of the texts now."""
        return any(all(text in line for text in texts) for line in self.lines)

    # Waiting

    def sees(self, *texts: str, within: float = PATIENCE_S) -> None:
        """Wait until one line shows all of the texts, at most `within` seconds."""
        self.until(lambda: self.shows(*texts), f"no line with {texts} appeared", within)

    def sees_not(self, text: str, within: float = PATIENCE_S) -> None:
        """Wait until the screen does not show a text, at most `within` seconds."""
        self.until(lambda: not self.shows(text), f"{text!r} did not go away", within)

    def hears(self, text: str, within: float = PATIENCE_S) -> None:
        """Wait until a notification says a text, however it is broken into lines."""
        self.until(lambda: text in self.screen.said, f"{text!r} was not said", within)

    def until(
        self, condition: Callable[[], bool], otherwise: str, within: float = PATIENCE_S
    ) -> None:
        """Wait until a condition holds on a complete frame, at most `within` seconds."""
        deadline = time.monotonic() + within
        while not (condition() and self._still(condition)):
            left = deadline - time.monotonic()
            assert left > 0, f"{otherwise} within {within} s\n{self}"
            with self.screen.changed:
                self.screen.changed.wait(min(left, _LOOK_S))

    def settle(self, within: float = PATIENCE_S) -> None:
        """Wait until the program has worked off what it was given: it rests for a while."""
        self._let_escape_be_told()
        deadline = time.monotonic() + within
        used, rested_since = processes.cpu_s(self.pid), time.monotonic()
        while time.monotonic() - rested_since < _RESTED_S:
            assert time.monotonic() < deadline, f"it works on after {within} s\n{self}"
            time.sleep(_LOOK_S)
            if processes.cpu_s(self.pid) > used + _CLOCK_TICK_S:
                used, rested_since = processes.cpu_s(self.pid), time.monotonic()

    def wait_exit(self, within: float = PATIENCE_S) -> int:
        """Wait until the program has ended; return its exit status, 128+n for a signal n."""
        self.until(lambda: not self._child.isalive(), "the program did not end", within)
        if self._child.signalstatus is not None:
            return 128 + int(self._child.signalstatus)
        return int(self._child.exitstatus)

    def ends(self, status: int, within: float = PATIENCE_S) -> None:
        """Wait until the program has ended, and check its exit status."""
        found = self.wait_exit(within)
        assert found == status, f"exit status {found}, not {status}\n{self}"

    def assert_restored(self) -> None:
        """Check that the program that has ended left the terminal as it found it."""
        self.until(lambda: self.screen.restored, "the terminal was left in a program's modes")
        assert termios.tcgetattr(self._child.child_fd) == self._settings, "the tty was left raw"

    def __str__(self) -> str:
        return str(self.screen)

    __repr__ = __str__

    # Inside

    def _read(self) -> None:
        descriptor = self._child.child_fd
        while not self._closed:
            if not self._reading.wait(_LOOK_S):
                continue
            ready, _, _ = select.select([descriptor], [], [], _LOOK_S)
            if not ready:
                continue
            try:
                self.screen.feed(os.read(descriptor, _PIECE))
            except OSError:  # nobody has the other end open any more
                return

    def _let_escape_be_told(self) -> None:
        """Keep silent: only that tells an escape key from the beginning of a sequence."""
        time.sleep(max(0.0, self._silent_until - time.monotonic()))

    def _still(self, condition: Callable[[], bool]) -> bool:
        """Say whether a condition holds when the frame that is being drawn is complete."""
        with self.screen.changed:
            while self.screen.changed.wait(_FRAME_S):
                if not condition():
                    return False
        return condition()


def _key(name: str) -> str:
    control = _CONTROL.fullmatch(name)
    if control:
        return chr(ord(control[1]) & 0x1F)
    if len(name) > 1 and name not in _KEYS:
        raise ValueError(f"no key is called {name!r}")
    return _KEYS.get(name, name)
