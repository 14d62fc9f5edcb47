"""Leaving on SIGHUP and SIGTERM: within two seconds, also when nobody reads the terminal.

Textual handles neither. A handler in the main thread cannot be trusted with it: with a terminal
that nobody reads, the event loop may be stuck in a write. So a thread of its own waits for the
signals, asks the program to end, and ends the process itself when that takes too long.
"""

import os
import signal
import termios
import threading
import time
from collections.abc import Callable
from typing import Any

_SIGNALS = (signal.SIGHUP, signal.SIGTERM)
_SECONDS_TO_LEAVE = 1.2
_TRIES = 20
_BETWEEN_TRIES_S = 0.02
# Only interrupts what a thread waits for.
_INTERRUPT = signal.SIGUSR2

# Whatever sequence was cut short is ended; back to the normal screen; cursor on; mouse, focus and
# paste reports off; keyboard protocol off.
_RESET = (
    b"\x18\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l"
    b"\x1b[?1004l\x1b[?2004l\x1b[<u\x1b[0m\r\n"
)


class Leaving:
    """Waits for a signal from the moment it is made; make it before any other thread is.

    The signals stay blocked in every thread that is started afterwards, so that none of them is
    interrupted; programs started from here must unblock them.
    """

    def __init__(self, terminal: int) -> None:
        self.signal: int | None = None
        self._terminal = terminal
        self._ask: Callable[[], object] | None = None
        self._done = threading.Event()
        try:
            self._name: str | None = os.ttyname(terminal)
            self._settings: list[Any] | None = termios.tcgetattr(terminal)
        except (OSError, termios.error):
            self._name = self._settings = None
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        signal.signal(_INTERRUPT, lambda _number, _frame: None)
        threading.Thread(target=self._wait, name="leaving", daemon=True).start()

    def ask(self, ask: Callable[[], object]) -> None:
        """Say how the program is asked to end; called in the waiting thread."""
        self._ask = ask
        if self.signal is not None:
            ask()

    def done(self) -> None:
        """Say that the program has ended by itself and the terminal is restored."""
        self._done.set()

    def _wait(self) -> None:
        self.signal = signal.sigwait(_SIGNALS)
        deadline = threading.Thread(target=self._end, name="deadline", daemon=True)
        deadline.start()
        if self._ask:
            self._ask()

    def _end(self) -> None:
        if self._done.wait(_SECONDS_TO_LEAVE):
            return
        self._restore()
        os._exit(128 + (self.signal or 0))

    def _restore(self) -> None:
        if self._name is None or self._settings is None:
            return
        try:
            # A write that waits for room keeps every other one out. Interrupted, it is tried
            # again by Python (PEP 475), and then goes nowhere.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            for written_to in (1, 2):
                os.dup2(nowhere, written_to)
            for thread in threading.enumerate():
                if thread.ident is not None and thread is not threading.current_thread():
                    signal.pthread_kill(thread.ident, _INTERRUPT)
            termios.tcsetattr(self._terminal, termios.TCSANOW, self._settings)
            again = os.open(self._name, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
            self._write_back(again)
        except (OSError, termios.error):
            return

    def _write_back(self, terminal: int) -> None:
        """Write the way back. What nobody read is dropped, so that there is room for it."""
        for _ in range(_TRIES):
            termios.tcflush(terminal, termios.TCOFLUSH)
            try:
                os.write(terminal, _RESET)
            except BlockingIOError:
                time.sleep(_BETWEEN_TRIES_S)
            else:
                return
