"""What the clock's commands do: T-0 set, held, resumed, recycled; the launch scrubbed."""

from launchpad.checklist.durations import launch_time_of
from launchpad.cli.acting import Given, record, taking_part
from launchpad.cli.misused import Misused
from launchpad.cli.output import flush, narrate
from launchpad.cli.scheduling import typed_t0
from launchpad.launch.clock_facts import Keeping
from launchpad.launch.intents import (
    AcknowledgeGap,
    HoldClock,
    Intent,
    RecycleClock,
    ResumeClock,
    ScrubLaunch,
    SetT0,
)
from launchpad.launch.moment import moment_at, shifted
from launchpad.launch.refused import Refused
from launchpad.session.civil import TypedT0, echo, kept_t0
from launchpad.session.clock import now
from launchpad.session.clock_words import clock_of, hold_words, later_words, stand
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import Participant
from launchpad.text.safe import one_line


def set_t0(given: Given, typed: str | None, keep: Keeping | None) -> None:
    """Give T-0 a time, or say what it keeps after the wall clock was set: one of the two."""
    if (typed is None) == (keep is None):
        raise Misused("say when T-0 is, or --keep hour or --keep remainder, and not both")
    at = now()
    read = typed_t0(typed, at) if typed is not None else None
    with taking_part(given) as (live, by):
        state = live.state
        if read is None and keep is not None:
            if state.countdown is None:
                raise Refused("T-0 has no time yet: launchpad t0 TIME gives it one")
            read = kept_t0(state.countdown, state.checklist.holds, keep, at)
        if read is not None:
            intent = SetT0(read.t0, read.zone, read.in_ms, keep, state.head.seq, moment_at(at))
            record(given, live, intent, by)
            narrate(f"T-0 is {echo(read, at)}")


def hold(given: Given, reason: str) -> None:
    """Let T- stand still."""
    with taking_part(given) as (live, by):
        _decide(given, live, HoldClock(reason, live.state.head.seq), by)


def resume(given: Given, reason: str) -> None:
    """Let T- run again, also out of a built-in hold that nobody called."""
    with taking_part(given) as (live, by):
        intent = ResumeClock(reason, moment_at(now()), live.state.head.seq)
        _decide(given, live, intent, by)


def recycle(given: Given, time: str, reason: str) -> None:
    """Set T- back to an earlier time of the launch, and hold there."""
    t_ms = launch_time_of(time.strip())
    if t_ms is None:
        raise Misused(f"expected a time of the launch such as T-20m, not {one_line(time)!r}")
    with taking_part(given) as (live, by):
        intent = RecycleClock(t_ms, reason, moment_at(now()), live.state.head.seq)
        _decide(given, live, intent, by)


def scrub(given: Given, reason: str) -> None:
    """Say that there is no launch today."""
    with taking_part(given) as (live, by):
        record(given, live, ScrubLaunch(reason, live.state.head.seq), by)
        narrate("what runs goes on; launchpad close --outcome scrubbed ends the launch")


def acknowledge(given: Given) -> None:
    """Say that one has seen that nobody observed for a while."""
    with taking_part(given) as (live, by):
        record(given, live, AcknowledgeGap(live.state.head.seq), by)


def _decide(given: Given, live: LiveLaunch, intent: Intent, by: Participant) -> None:
    record(given, live, intent, by)
    flush()
    at = now()
    clock = clock_of(live.state, moment_at(at))
    if clock is None:
        return
    t0 = TypedT0(shifted(at.at, clock.remaining_ms), clock.countdown.zone, clock.remaining_ms)
    words = hold_words(live.state, clock)
    told = f"{stand(live.state, clock).upper()}{f' {words}' if words else ''}"
    later = later_words(clock)
    earliest = "at the earliest " if words else ""
    narrate(f"{told}; T-0 {earliest}{echo(t0, at)}{f'; {later}' if later else ''}")
