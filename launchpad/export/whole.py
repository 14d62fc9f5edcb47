"""Putting a file in its place at once: nobody ever reads half of it."""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """Put a file where somebody wants it, as `put_in_place` does. Raises OSError.

    A link is followed, a device or a pipe is written into: they stay what they are. The file has
    the permissions of the one that it replaces, else those a new one gets here.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("wb") as there:
            there.writelines(chunks)
        return
    put_in_place(path, chunks, _mode(path))


def put_in_place(path: Path, chunks: Iterable[bytes], mode: int) -> None:
    """Put a file in its place at once, durably, whatever is there. Raises OSError.

    mode: its permissions.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    written = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            os.fchmod(file.fileno(), mode)
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
    except BaseException:
        with suppress(OSError):
            written.unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _mode(path: Path) -> int:
    """Return the permissions of the file that is replaced, else those a new file gets here."""
    with suppress(FileNotFoundError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
