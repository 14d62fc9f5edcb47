"""A conductor that observes and runs nothing: it records what a test says that it did."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launchpad.conductor.holding import Holding, try_to_hold
from launchpad.launch.intents import ReportFact
from launchpad.launch.moment import moment_at
from launchpad.launch.operations import ConductorStarted, Report
from launchpad.launch.person import Person
from launchpad.log.address import open_log
from launchpad.log.leasing import Lease
from launchpad.log.samples import Sample
from launchpad.log.store import Log
from launchpad.session.clock import now
from launchpad.session.launches import entries, to_write
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import participant


class Conductor:
    """Holds the lease of a launch."""

    def __init__(self, log: Log, live: LiveLaunch, lease: Lease) -> None:
        self.log = log
        self.live = live
        self.lease = lease
        self.holding = Holding(log, lease, lambda _why: None)

    def reports(self, *facts: Report) -> None:
        """Record facts, one after the other."""
        by = participant(Person(""), "conductor", {})
        for fact in facts:
            self.live.catch_up()
            report = ReportFact(fact, self.lease.epoch, moment_at(now()))
            self.live.submit(report, by, under=self.lease)

    def samples(self, sample: Sample) -> None:
        """Have a sample written with the next beat, and wait until it is."""
        self.holding.sampled(sample)
        give_up = time.monotonic() + 10
        while self.log.latest_samples(self.live.launch, [sample.probe]) != {sample.probe: sample}:
            assert time.monotonic() < give_up
            self.log.wait(0.1)


@contextmanager
def conducting(path: Path) -> Iterator[Conductor]:
    """Conduct the only open launch of a log, with a beat each half second."""
    log = open_log(str(path), create=False)
    try:
        launch = to_write(entries(log)).launch
        held = try_to_hold(log, launch)
        assert held is not None
        lease, _ = held
        conductor = Conductor(log, LiveLaunch(log, launch), lease)
        conductor.holding.start()
        try:
            conductor.reports(
                ConductorStarted(
                    epoch=lease.epoch,
                    host=lease.host,
                    user=lease.user,
                    pid=lease.pid,
                    program="a test",
                )
            )
            yield conductor
        finally:
            conductor.holding.stop()
            log.give_up_lease(conductor.holding.lease)
    finally:
        log.close()
