"""What happened to the launch's clock, in plain words."""

import pytest

from launchpad.launch.clock_facts import (
    ClockHeld,
    ClockRecycled,
    ClockResumed,
    ClockStepped,
    LaunchScheduled,
    LaunchScrubbed,
    ObservationAcknowledged,
)
from launchpad.launch.kinds import Body
from launchpad.session.telling import tell
from tests.launch.making import Told, event

T0 = "2026-11-22T01:30:00.000Z"
SET = "set T-0 to 2026-11-22 01:30:00Z, in 1h42m"
TOLD: list[tuple[Body, str]] = [
    (LaunchScheduled(t0=T0, zone="Europe/Berlin", in_ms=6_120_000), f"{SET} (Europe/Berlin)"),
    (
        LaunchScheduled(t0=T0, zone="UTC", in_ms=6_120_000, keeps="hour"),
        f"{SET}, keeping its hour after the clock was set (UTC)",
    ),
    (
        LaunchScheduled(t0=T0, zone="UTC", in_ms=6_120_000, keeps="remainder"),
        f"{SET}, keeping what was left of it after the clock was set (UTC)",
    ),
    (ClockHeld(reason="the vendor\nis late"), "held the clock: the vendor is late"),
    (ClockResumed(), "resumed the clock"),
    (ClockResumed(why="he is here"), "resumed the clock: he is here"),
    (ClockResumed(hold="gate", why="ready"), "left the built-in hold gate: ready"),
    (ClockResumed(hold="gate", at_once=False), "opened the built-in hold gate"),
    (
        ClockRecycled(t_ms=-1_200_000, reason="again"),
        "recycled the clock to T-20m and held it there: again",
    ),
    (ClockStepped(step_ms=3_600_000), "found the wall clock set forward by 1h00m"),
    (ClockStepped(step_ms=-90_000), "found the wall clock set back by 1m30s"),
    (LaunchScrubbed(reason="too late"), "scrubbed the launch: too late"),
    (ObservationAcknowledged(), "acknowledged that nobody had observed for a while"),
]


@pytest.mark.parametrize(("body", "told"), TOLD)
def test_an_event_on_the_clock_reads_on_from_its_author(body: Body, told: str) -> None:
    assert tell(event(2, body), Told().now) == told
