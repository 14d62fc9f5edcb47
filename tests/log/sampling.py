"""Launches with samples, and digests of them, for tests: of whoever conducts."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from launchpad.conductor.digesting import digested, take_away, thinned
from launchpad.launch.event import Draft, Stamp
from launchpad.launch.sample_facts import SamplesDigested, SamplesThinned
from launchpad.log.leasing import Lease
from launchpad.log.samples import Sample
from launchpad.log.sqlite import SqliteLog
from launchpad.log.verify import Verdict, verify_log
from launchpad.session.clock import rfc3339
from launchpad.session.covering import covered
from tests.log.holder import make_lease, renewed

BEGAN = datetime(2026, 1, 1, 20, tzinfo=UTC)
STAMP = Stamp("2026-01-01T20:00:00.000Z", "1000000000", "a-boot-id", "a-host")


def taken(
    probe: str, seconds: float, state: str = "success", latency_us: int | None = 900
) -> Sample:
    """Make a sample of a probe, so many seconds after BEGAN."""
    at = rfc3339(BEGAN + timedelta(seconds=seconds))
    return Sample(probe, at, int(seconds * 1e9), "boot", state, "ok", "200 \x7fü\u2028", latency_us)


class Conducting:
    """Whoever conducts a launch: brings samples, and records what becomes of them."""

    def __init__(self, log: SqliteLog, launch: str = "L") -> None:
        self.log = log
        self.launch = launch
        self.lease: Lease = make_lease(launch, log.lease(launch))
        assert log.take_lease(self.lease, log.lease(launch))
        self.digested = 0
        self.thinned = 0

    def brings(self, samples: Sequence[Sample]) -> None:
        """Beat, with these samples."""
        self.lease = renewed(self.lease)
        assert self.log.beat(self.lease, samples)

    def digests(self) -> SamplesDigested:
        """Digest what came since the last time, and record it."""
        fact = digested(self.log, self.lease, self.digested)
        assert fact is not None
        self._records("samples.digested", fact)
        self.digested = fact.last
        return fact

    def records_thinning(self) -> SamplesThinned:
        """Record what stays of the samples that are digested."""
        fact = thinned(self.log, self.launch, self.thinned, self.digested)
        self._records("samples.thinned", fact)
        self.thinned = fact.last
        return fact

    def thins(self) -> SamplesThinned:
        """Thin the samples that are digested."""
        fact = self.records_thinning()
        take_away(self.log, self.lease, fact)
        return fact

    def _records(self, kind: str, fact: SamplesDigested | SamplesThinned) -> None:
        head = self.log.head(self.launch)
        draft = Draft(
            self.launch, f"{kind}-{fact.last}", kind, STAMP, {"initials": ""}, asdict(fact)
        )
        self.log.append(self.launch, head, lambda _new: [draft], under=self.lease)


def verdict(log: SqliteLog | Path, launch: str = "L") -> Verdict:
    """Return what a check of a launch finds, its samples too."""
    (found,) = [each for each in verify_log(log, covered) if each.launch == launch]
    return found


def behind_its_back(path: Path, statement: str, values: Iterable[str | int] = ()) -> int:
    """Change a log's file, and return how many rows it concerned."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=10)) as connection:
        return connection.execute(statement, list(values)).rowcount
