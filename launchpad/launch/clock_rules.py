"""The rules of the launch's clock: who may set it, hold it, and let it run."""

from launchpad.checklist.durations import duration, launch_time
from launchpad.checklist.model import Hold
from launchpad.launch.authority import refuse_scrubbed, require_lead
from launchpad.launch.clock_facts import (
    ClockHeld,
    ClockRecycled,
    ClockResumed,
    ClockStepped,
    LaunchScheduled,
    LaunchScrubbed,
    ObservationAcknowledged,
)
from launchpad.launch.countdown import Countdown, conditional, reading
from launchpad.launch.intents import (
    AcknowledgeGap,
    HoldClock,
    RecycleClock,
    ResumeClock,
    ScrubLaunch,
    SetT0,
)
from launchpad.launch.kinds import Body
from launchpad.launch.moment import Moment, second
from launchpad.launch.person import Person
from launchpad.launch.refused import Refused, said
from launchpad.launch.state import LaunchState
from launchpad.launch.tally import poll_word
from launchpad.text.safe import one_line


def set_t0(state: LaunchState, intent: SetT0, by: Person) -> tuple[Body, ...]:
    """Give T-0 a time, or another one; or settle what it keeps after the wall clock was set."""
    refuse_scrubbed(state)
    require_lead(state, by, "set T-0")
    clock = state.countdown
    if clock:
        _refuse_stale(clock, intent.seen)
    if intent.keeps and clock and intent.now:
        t_ms = reading(clock, state.checklist.holds, intent.now).t_ms
        if t_ms >= 0:
            raise Refused(
                f"T-0 was {duration(t_ms)} ago: it has nothing left to keep; "
                "launchpad t0 TIME gives it another time"
            )
    if intent.keeps and (clock is None or clock.step is None):
        raise Refused("the wall clock was not set; there is nothing to keep")
    if intent.in_ms < 0:
        raise Refused(f"T-0 would have been {duration(-intent.in_ms)} ago")
    return (
        LaunchScheduled(
            t0=intent.t0, zone=one_line(intent.zone), in_ms=intent.in_ms, keeps=intent.keeps
        ),
    )


def hold(state: LaunchState, intent: HoldClock, by: Person) -> tuple[Body, ...]:
    """Let T- stand still."""
    clock = _running(state)
    require_lead(state, by, "hold the clock")
    if clock.held:
        raise Refused(
            f"the clock is held already, by {clock.held.by} at {second(clock.held.since.at)}: "
            f"{clock.held.reason}"
        )
    _refuse_stale(clock, intent.seen)
    return (ClockHeld(reason=_reason(intent.reason, "a hold")),)


def resume(state: LaunchState, intent: ResumeClock, by: Person) -> tuple[Body, ...]:
    """Let T- run again; a built-in hold that nobody called is left, with a reason."""
    clock = _running(state)
    require_lead(state, by, "resume the clock")
    _refuse_stale(clock, intent.seen)
    if clock.held:
        return (ClockResumed(why=said(intent.reason)),)
    now = reading(clock, state.checklist.holds, intent.now)
    if now.hold is None:
        raise Refused("the clock is not held")
    reason = _reason(intent.reason, f"to leave the built-in hold {now.hold.id} early")
    return (ClockResumed(hold=now.hold.id, why=reason),)


def recycle(state: LaunchState, intent: RecycleClock, by: Person) -> tuple[Body, ...]:
    """Set T- back, and hold there."""
    clock = _running(state)
    require_lead(state, by, "recycle the clock")
    _refuse_stale(clock, intent.seen)
    now = reading(clock, state.checklist.holds, intent.now)
    if intent.t_ms >= 0:
        raise Refused("the clock is recycled to a time before T-0, such as T-20m")
    if intent.t_ms >= now.t_ms:
        raise Refused(
            f"the clock stands at {launch_time(now.t_ms // 1_000 * 1_000)}; "
            "it is recycled to an earlier time"
        )
    return (ClockRecycled(t_ms=intent.t_ms, reason=_reason(intent.reason, "to recycle")),)


def scrub(state: LaunchState, intent: ScrubLaunch, by: Person) -> tuple[Body, ...]:
    """Say that there is no launch today."""
    refuse_scrubbed(state)
    require_lead(state, by, "scrub the launch")
    return (LaunchScrubbed(reason=_reason(intent.reason, "to scrub")),)


def acknowledge(state: LaunchState, intent: AcknowledgeGap, _by: Person) -> tuple[Body, ...]:
    """Say that a gap was seen; steps and triggers act again."""
    if state.gap is None:
        raise Refused("there is no observation gap to acknowledge")
    if state.gap > intent.seen:
        raise Refused(f"the observation gap of event {state.gap} came after what you saw")
    if state.phase == "rolling-back":
        raise Refused("a rollback is under way: it is resumed, by who has authority over it")
    return (ObservationAcknowledged(),)


def held_by_itself(state: LaunchState, _fact: ClockHeld) -> None:
    """Check a hold that a conductor calls, for a commit criterion that is not met."""
    if _running(state).held:
        raise Refused("the clock is held already")


def opened_by_itself(state: LaunchState, fact: ClockResumed, now: Moment | None) -> None:
    """Check that what a built-in hold waits for is there. now: to know whether a GO still holds."""
    clock = _running(state)
    if now is None:
        raise Refused(f"when the built-in hold {fact.hold} opened is not known")
    awaited = next((each for each in state.checklist.holds if each.id == fact.hold), None)
    if awaited is None or fact.at_once or not opens(state, awaited, now):
        raise Refused(f"the built-in hold {fact.hold} is not open")
    if awaited.id in clock.opened:
        raise Refused(f"the built-in hold {fact.hold} was opened already")


def stepped(state: LaunchState, _fact: ClockStepped) -> None:
    """Check that there is a T-0 that a step of the wall clock concerns."""
    _running(state)


def opens(state: LaunchState, hold: Hold, now: Moment) -> bool:
    """Say whether everything that a built-in hold waits for is there now."""
    if not conditional(hold):
        return False
    phases = frozenset(hold.phases)
    waited = (phase for phase in state.checklist.phases if phase.id in phases)
    if not all(state.done(item) for phase in waited for item in phase.items):
        return False
    poll = state.poll
    return hold.poll is None or (
        poll is not None and poll.phase == hold.poll and poll_word(state, poll, now) == "go"
    )


def _running(state: LaunchState) -> Countdown:
    refuse_scrubbed(state)
    if state.countdown is None:
        raise Refused("T-0 has no time yet: launchpad t0 TIME gives it one")
    return state.countdown


def _refuse_stale(clock: Countdown, seen: int) -> None:
    if clock.touched > seen:
        raise Refused(
            f"the clock was changed by {clock.touched_by} at {second(clock.touched_at)}, "
            "after what you saw"
        )


def _reason(text: str, what: str) -> str:
    reason = said(text)
    if not reason:
        raise Refused(f"{what} needs a reason")
    return reason
