"""`launchpad export`: a launch written out, to stdout or whole into a file."""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from launchpad.cli.output import narrate, say_bytes
from launchpad.cli.reaching import launch_to_read, log_at
from launchpad.export.formats import FORMATS
from launchpad.text.safe import one_line


def export(address: str | None, launch: str | None, format_: str, output: Path | None) -> None:
    """Write a launch in one of the FORMATS; output None is stdout. Raises OSError."""
    with log_at(address) as log:
        live = launch_to_read(log, launch)
        head = live.state.head.seq
        events = (event for event in log.events(live.launch) if event.seq <= head)
        exported = FORMATS[format_](live.state, events)
        if output is None:
            say_bytes(exported)
            return
        write_whole(output, exported)
    narrate(f"{one_line(str(output))}: {one_line(live.launch)} up to event {head}")


def write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """Put a file in its place at once, durably: nobody ever reads half of it. Raises OSError.

    A device or a pipe is written into: it must stay what it is.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("wb") as there:
            there.writelines(chunks)
        return
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    written = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            os.fchmod(file.fileno(), _mode(path))
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
