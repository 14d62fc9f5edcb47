"""From what stands after --log to an open log."""

import os
import re
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Final

from launchpad.log.errors import AddressRefused, LogUnreadable, LogUnwritable
from launchpad.log.filesystem import refuse_network
from launchpad.log.guards import VERSION, version
from launchpad.log.reading import Reader
from launchpad.log.sqlite import SqliteLog
from launchpad.log.store import Log

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
# In the user part, in the query, and in a connection string of libpq.
_PASSWORD: Final = re.compile(
    r"^[a-z][a-z0-9+.-]*://[^/@]*:[^/]*@|(?:^|[?&\s])(?:password|passwd|pwd)\s*=", re.IGNORECASE
)


def open_log(address: str, *, create: bool) -> Log:
    """Open the log that an address names: a path, with ~ for the home folder.

    create: make it where nothing or an empty file is. A log of an older version is migrated where
    that can be, and else read as it is. Raises AddressRefused for an address that holds a password,
    LogUnreadable, and LogUnwritable where it could not be made.
    """
    path = log_path(address)
    refuse_network(path)
    found = _version(path, create=create)
    if create if found == 0 else found is not None and found < VERSION:
        # Imported only here: sqlite-utils takes longer to import than a log takes to open.
        from launchpad.log import schema  # noqa: PLC0415 - see above

        try:
            schema.create(str(path))
        except LogUnwritable:
            if not found:
                raise
    return SqliteLog(str(path))


def log_path(address: str) -> Path:
    """Return the absolute path that an address names. Raises AddressRefused and LogUnreadable."""
    if _PASSWORD.search(address):
        raise AddressRefused(
            "the log's address holds a password; leave it to the driver's own files (~/.pgpass)"
        )
    if scheme := _SCHEME.match(address):
        raise LogUnreadable(
            f"{scheme[1]}: this version keeps logs in SQLite files only; give a path"
        )
    if not address or "\0" in address:
        raise LogUnreadable("the log's address is no path")
    return Path(os.path.abspath(Path(address).expanduser()))  # noqa: PTH100 - resolve() would follow links


def _version(path: Path, *, create: bool) -> int | None:
    """Return the version of what is there, as `guards.version`; 0 for nothing, if it may be made.

    The file is never opened but by SQLite: closing any descriptor of it would drop every lock
    that another connection of this process holds (https://sqlite.org/howtocorrupt.html, 2.2).
    Raises LogUnreadable.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        if create:
            return 0
        raise LogUnreadable(f"{path}: there is no log") from None
    except OSError as error:
        raise LogUnreadable(f"{path}: {error.strerror}") from error
    if S_ISDIR(status.st_mode):
        raise LogUnreadable(f"{path}: is a folder, no log")
    if not S_ISREG(status.st_mode):
        raise LogUnreadable(f"{path}: is no ordinary file, no log")
    if not os.access(path, os.R_OK):
        raise LogUnreadable(f"{path}: you may not read it")
    if not status.st_size:
        return 0
    reader = Reader(str(path))
    try:
        return reader.inspect(version)
    finally:
        reader.close()
