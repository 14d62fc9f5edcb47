"""What a file holds, read so that no pipe and no device is waited for."""

import os
import stat
from typing import Final

_PART: Final = 64 * 1024


class TooLarge(OSError):
    """A file has more bytes than are read."""


def content(path: str, largest: int) -> bytes:
    """Return what a regular file holds. largest: so many bytes at most. Raises OSError.

    It waits for as long as the file system does.
    """
    # Asked before it is opened, because to open a device can already do something to it, and again
    # afterwards, because another file may be there by then.
    _require_regular(os.stat(path))  # noqa: PTH116 - the bare process that uses this has no pathlib
    # Without O_NONBLOCK, opening a pipe waits for whoever writes into it.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        _require_regular(os.fstat(descriptor))
        held = bytearray()
        while part := os.read(descriptor, _PART):
            held += part
            if len(held) > largest:
                raise TooLarge(f"it has more than {largest} bytes")
        return bytes(held)
    finally:
        os.close(descriptor)


def why(error: OSError) -> str:
    """Return in words why a file could not be read."""
    return error.strerror or str(error)


def _require_regular(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise OSError("it is not a regular file")
