"""A probe's past over a range of time, read from its samples and from the log's events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from launchpad.launch.event import Event
from launchpad.launch.kinds import BadEvent, decode
from launchpad.launch.operations import ProbeChanged
from launchpad.log.store import Log
from launchpad.session.clock import rfc3339
from launchpad.session.series import Bucket, series_of

_MINUTE_MS: Final = 60_000
# What the keys go through, shortest first, and how it is called.
RANGES_MS: Final = {
    15 * _MINUTE_MS: "15m",
    60 * _MINUTE_MS: "1h",
    360 * _MINUTE_MS: "6h",
    1440 * _MINUTE_MS: "24h",
}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Window:
    """A time divided into equal buckets. until: RFC 3339, UTC; not included."""

    until: str
    step_ms: int
    columns: int

    def edges(self) -> list[str]:
        """Return where the buckets begin, and where the last one ends."""
        until, step = datetime.fromisoformat(self.until), self.step_ms * _MILLISECOND
        return [rfc3339(until - step * number) for number in range(self.columns, -1, -1)]


def window(at: str, range_ms: int, columns: int) -> Window:
    """Return the buckets of a time that ends at a moment, or a part of a bucket after it.

    Their edges are the same for every moment within a bucket: what is drawn stands still until the
    next one begins, and a sample never moves from one to another.
    """
    step_ms = -(-range_ms // columns)
    begun = (datetime.fromisoformat(at) - _EPOCH) // (step_ms * _MILLISECOND)
    return Window(rfc3339(_EPOCH + (begun + 1) * step_ms * _MILLISECOND), step_ms, columns)


@dataclass(frozen=True, slots=True)
class Past:
    """A probe's samples in a window.

    buckets: those that have samples, in order; whole: all of them as one, None for no samples;
    good: how many were OK; slowest_us: None where nothing was timed.
    """

    probe: str
    window: Window
    buckets: tuple[Bucket, ...]
    whole: Bucket | None
    good: int
    slowest_us: int | None


def past(log: Log, launch: str, probe: str, over: Window) -> Past:
    """Read a probe's samples. Raises LogError."""
    edges = over.edges()
    points = log.points(launch, probe, edges[0], edges[-1])
    whole = series_of(points, (edges[0], edges[-1])).buckets
    return Past(
        probe,
        over,
        series_of(points, edges).buckets,
        whole[0] if whole else None,
        sum(state == "success" for _, state, _ in points),
        max((latency_us for *_, latency_us in points if latency_us is not None), default=None),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A probe's state became another one, its thresholds applied. at: RFC 3339, UTC."""

    seq: int
    at: str
    what: ProbeChanged


def changes(events: Iterable[Event]) -> dict[int, Change]:
    """Return what became of probes, by seq; what makes no sense has nothing to say."""
    found: dict[int, Change] = {}
    for event in events:
        if event.kind != "probe.changed":
            continue
        try:
            what = decode(event)
        except BadEvent:
            continue
        if isinstance(what, ProbeChanged):
            found[event.seq] = Change(event.seq, event.at, what)
    return found
