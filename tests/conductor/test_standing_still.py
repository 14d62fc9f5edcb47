"""A conductor that stood still, frozen or with its machine, and that nobody took over from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpad.conductor import post as posts
from launchpad.conductor.holding import try_to_hold
from launchpad.conductor.post import GAP_MS, Post
from launchpad.launch.intents import StartRollback
from launchpad.launch.operations import ConductorStarted, StepStarted
from launchpad.log.boottime import boot_time
from launchpad.session.live import LiveLaunch
from tests.conductor.conftest import Conducted


class Clock:
    """The time since the boot, and what a test lets pass at once."""

    def __init__(self) -> None:
        self.ahead_ns = 0

    def __call__(self) -> tuple[str, int]:
        boot_id, mono_ns = boot_time()
        return boot_id, mono_ns + self.ahead_ns


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(posts, "boot_time", clock)
    return clock


@pytest.fixture
def conducted(tmp_path: Path) -> Iterator[Conducted]:
    conducted = Conducted(tmp_path)
    yield conducted
    conducted.close()


async def on_post(conducted: Conducted) -> Post:
    """Return the post of a conductor that took the launch, with a rollback under way."""
    held = try_to_hold(conducted.log, conducted.launch)
    assert held
    lease = held[0]
    post = Post(LiveLaunch(conducted.log, conducted.launch), lease, lambda _why: None)
    taken = ConductorStarted(epoch=lease.epoch, host="h", user="u", pid=1, program="p")
    assert await post.report(taken)
    conducted.does(lambda seen: StartRollback("it fails", "harbour", None, seen))
    return post


FIRST = StepStarted(step="pause", attempt=1, run=1)


async def test_what_it_was_about_to_start_waits_until_somebody_saw_the_gap(
    conducted: Conducted, clock: Clock
) -> None:
    post = await on_post(conducted)
    clock.ahead_ns += (GAP_MS + 1_000) * 1_000_000
    assert not await post.report(FIRST)
    (gap,) = conducted.events("observation.gap")
    assert int(str(gap.body["gap_ms"])) > GAP_MS
    assert conducted.events("step.started") == []
    assert post.state.rollback
    assert post.state.rollback.status == "paused"
    post.close()


async def test_the_gap_is_told_once_also_where_there_is_nothing_to_do(
    conducted: Conducted, clock: Clock
) -> None:
    post = await on_post(conducted)
    clock.ahead_ns += (GAP_MS + 1_000) * 1_000_000
    await post.moved(0)
    await post.moved(0)
    assert len(conducted.events("observation.gap")) == 1
    post.close()


async def test_a_moment_of_it_is_none(conducted: Conducted, clock: Clock) -> None:
    post = await on_post(conducted)
    clock.ahead_ns += (GAP_MS - 1_000) * 1_000_000
    assert await post.report(FIRST)
    assert conducted.events("observation.gap") == []
    post.close()
