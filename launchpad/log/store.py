"""What every log backend offers, and the words they share.

A backend keeps events of many launches, each launch a gapless, hash-chained sequence. It knows
the envelope and no kind. Every method may be called from any thread.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from launchpad.launch.event import Draft, Event, Head
from launchpad.log.digest import Row
from launchpad.log.leasing import Lease
from launchpad.log.sampled import Point
from launchpad.log.samples import OutputPart, Sample

# Given the events that were appended since the caller last looked, decide what to append now.
# It runs outside every lock, once more for each time that somebody else was faster, and may
# raise to append nothing.
Decide = Callable[[Sequence[Event]], Sequence[Draft]]


@dataclass(frozen=True, slots=True)
class Opening:
    """One launch of a log: the event that opened it, and its head."""

    first: Event
    head: Head
    last_kind: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place at a console, kept alive by heartbeats.

    seat: a random id; via: "console" or another door; since: RFC 3339, UTC; age_s: seconds since
    the last heartbeat, by the log's own clock (0 when it is taken).
    """

    seat: str
    launch: str
    initials: str
    name: str
    role: str
    host: str
    via: str
    since: str
    age_s: int = 0


class Log(Protocol):
    """An open log."""

    @property
    def address(self) -> str:
        """Where the log is, as a colleague would type it after --log."""

    def launches(self) -> list[Opening]:
        """Return every launch, oldest first."""

    def head(self, launch: str) -> Head:
        """Return where a launch stands; NO_EVENTS for one that is not there."""

    def events(self, launch: str, after: int = 0) -> Iterator[Event]:
        """Yield a launch's events with seq > after, in order."""

    def last(self, launch: str, count: int) -> list[Event]:
        """Return the newest events of a launch, at most count, oldest first."""

    def append(
        self, launch: str, after: Head, decide: Decide, *, under: Lease | None = None
    ) -> list[Event]:
        """Append what decide returns, and return every event after `after`, up to the last own.

        Only the head is compared under the lock. Where it moved, the new events are given to
        decide, which decides again. A draft whose uid is already in the log is not doubled.
        under: the lease of whoever conducts. The transaction that appends sees that its epoch and
        holder are still those in the log, however long ago it was renewed; otherwise nothing is
        written and LeaseLost raised.

        Raises what decide raises, and LogUnwritable when nothing could be made durable.
        """

    def wait(self, timeout: float) -> bool:
        """Return True as soon as somebody may have written, False after timeout seconds.

        Raises LogGone when the log itself was moved, deleted or unmounted.
        """

    def take_seat(self, seat: Seat) -> None:
        """Take a seat or renew its heartbeat."""

    def leave_seat(self, seat: str) -> None:
        """Give a seat up."""

    def seats(self, launch: str, within_s: int) -> list[Seat]:
        """Return the seats of a launch whose last heartbeat is at most within_s seconds old."""

    def lease(self, launch: str) -> Lease | None:
        """Return who conducts a launch, as of the last beat; None while nobody does."""

    def take_lease(self, lease: Lease, over: Lease | None) -> bool:
        """Begin to conduct; False where what is in the log is not `over` any more.

        over: the lease that was looked at and judged, None for none; one that beat since then, or
        was taken by another, is left alone. Raises ValueError unless the epoch is the next one.
        """

    def beat(
        self, lease: Lease, samples: Sequence[Sample] = (), outputs: Sequence[OutputPart] = ()
    ) -> bool:
        """Renew a lease, and add samples and output parts, all of it or nothing.

        lease: the one that was taken, with mono_ns and at of now. False, and nothing is written,
        where another has taken it over. Raises ValueError unless mono_ns is later than before,
        which is how a repeated beat is told from the next.
        """

    def give_up_lease(self, lease: Lease) -> None:
        """Cease to conduct: delete the lease, unless it is another's by now."""

    def latest_samples(self, launch: str, probes: Iterable[str]) -> dict[str, Sample]:
        """Return the newest sample of each probe that has one, all as of one moment."""

    def samples(self, launch: str, probe: str, limit: int) -> list[Sample]:
        """Return a probe's newest samples, at most limit, oldest first."""

    def points(self, launch: str, probe: str, since: str, until: str) -> list[Point]:
        """Return when each sample of a probe was taken, its state and its latency, oldest first.

        since, until: RFC 3339, UTC, with milliseconds; until is not included.
        """

    def newest_sample(self) -> int:
        """Return the id of the newest sample of all launches, 0 where there is none."""

    def rows(self, launch: str, after: int, last: int) -> Iterator[Row]:
        """Yield the samples of a launch with after < id <= last, in order."""

    def rows_of(self, launch: str, probe: str, after: int, last: int) -> list[Row]:
        """Return the samples of a probe with after < id <= last, in order."""

    def sampled(self, launch: str) -> list[str]:
        """Return the probes of a launch that have samples, in the order of their ids."""

    def marks(self, launch: str, after: int, last: int) -> str:
        """Return the marks that were kept of the samples with after < id <= last."""

    def keep_marks(self, lease: Lease, after: int, last: int, marks: str) -> None:
        """Keep the marks of samples with after < id <= last, in place of all kept after `after`.

        Raises LeaseLost as `append` does, and LogUnwritable.
        """

    def thin(self, lease: Lease, ids: Sequence[int]) -> None:
        """Take samples away, under a lock that is as long as there are many. Raises as above."""

    def outputs(self, launch: str, attempt: int, step: str, run: int) -> str:
        """Return what one run of a step printed: its parts, in order, put together."""

    def close(self) -> None:
        """Release the log. Nothing is lost: what was acknowledged is durable."""
