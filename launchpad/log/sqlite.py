"""The log in an SQLite file: read here, written by the scribe."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from launchpad.launch.event import Draft, Event, Head
from launchpad.log import guards, scribe
from launchpad.log.boottime import boot_time
from launchpad.log.chain import canonical, seal
from launchpad.log.dictation import Dictation, ScribeLost
from launchpad.log.errors import LogGone, LogUnreadable, LogUnwritable
from launchpad.log.reading import COLUMNS, Reader
from launchpad.log.store import Decide, Opening, Seat

# Half of the 100 ms in which a follower is to know.
_POLL_S: Final = 0.05
_IN_PLACE_S: Final = 1.0
# A scribe that is ended this often in a row is being ended on purpose.
_SCRIBES: Final = 20
_PATIENCE_S: Final = 20.0

_SEAT: Final = ("seat", "launch", "initials", "name", "role", "host", "via", "since")


class SqliteLog:
    """A `Log` in an existing file of this version (`address.open_log` makes one).

    path: absolute; clock: the id of this boot and nanoseconds since it. Raises LogUnreadable.
    """

    def __init__(self, path: str, *, clock: Callable[[], tuple[str, int]] = boot_time) -> None:
        self._path = path
        self._clock = clock
        self._file = scribe.identity(path)
        self._reader = Reader(path)
        try:
            self._reader.inspect(lambda connection: guards.refuse_unfit(connection, path))
            self._opened_at = self._reader.data_version()
        except LogUnreadable:
            self._reader.close()
            raise
        self._dictation = Dictation(path)
        self._closed = threading.Event()
        # Each thread waits for what it has not been told of yet.
        self._told = threading.local()

    @property
    def address(self) -> str:
        """The file's absolute path."""
        return self._path

    @property
    def scribe_pid(self) -> int | None:
        """The process id of the scribe, None before the first write."""
        return self._dictation.pid

    def launches(self) -> list[Opening]:
        """Return every launch, oldest first."""
        openings = []
        for launch in self._reader.launches():
            (newest,) = self._reader.last(launch, 1)
            head = Head(newest.seq, newest.hash)
            openings.append(Opening(self._reader.first(launch), head, newest.kind))
        return openings

    def head(self, launch: str) -> Head:
        """Return where a launch stands; NO_EVENTS for one that is not there."""
        return self._reader.head(launch)

    def events(self, launch: str, after: int = 0) -> Iterator[Event]:
        """Yield a launch's events with seq > after, in order."""
        return self._reader.events(launch, after)

    def last(self, launch: str, count: int) -> list[Event]:
        """Return the newest events of a launch, at most count, oldest first."""
        return self._reader.last(launch, count)

    def append(self, launch: str, after: Head, decide: Decide) -> list[Event]:
        """Append what decide returns; see `Log.append`.

        Raises what decide raises, ValueError for a draft of another launch or without an exact
        form, LogUnwritable, LogGone, and LogUnreadable where `after` is not in the log.
        """
        seen: list[Event] = []
        while True:
            # Each further round means that somebody else succeeded: there is no other bound.
            new = self._news(launch, _place(seen, after))
            seen += new
            sealed = self._seal(launch, _place(seen, after), decide(new))
            if not sealed:
                return seen
            if self._record(launch, _place(seen, after), sealed):
                return seen + sealed

    def wait(self, timeout: float) -> bool:
        """Return True as soon as somebody may have written, False after timeout seconds.

        What this process wrote counts too, and so does what came before the thread's first call.
        Raises LogGone within about a second of the file's disappearance.
        """
        deadline = time.monotonic() + timeout
        look_at = time.monotonic()
        while not self._closed.is_set():
            now = time.monotonic()
            if now >= look_at:
                self._stay()
                look_at = now + _IN_PLACE_S
            try:
                version = self._reader.data_version()
            except LogUnreadable:
                if self._closed.is_set():
                    return False
                raise
            if version != getattr(self._told, "version", self._opened_at):
                self._told.version = version
                return True
            if now >= deadline:
                return False
            # A plain sleep costs less than half of what waiting for an event does.
            time.sleep(min(_POLL_S, deadline - now))
        return False

    def take_seat(self, seat: Seat) -> None:
        """Take a seat or renew its heartbeat. Raises LogUnwritable and LogGone."""
        boot_id, beat_ns = self._clock()
        row = {name: getattr(seat, name) for name in _SEAT} | {
            "boot_id": boot_id,
            "beat_ns": beat_ns,
        }
        self._ask({"do": "take_seat", "row": row})

    def leave_seat(self, seat: str) -> None:
        """Give a seat up. Raises LogUnwritable and LogGone."""
        self._ask({"do": "leave_seat", "seat": seat})

    def seats(self, launch: str, within_s: int) -> list[Seat]:
        """Return the seats whose last heartbeat is at most within_s seconds old, oldest first."""
        boot_id, now = self._clock()
        rows = self._reader.fetch(
            f"SELECT {', '.join(_SEAT)}, max(0, (? - beat_ns) / 1000000000) FROM seats"  # noqa: S608 - constants only
            " WHERE launch = ? AND boot_id = ? AND beat_ns >= ? ORDER BY since, seat",
            [now, launch, boot_id, now - within_s * 10**9],
        )
        return [Seat(*row) for row in rows]

    def close(self) -> None:
        """Release the file and let the scribe end."""
        self._closed.set()
        # The reader first: the last connection is then the scribe's, which folds the WAL into
        # the file and leaves the log one file that can be copied.
        self._reader.close()
        self._dictation.close()

    def _news(self, launch: str, head: Head) -> list[Event]:
        """Return what came after head, having seen that it does follow it."""
        new = list(self._reader.events(launch, head.seq))
        if new and new[0].prev_hash != head.hash:
            raise self._rewritten(launch, head)
        return new

    def _seal(self, launch: str, head: Head, drafts: Sequence[Draft]) -> list[Event]:
        """Seal the drafts that are not in the log yet, one after the other, after head."""
        known = self._reader.known(launch, [draft.uid for draft in drafts])
        sealed: list[Event] = []
        for draft in drafts:
            if draft.launch != launch:
                raise ValueError(f"a draft of {draft.launch} cannot be appended to {launch}")
            if draft.uid not in known:
                known.add(draft.uid)
                sealed.append(seal(draft, _place(sealed, head)))
        return sealed

    def _record(self, launch: str, head: Head, sealed: Sequence[Event]) -> bool:
        """Make sealed events durable; False when the head moved and none of them is."""
        request = {
            "do": "append",
            "launch": launch,
            "seq": head.seq,
            "hash": head.hash,
            "rows": [_row(event) for event in sealed],
        }
        try:
            if self._ask(request):
                return True
        except LogUnwritable:
            # Never report as lost what is there: it would be decided and appended once more.
            if not self._reader.known(launch, [sealed[-1].uid]):
                raise
        new = self._news(launch, head)
        if not new:
            raise self._rewritten(launch, head)
        # A scribe that was lost may have done its work, and the next one found the head moved.
        return new[: len(sealed)] == list(sealed)

    def _ask(self, request: dict[str, Any]) -> bool:
        """Have the scribe do something; False when the head it names moved."""
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
            if "failed" in answer:
                raise self._unwritten(self._plainly(answer["code"], answer["failed"]))
            return "done" in answer

    def _stay(self) -> None:
        if scribe.identity(self._path) != self._file:
            raise self._gone()

    def _gone(self) -> LogGone:
        return LogGone(f"{self._path}: was moved, deleted or replaced while it was open")

    def _rewritten(self, launch: str, head: Head) -> LogUnreadable:
        return LogUnreadable(
            f"{self._path}: entry {head.seq} of {launch} is no longer the one that was seen:"
            " the log was replaced or rewritten"
        )

    def _plainly(self, code: str, message: str) -> str:
        if code.startswith("SQLITE_BUSY"):
            return f"another program kept it locked for {scribe.BUSY_TIMEOUT_MS // 1000} s"
        # SQLite cannot even open a log beside which it may not make the files of WAL mode.
        places = (Path(self._path), Path(self._path).parent)
        if code.startswith("SQLITE_READONLY") or not all(os.access(at, os.W_OK) for at in places):
            return "the file or its folder is read-only here"
        return message

    def _unwritten(self, reason: str) -> LogUnwritable:
        return LogUnwritable(f"{self._path}: not recorded: {reason}")


def _place(events: Sequence[Event], before: Head) -> Head:
    """Return where the last of some events stands, or what was before them."""
    return Head(events[-1].seq, events[-1].hash) if events else before


def _row(event: Event) -> dict[str, str | int | None]:
    """Return an event's columns, actor and body in their canonical form."""
    row = {name: getattr(event, name) for name in COLUMNS}
    for key in ("actor", "body"):
        row[key] = canonical(row[key], key).decode()
    return row
