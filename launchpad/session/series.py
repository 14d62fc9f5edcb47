"""A probe's samples as a curve for people: at most so many buckets, and the bands of its state."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from launchpad.launch.baseline import nearest_rank
from launchpad.log.sampled import Point
from launchpad.log.store import Log
from launchpad.session.clock import rfc3339

# From good to bad; a state of a newer program counts as the worst of those that say nothing.
_BADNESS: Final = ("success", "skipped", "inconclusive", "error", "failed")


@dataclass(frozen=True, slots=True)
class Bucket:
    """The samples of a part of the time.

    at, until: RFC 3339, UTC; until is not included. p50_us, p95_us: microseconds, by the nearest
    rank, of the samples that have a latency; None where none has. worst: the worst state.
    """

    at: str
    until: str
    count: int
    p50_us: int | None
    p95_us: int | None
    worst: str


@dataclass(frozen=True, slots=True)
class Band:
    """A state, from its first sample up to the first of another state, or its own last one."""

    state: str
    at: str
    until: str


@dataclass(frozen=True, slots=True)
class Series:
    """buckets: those that have samples, in order; bands: of every change, in order."""

    buckets: tuple[Bucket, ...] = ()
    bands: tuple[Band, ...] = ()


def series(
    log: Log, launch: str, probe: str, since: datetime, until: datetime, most: int
) -> Series:
    """Return a probe's samples from since up to until, which is not included.

    most: how many buckets the time is divided into. Thinned samples are as few as they are: the
    figures of old buckets are those of the slowest of each minute. Raises LogError, and ValueError
    where there is no time or no bucket.
    """
    edges = _edges(since, until, most)
    return series_of(log.points(launch, probe, edges[0], edges[-1]), edges)


def series_of(points: Sequence[Point], edges: Sequence[str]) -> Series:
    """Return samples as a curve. edges: where buckets begin, and where the last one ends."""
    states: list[set[str]] = [set() for _ in edges]
    latencies: list[list[int]] = [[] for _ in edges]
    counts = [0] * len(edges)
    bands: list[Band] = []
    state = begun = last = ""
    for at, found, latency_us in points:
        bucket = bisect_right(edges, at) - 1
        counts[bucket] += 1
        if latency_us is not None:
            latencies[bucket].append(latency_us)
        if found != state:
            if state:
                bands.append(Band(state, begun, at))
            state, begun = found, at
        states[bucket].add(found)
        last = at
    if state:
        bands.append(Band(state, begun, last))
    buckets = (
        _bucket(edges[place], edges[place + 1], count, latencies[place], worst(states[place]))
        for place, count in enumerate(counts)
        if count
    )
    return Series(tuple(buckets), tuple(bands))


def _bucket(at: str, until: str, count: int, latencies: list[int], state: str) -> Bucket:
    ordered = sorted(latencies)
    p50_us, p95_us = (nearest_rank(ordered, percent) if ordered else None for percent in (50, 95))
    return Bucket(at, until, count, p50_us, p95_us, state)


def worst(states: Iterable[str]) -> str:
    """Return the worst of some states."""
    return max(states, key=lambda state: (_badness(state), state))


def _badness(state: str) -> int:
    return _BADNESS.index(state if state in _BADNESS else "inconclusive")


def _edges(since: datetime, until: datetime, most: int) -> list[str]:
    if most < 1 or since >= until:
        raise ValueError("a curve takes some time, and a bucket")
    step = (until - since) / most
    moments = [since + step * number for number in range(most)]
    # As samples have theirs: they are compared as text.
    return [rfc3339(moment) for moment in (*moments, until)]
