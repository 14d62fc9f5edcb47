"""The conductor digests the samples and thins old ones, and goes on where another was ended."""

import asyncio
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from launchpad import __version__
from launchpad.conductor import digesting as module
from launchpad.conductor.digesting import Digesting
from launchpad.conductor.holding import try_to_hold
from launchpad.conductor.post import Post
from launchpad.launch.event import Stamp
from launchpad.launch.operations import ConductorStarted
from launchpad.log.leasing import Lease
from launchpad.log.sqlite import SqliteLog
from launchpad.session.clock import now, rfc3339
from launchpad.session.live import LiveLaunch
from tests.conductor.conftest import Conducted
from tests.log.holder import renewed
from tests.log.sampling import taken, verdict

DAY = timedelta(hours=24)


class Conductor:
    """A conductor of a launch, as far as its samples are concerned, at any time of its life."""

    def __init__(self, conducted: Conducted) -> None:
        held = try_to_hold(conducted.log, conducted.launch)
        self.lease: Lease = held[0] if held else pytest.fail("it is held")
        self.log = conducted.log
        self.post = Post(LiveLaunch(conducted.log, conducted.launch), self.lease, pytest.fail)
        self.later = timedelta()
        self.digesting = Digesting(self.post, self.lease, clock=self.clock)

    def clock(self) -> Stamp:
        """Tell a time as long from now as a test says, on the clock of another boot."""
        at = rfc3339(datetime.now(UTC) + self.later)
        return Stamp(at, now().mono_ns, "another-boot", socket.gethostname())

    async def begins(self) -> None:
        started = ConductorStarted(
            epoch=self.lease.epoch,
            host=self.lease.host,
            user=self.lease.user,
            pid=os.getpid(),
            program=f"launchpad {__version__}",
        )
        assert await self.post.report(started)

    def brings(self, count: int) -> None:
        self.lease = renewed(self.lease)
        assert self.log.beat(self.lease, [taken("up", number * 5) for number in range(count)])


@pytest.fixture
def conductor(conducted: Conducted) -> Iterator[Conductor]:
    conductor = Conductor(conducted)
    asyncio.run(conductor.begins())
    yield conductor
    conductor.post.close()


def left(conductor: Conductor) -> int:
    return len(conductor.log.samples(conductor.post.launch, "up", 9999))


async def test_what_came_since_the_last_digest_is_digested(
    conductor: Conductor, conducted: Conducted
) -> None:
    await conductor.digesting.digest()
    for count in (7, 5):
        conductor.brings(count)
        await conductor.digesting.digest()
    bodies = [event.body for event in conducted.events("samples.digested")]
    assert [(body["after"], body["last"], body["count"]) for body in bodies] == [
        (0, 7, 7),
        (7, 12, 5),
    ]
    assert isinstance(conducted.log, SqliteLog)
    assert verdict(conducted.log, conducted.launch).intact


async def test_samples_are_thinned_when_they_are_a_day_old_an_hour_of_them_together(
    conductor: Conductor, conducted: Conducted
) -> None:
    conductor.brings(600)
    await conductor.digesting.digest()
    for later, stay in ((DAY, 600), (DAY + timedelta(minutes=61), 51)):
        conductor.later = later
        await conductor.digesting.thin()
        assert left(conductor) == stay
    await conductor.digesting.thin()
    assert len(conducted.events("samples.thinned")) == 1
    assert isinstance(conducted.log, SqliteLog)
    found = verdict(conducted.log, conducted.launch)
    assert (found.intact, found.samples.thinned) == (True, 549)


async def test_the_next_conductor_finishes_a_thinning(
    conductor: Conductor, monkeypatch: pytest.MonkeyPatch
) -> None:
    conductor.brings(600)
    await conductor.digesting.digest()
    conductor.later = 2 * DAY
    with monkeypatch.context() as patched:
        patched.setattr(module, "take_away", lambda *_: None)
        await conductor.digesting.thin()
    assert left(conductor) == 600
    running = asyncio.create_task(Digesting(conductor.post, conductor.lease).run())
    async with asyncio.timeout(10):
        while left(conductor) > 51:  # noqa: ASYNC110 - nothing tells when
            await asyncio.sleep(0.01)
    running.cancel()


PROBED = """\
launchpad: 1
title: Harbour cutover
probes:
  up: {env: {name: PATH, from: conductor}, interval: 1s}
phases:
  - id: edge
    title: Edge
    items:
      - {id: dns, text: DNS points here, probe: up}
"""


def test_a_conductor_that_is_ended_digests_what_it_saw(tmp_path: Path) -> None:
    conducted = Conducted(tmp_path, PROBED)
    try:
        process = conducted.conducting()
        conducted.until(
            lambda: bool(conducted.log.latest_samples(conducted.launch, ["up"])), "no sample"
        )
        process.terminate()
        process.wait(10)
        kinds = [event.kind for event in conducted.log.events(conducted.launch)]
        assert kinds[-2:] == ["samples.digested", "conductor.stopped"]
        assert isinstance(conducted.log, SqliteLog)
        assert verdict(conducted.log, conducted.launch).intact
    finally:
        conducted.close()
