"""Being told at once that a file in a folder was given its name (inotify(7), Linux)."""

import ctypes
import os
from pathlib import Path
from typing import Final

# sys/inotify.h: what is asked for. Its flags for the descriptor are those of open(2).
_MOVED_TO: Final = 0x80
_ONLY_FOLDERS: Final = 0x0100_0000
_READ_BYTES: Final = 64 * 1024


def renames(folder: Path) -> int:
    """Return a descriptor that can be read when a file was renamed into a folder from now on.

    Raises OSError: where the folder is missing, the user has too many such descriptors, or this
    system has none.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        descriptor = _checked(libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
    except AttributeError:
        raise OSError("this system does not tell of renames") from None
    try:
        _checked(libc.inotify_add_watch(descriptor, os.fsencode(folder), _MOVED_TO | _ONLY_FOLDERS))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def read_renames(descriptor: int) -> None:
    """Read what waits, so that the next one is told again."""
    os.read(descriptor, _READ_BYTES)


def _checked(answer: int) -> int:
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer
