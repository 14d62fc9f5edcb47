"""Getting a document's bytes off the disk, without ever waiting for anything but a disk."""

import os
import stat
from pathlib import Path

from launchpad.checklist.errors import ChecklistError
from launchpad.text.safe import one_line

LARGEST = 8 * 1024 * 1024
"""The most bytes a document may have."""


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file of at most `LARGEST` bytes.

    ChecklistError when there is no such file, or it is a folder, a pipe, a socket, a device, too
    large or not readable.
    """
    name = one_line(str(path))
    try:
        # Asked before it is opened: opening some devices already does something.
        _require_regular(name, path.stat())
        # Without waiting, should a pipe have taken the file's place since.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            _require_regular(name, os.fstat(descriptor))
            data = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise ChecklistError(f"{name}: no such file") from None
    except PermissionError:
        raise ChecklistError(f"{name}: no permission to read it") from None
    except OSError as error:
        raise ChecklistError(f"{name}: cannot be read: {error.strerror}") from None
    except ValueError:
        raise ChecklistError(f"{name}: not a file name") from None
    _require_size(name, len(data))
    return data


def _require_regular(name: str, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise ChecklistError(f"{name}: a folder; a checklist is a file")
    if not stat.S_ISREG(status.st_mode):
        raise ChecklistError(f"{name}: not a regular file (a pipe, a socket or a device)")
    _require_size(name, status.st_size)


def _require_size(name: str, size: int) -> None:
    if size > LARGEST:
        raise ChecklistError(f"{name}: larger than {LARGEST // 1024 // 1024} MiB")
