"""A file that holds the first and the last bytes of a stream, and can be followed as it grows.

Up to both caps together the stream is appended as it comes. From then on the file is replaced as
a whole (beginning, a line saying how many bytes were left out, the newest end), a few times a
second at most, so that a flood costs the disk no more than that. Who follows it opens it by its
name each time, and starts again when it finds another inode.
"""

import os
import time
from typing import Final

from launchpad.process.capture import Capture, Captured

_REPLACED_EVERY_S: Final = 0.25


class CappedFile:
    """Keeps the first and the last `cap` bytes of a stream in a new file, readable by its owner.

    Raises FileExistsError and other OSErrors on opening. Later errors of the disk are kept in
    `failure` and end the writing, but not the taking: nobody's output may stop a command.
    """

    def __init__(self, path: str, cap: int) -> None:
        self._path = path
        self._file = _create(path)
        self._capture = Capture(cap)
        self._appending = 2 * cap
        self._stale = False
        self._replaced_s = 0.0
        self.failure: OSError | None = None

    def add(self, data: bytes) -> None:
        """Take the next piece of the stream."""
        self._capture.add(data)
        self._appending -= len(data)
        if self._appending < 0:
            self._stale = True
        elif self.failure is None:
            try:
                _write(self._file, data)
            except OSError as error:
                self.failure = error

    def settle(self) -> None:
        """Show the newest end, if the last one has been shown for a while."""
        due_s = self._replaced_s + _REPLACED_EVERY_S
        if self._stale and self.failure is None and time.monotonic() >= due_s:
            self._replace()

    def close(self) -> Captured:
        """Finish the file, make it durable, and return what it holds."""
        if self._stale or self.failure:
            # All that the file is to hold is in memory still: a disk that recovered gets it.
            self._replace()
        try:
            os.fsync(self._file)
            _sync_folder(self._path)
        except OSError as error:
            self.failure = self.failure or error
        finally:
            os.close(self._file)
        return self._capture.captured()

    def _replace(self) -> None:
        self._stale, self.failure = False, None
        new_path = f"{self._path}.new"
        try:
            new = _create(new_path)
            try:
                _write(new, self._capture.captured().content)
                os.replace(new_path, self._path)  # noqa: PTH105 - importing pathlib takes 8 ms
            except OSError:
                os.close(new)
                os.unlink(new_path)  # noqa: PTH108 - see above
                raise
            os.close(self._file)
            self._file = new
        except OSError as error:
            self.failure = error
        self._replaced_s = time.monotonic()


def _create(path: str) -> int:
    # Never somebody else's file, and never through a link.
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)


def _write(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]


def _sync_folder(path: str) -> None:
    folder = os.open(os.path.dirname(path) or ".", os.O_RDONLY)  # noqa: PTH120 - see above
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
