"""The client's end of a scribe: starting it, asking it, noticing that it died."""

import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final

from launchpad.log import scribe

# The scribe waits for the lock for its busy timeout; the rest is for the disk.
_ANSWER_S: Final = scribe.BUSY_TIMEOUT_MS / 1000 + 10.0
# Long enough for a checkpoint on closing; it ends by itself if it needs longer.
_ENDING_S: Final = 5.0


class ScribeLost(Exception):
    """No answer came. What was asked may have been done or not: read the log."""


class Dictation:
    """A conversation with a scribe, which is started when there is first something to write.

    May be used from any thread; one request is under way at a time.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The scribe's process id, None while there is none."""
        return self._process.pid if self._process else None

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the scribe's answer (see `scribe`). Raises ScribeLost, and OSError on starting."""
        with self._lock:
            process = self._process = self._process or self._start()
            try:
                return self._converse(process, request)
            except BaseException as error:
                # An answer that was not waited for must not be taken for the next one's.
                self._end(process)
                if isinstance(error, OSError | ValueError):
                    raise ScribeLost(str(error)) from error
                raise

    def close(self) -> None:
        """Let the scribe end."""
        with self._lock:
            if self._process is not None:
                self._end(self._process)

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", scribe.__file__, self._path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # the terminal belongs to the console
            cwd=Path(self._path).anchor,  # so that it keeps no folder busy
            start_new_session=True,
        )

    def _converse(
        self, process: subprocess.Popen[bytes], request: dict[str, Any]
    ) -> dict[str, Any]:
        if process.stdin is None or process.stdout is None:
            raise ScribeLost("it has no pipes")
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        poll = select.poll()  # select() knows no descriptor beyond 1023
        poll.register(process.stdout, select.POLLIN)
        deadline = time.monotonic() + _ANSWER_S
        answer = b""
        while not answer.endswith(b"\n"):
            left_s = max(0.0, deadline - time.monotonic())
            if not poll.poll(left_s * 1000):
                process.kill()
                raise ScribeLost(f"the disk did not answer for {_ANSWER_S:.0f} s")
            if not (part := os.read(process.stdout.fileno(), select.PIPE_BUF)):
                raise ScribeLost("the process that writes was ended")
            answer += part
        found: dict[str, Any] = json.loads(answer)
        return found

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        self._process = None
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_ENDING_S)
