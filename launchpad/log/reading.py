"""The connection that only reads: SQLite's rows made into events.

It is opened `mode=ro`, so that closing it never checkpoints: a client that is stopped while it
closes holds no lock that anybody waits for.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from launchpad.launch.event import NO_EVENTS, Event, Head
from launchpad.log.chain import LINE_KEYS, event_of, refuse_number
from launchpad.log.errors import LogUnreadable
from launchpad.log.scribe import BUSY_TIMEOUT_MS, file_uri

_T = TypeVar("_T")

COLUMNS: Final = (*LINE_KEYS, "hash")
_EVENTS: Final = f"SELECT {', '.join(COLUMNS)} FROM events"  # noqa: S608 - constants only

# Read in pieces, so that another thread gets its turn during a long read.
_CHUNK: Final = 500

# Leaps from launch to launch over the primary key instead of scanning every event. A rowid says
# which came first into this file; the clocks of two hosts, or a stepped one, would not.
_LAUNCHES: Final = (
    "WITH RECURSIVE found(launch) AS (SELECT min(launch) FROM events UNION ALL"
    " SELECT (SELECT min(launch) FROM events WHERE launch > found.launch) FROM found"
    " WHERE found.launch IS NOT NULL)"
    " SELECT launch FROM found WHERE launch IS NOT NULL ORDER BY"
    " (SELECT rowid FROM events WHERE launch = found.launch ORDER BY seq LIMIT 1)"
)

# What SQLite answers where it may not make the files that go with a log in WAL mode.
_NO_COMPANIONS: Final = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
_PRIMARY_CODE: Final = 0xFF


class Reader:
    """Reads one log file from any thread. Every method raises LogUnreadable."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._reopened = 0
        self._open()

    def inspect(self, look: Callable[[sqlite3.Connection], _T]) -> _T:
        """Return what look finds out about the database; whatever it raises is raised."""
        try:
            with self._lock:
                return look(self._connection)
        except sqlite3.Error as error:
            raise self._unreadable(error) from error

    def fetch(self, sql: str, parameters: Sequence[str | int] = ()) -> list[tuple[Any, ...]]:
        """Return every row of a query."""
        try:
            with self._lock:
                if self._frozen and Path(f"{self._path}-shm").exists():
                    # Somebody who may write opened it: now there is something to follow.
                    self._connection.close()
                    self._open()
                    self._reopened += 1
                try:
                    return self._connection.execute(sql, parameters).fetchall()
                except sqlite3.OperationalError as error:
                    if not str(error).startswith("Could not decode"):
                        raise
                    # Damaged text would hide which entry it is in; slower, but only from here on.
                    self._connection.text_factory = _text_or_bytes
                    return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise self._unreadable(error) from error

    def data_version(self) -> tuple[int, int]:
        """Return a value that changes whenever another process commits; for comparing only."""
        ((found,),) = self.fetch("PRAGMA data_version")
        return self._reopened, found

    def launches(self) -> list[str]:
        """Return the ids of all launches, oldest first."""
        found = [launch for (launch,) in self.fetch(_LAUNCHES)]
        if not all(isinstance(launch, str) for launch in found):
            raise LogUnreadable(f"{self._path}: the id of a launch is damaged")
        return found

    def head(self, launch: str) -> Head:
        """Return a launch's head; NO_EVENTS where there is none."""
        rows = self.fetch(
            "SELECT seq, hash FROM events WHERE launch = ? ORDER BY seq DESC LIMIT 1", [launch]
        )
        return Head(*rows[0]) if rows else NO_EVENTS

    def rows(self, launch: str, after: int = 0) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a launch with seq > after in order, as they are stored."""
        while True:
            chunk = self.fetch(
                f"{_EVENTS} WHERE launch = ? AND seq > ? ORDER BY seq LIMIT ?",
                [launch, after, _CHUNK],
            )
            yield from chunk
            if len(chunk) < _CHUNK:
                return
            after = chunk[-1][1]

    def events(self, launch: str, after: int = 0) -> Iterator[Event]:
        """Yield the events of a launch with seq > after in order."""
        for row in self.rows(launch, after):
            yield self.event(row)

    def first(self, launch: str) -> Event:
        """Return the first event of a launch that is there."""
        (row,) = self.fetch(f"{_EVENTS} WHERE launch = ? ORDER BY seq LIMIT 1", [launch])
        return self.event(row)

    def last(self, launch: str, count: int) -> list[Event]:
        """Return the newest events of a launch, oldest first."""
        rows = self.fetch(
            f"{_EVENTS} WHERE launch = ? ORDER BY seq DESC LIMIT ?", [launch, max(count, 0)]
        )
        return [self.event(row) for row in reversed(rows)]

    def known(self, launch: str, uids: Sequence[str]) -> set[str]:
        """Return which of the uids are in the log."""
        found = set()
        for uid in uids:
            if self.fetch("SELECT 1 FROM events WHERE launch = ? AND uid = ?", [launch, uid]):
                found.add(uid)
        return found

    def event(self, row: Sequence[Any]) -> Event:
        """Make an event of a row of COLUMNS."""
        try:
            return read_row(row)
        except ValueError as error:
            launch, seq = row[:2]
            raise LogUnreadable(f"{self._path}: entry {seq} of {launch}: {error}") from None

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()

    def _open(self) -> None:
        self._frozen = False
        self._connection = self._connect("mode=ro")
        try:
            self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            self._connection.close()
            if getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE not in _NO_COMPANIONS:
                raise self._unreadable(error) from error
            self._open_frozen(error)

    def _open_frozen(self, reason: sqlite3.Error) -> None:
        """Read a log that nobody writes, where this user may make no files beside it."""
        beside = Path(f"{self._path}-wal")
        if beside.exists() and beside.stat().st_size:
            raise LogUnreadable(
                f"{self._path}: its newest entries are in {beside.name}, which cannot be read"
                " where no file can be made; copy both to a folder of your own"
            ) from reason
        if not os.access(self._path, os.R_OK):
            raise LogUnreadable(f"{self._path}: you may not read it") from reason
        self._frozen = True
        self._connection = self._connect("mode=ro&immutable=1")

    def _unreadable(self, error: sqlite3.Error) -> LogUnreadable:
        if getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE == sqlite3.SQLITE_NOTADB:
            return LogUnreadable(f"{self._path}: is not an SQLite file")
        return LogUnreadable(f"{self._path}: cannot be read: {error}")

    def _connect(self, query: str) -> sqlite3.Connection:
        return sqlite3.connect(
            file_uri(self._path, query),
            uri=True,
            timeout=BUSY_TIMEOUT_MS / 1000,
            isolation_level=None,
            check_same_thread=False,  # the lock sees to it
        )


def read_row(row: Sequence[Any]) -> Event:
    """Make an event of a row of COLUMNS. Raises ValueError naming what is wrong."""
    *values, hash_ = row
    envelope = dict(zip(LINE_KEYS, values, strict=True))
    for key in ("actor", "body"):
        try:
            envelope[key] = json.loads(
                envelope[key], parse_float=refuse_number, parse_constant=refuse_number
            )
        except (ValueError, TypeError, RecursionError):
            raise ValueError(f"{key} is not a JSON object without floats") from None
    if not isinstance(hash_, str):
        raise ValueError("hash is of a wrong type")  # noqa: TRY004 - malformed data, no misuse
    return event_of(envelope, hash_)


def _text_or_bytes(stored: bytes) -> str | bytes:
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return stored
