"""The log in an SQLite file: read here, written by the scribe."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from launchpad.launch.event import Event, Head
from launchpad.log import conducted, guards, sampled
from launchpad.log.appending import Appender
from launchpad.log.boottime import boot_time
from launchpad.log.digest import Row
from launchpad.log.errors import LogUnreadable, LogUnwritable
from launchpad.log.leasing import Lease
from launchpad.log.reading import Reader
from launchpad.log.sampled import Point
from launchpad.log.samples import OutputPart, Sample
from launchpad.log.store import Decide, Opening, Seat
from launchpad.log.writing import Writer

# Half of the 100 ms in which a follower is to know.
_POLL_S: Final = 0.05
_IN_PLACE_S: Final = 1.0

_SEAT: Final = ("seat", "launch", "initials", "name", "role", "host", "via", "since")


class SqliteLog:
    """A `Log` in an existing file (`address.open_log` makes one).

    path: absolute; clock: the id of this boot and nanoseconds since it. Raises LogUnreadable.
    """

    def __init__(self, path: str, *, clock: Callable[[], tuple[str, int]] = boot_time) -> None:
        self._path = path
        self._clock = clock
        self._writer = Writer(path)
        self._reader = Reader(path)
        try:
            self._reader.inspect(lambda connection: guards.refuse_unfit(connection, path))
            self._opened_at = self._reader.data_version()
        except LogUnreadable:
            self._reader.close()
            raise
        self._appender = Appender(path, self._reader, self._writer)
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
        return self._writer.scribe_pid

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

    def append(
        self, launch: str, after: Head, decide: Decide, *, under: Lease | None = None
    ) -> list[Event]:
        """Append what decide returns; see `Log.append`.

        Raises what decide raises, ValueError for a draft or a lease of another launch or a draft
        without an exact form, LeaseLost, LogUnwritable, LogGone, and LogUnreadable where `after`
        is not in the log.
        """
        return self._appender.append(launch, after, decide, under)

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
                self._writer.stay()
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
        self._writer.ask({"do": "take_seat", "row": row})

    def leave_seat(self, seat: str) -> None:
        """Give a seat up. Raises LogUnwritable and LogGone."""
        self._writer.ask({"do": "leave_seat", "seat": seat})

    def seats(self, launch: str, within_s: int) -> list[Seat]:
        """Return the seats whose last heartbeat is at most within_s seconds old, oldest first."""
        boot_id, now = self._clock()
        rows = self._reader.fetch(
            f"SELECT {', '.join(_SEAT)}, max(0, (? - beat_ns) / 1000000000) FROM seats"  # noqa: S608 - constants only
            " WHERE launch = ? AND boot_id = ? AND beat_ns >= ? ORDER BY since, seat",
            [now, launch, boot_id, now - within_s * 10**9],
        )
        return [Seat(*row) for row in rows]

    def lease(self, launch: str) -> Lease | None:
        """Return who conducts a launch; see `leasing.standing` for whether that holds."""
        return conducted.read_lease(self._reader, launch)

    def take_lease(self, lease: Lease, over: Lease | None) -> bool:
        """Take a lease over from `over`; see `Log.take_lease`.

        Raises ValueError, LogUnwritable and LogGone.
        """
        if lease.epoch != (over.epoch if over else 0) + 1:
            raise ValueError(f"epoch {lease.epoch} does not follow the lease that is taken over")
        if over and over.launch != lease.launch:
            raise ValueError(f"a lease of {over.launch} is not taken over for {lease.launch}")
        request = {
            "do": "take_lease",
            "row": conducted.lease_row(lease),
            "over": conducted.lease_row(over) if over else None,
        }
        return self._renew(lease, request)

    def beat(
        self, lease: Lease, samples: Sequence[Sample] = (), outputs: Sequence[OutputPart] = ()
    ) -> bool:
        """Renew a lease and bring what was measured; see `Log.beat`.

        Raises ValueError, LogUnwritable and LogGone.
        """
        found = self.lease(lease.launch)
        if found is None or (found.epoch, found.holder) != (lease.epoch, lease.holder):
            return False
        if lease.mono_ns <= found.mono_ns:
            raise ValueError("a beat is later than the one before it")
        request = {
            "do": "beat",
            "row": conducted.lease_row(lease),
            "samples": [conducted.sample_row(lease.launch, sample) for sample in samples],
            "outputs": [conducted.output_row(lease.launch, part) for part in outputs],
        }
        return self._renew(lease, request)

    def give_up_lease(self, lease: Lease) -> None:
        """Give a lease up where it still stands. Raises LogUnwritable and LogGone."""
        self._writer.ask({"do": "give_up_lease", "row": conducted.lease_row(lease)})

    def latest_samples(self, launch: str, probes: Iterable[str]) -> dict[str, Sample]:
        """Return the newest sample of each probe that has one."""
        return conducted.read_latest_samples(self._reader, launch, probes)

    def samples(self, launch: str, probe: str, limit: int) -> list[Sample]:
        """Return a probe's newest samples, at most limit, oldest first."""
        return conducted.read_samples(self._reader, launch, probe, limit)

    def points(self, launch: str, probe: str, since: str, until: str) -> list[Point]:
        """Return a probe's samples as points in time, oldest first; see `Log.points`."""
        return sampled.points(self._reader, launch, probe, since, until)

    def newest_sample(self) -> int:
        """Return the id of the newest sample of all launches, 0 where there is none."""
        return sampled.newest_sample(self._reader)

    def rows(self, launch: str, after: int, last: int) -> Iterator[Row]:
        """Yield the samples of a launch with after < id <= last, in order."""
        return sampled.rows(self._reader, launch, after, last)

    def rows_of(self, launch: str, probe: str, after: int, last: int) -> list[Row]:
        """Return the samples of a probe with after < id <= last, in order."""
        return sampled.rows_of(self._reader, launch, probe, after, last)

    def sampled(self, launch: str) -> list[str]:
        """Return the probes of a launch that have samples, in the order of their ids."""
        return sampled.probes(self._reader, launch)

    def marks(self, launch: str, after: int, last: int) -> str:
        """Return the marks that were kept of the samples with after < id <= last."""
        return sampled.marks(self._reader, launch, after, last)

    def keep_marks(self, lease: Lease, after: int, last: int, marks: str) -> None:
        """Keep the marks of samples; see `Log`. Raises LeaseLost, LogUnwritable and LogGone."""
        row = {"launch": lease.launch, "last": last, "marks": marks}
        under = conducted.lease_row(lease)
        self._writer.ask({"do": "keep_marks", "row": row, "after": after, "under": under})

    def thin(self, lease: Lease, ids: Sequence[int]) -> None:
        """Take samples away. Raises LeaseLost, LogUnwritable and LogGone."""
        self._writer.ask({"do": "thin", "ids": [*ids], "under": conducted.lease_row(lease)})

    def outputs(self, launch: str, attempt: int, step: str, run: int) -> str:
        """Return what one run of a step printed, its parts in order."""
        return conducted.read_outputs(self._reader, launch, attempt, step, run)

    def close(self) -> None:
        """Release the file and let the scribe end."""
        self._closed.set()
        # The reader first: the last connection is then the scribe's, which folds the WAL into
        # the file and leaves the log one file that can be copied.
        self._reader.close()
        self._writer.close()

    def _renew(self, lease: Lease, request: dict[str, Any]) -> bool:
        """Take or renew a lease; False when it is another's."""
        try:
            return self._writer.ask(request)
        except LogUnwritable:
            # Done all the same: its samples must not be brought once more.
            if self.lease(lease.launch) != lease:
                raise
            return True
