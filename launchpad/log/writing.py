"""The way to write: what is asked of the scribe, and what its answers mean for a person."""

import os
import time
from pathlib import Path
from typing import Any, Final

from launchpad.log import scribe
from launchpad.log.dictation import Dictation, ScribeLost
from launchpad.log.errors import LeaseLost, LogGone, LogUnwritable

# A scribe that is ended this often in a row is being ended on purpose.
_SCRIBES: Final = 20
_PATIENCE_S: Final = 20.0


class Writer:
    """Writes one log file, from any thread, by way of a scribe. path: absolute."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file = scribe.identity(path)
        self._dictation = Dictation(path)

    @property
    def scribe_pid(self) -> int | None:
        """The process id of the scribe, None before the first write."""
        return self._dictation.pid

    def ask(self, request: dict[str, Any]) -> bool:
        """Have the scribe do something durably; False when what it names was changed by others.

        request: as in `scribe`, without the file. A scribe that is lost may have done its work,
        and the next one is asked the same again. Raises LeaseLost, LogGone and LogUnwritable.
        """
        request["file"] = self._file
        deadline = time.monotonic() + _PATIENCE_S
        lost = 0
        while True:
            try:
                answer = self._dictation.ask(request)
            except OSError as error:
                raise self._unwritten(f"no process could be started to write: {error}") from error
            except ScribeLost as error:
                lost += 1
                if lost == _SCRIBES or time.monotonic() > deadline:
                    raise self._unwritten(str(error)) from error
                continue
            if "gone" in answer or answer.get("code") == "SQLITE_READONLY_DBMOVED":
                raise self._gone()
            if "lost" in answer:
                raise LeaseLost(
                    f"{self._path}: not recorded: another conductor has taken the launch over"
                )
            if "failed" in answer:
                raise self._unwritten(self._plainly(answer["code"], answer["failed"]))
            return "done" in answer

    def stay(self) -> None:
        """Raise LogGone unless the file is still where it was opened."""
        if scribe.identity(self._path) != self._file:
            raise self._gone()

    def close(self) -> None:
        """Let the scribe end."""
        self._dictation.close()

    def _gone(self) -> LogGone:
        return LogGone(f"{self._path}: was moved, deleted or replaced while it was open")

    def _plainly(self, code: str, message: str) -> str:
        if code.startswith("SQLITE_BUSY"):
            return f"another program kept it locked for {scribe.BUSY_TIMEOUT_MS // 1000} s"
        # SQLite cannot even open a log beside which it may not make the files of WAL mode.
        places = (Path(self._path), Path(self._path).parent)
        if code.startswith("SQLITE_READONLY") or not all(os.access(at, os.W_OK) for at in places):
            return "the file or its folder is read-only here"
        if message.startswith("no such table"):
            return "it is still of an older version; open it again where it can be written"
        return message

    def _unwritten(self, reason: str) -> LogUnwritable:
        return LogUnwritable(f"{self._path}: not recorded: {reason}")
