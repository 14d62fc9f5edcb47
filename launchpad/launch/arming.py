"""Whether a trigger acts now, and how it stands in words."""

from dataclasses import dataclass
from typing import Literal

from launchpad.checklist.durations import duration, launch_time
from launchpad.checklist.model import Trigger
from launchpad.launch.countdown import reading
from launchpad.launch.moment import Moment, second
from launchpad.launch.state import LaunchState

# "by-hand": people watch it, and no program does.
TriggerWord = Literal["by-hand", "not-armed", "armed", "tripped", "dismissed"]


@dataclass(frozen=True, slots=True)
class TriggerStanding:
    """How a trigger stands. why: in words, on one line; since: of what tripped or was dismissed.

    left_ms: how long it is still dismissed or armed, None for no end that is known.
    """

    word: TriggerWord
    why: str
    since: Moment | None = None
    left_ms: int | None = None


def triggers_of(state: LaunchState) -> tuple[Trigger, ...]:
    """Return the triggers of a launch's rollback."""
    plan = state.checklist.rollback
    return plan.triggers if plan else ()


def trigger_standing(state: LaunchState, trigger: Trigger, now: Moment) -> TriggerStanding:
    """Return how a trigger stands now."""
    if not trigger.probes:
        return TriggerStanding("by-hand", "people watch it")
    known = state.triggers.trigger(trigger.id)
    dismissed_ms = dismissed_for_ms(state, trigger, now)
    if known.dismissal and dismissed_ms:
        by, reason = known.dismissal.by, known.dismissal.reason
        why = f"dismissed by {by} for another {duration(dismissed_ms)}: {reason}"
        return TriggerStanding("dismissed", why, known.dismissal.since, dismissed_ms)
    if known.tripped:
        why = f"tripped at {second(known.tripped.at)} on {known.probe}: {known.shown}"
        return TriggerStanding("tripped", why, known.tripped)
    unarmed = not_armed(state, trigger, now)
    if unarmed:
        return TriggerStanding("not-armed", f"not armed: {unarmed}")
    left_ms = trigger.active_until_ms - _t_ms(state, now)
    return TriggerStanding(
        "armed", f"armed until {launch_time(trigger.active_until_ms)}", left_ms=left_ms
    )


def not_armed(state: LaunchState, trigger: Trigger, now: Moment) -> str | None:
    """Return why a trigger cannot trip now; None where it can, unless it was dismissed."""
    if not trigger.probes:
        return "people watch it"
    if state.closure:
        return "the launch is closed"
    if state.scrub:
        return f"the launch was scrubbed by {state.scrub.by} at {second(state.scrub.at)}"
    # After one that was abandoned there is something to go back from.
    if state.rollback and state.rollback.status != "abandoned":
        over = "was completed" if state.rollback.over else "is under way"
        return f"the rollback {over}"
    return _out_of_time(state, trigger, now)


def _out_of_time(state: LaunchState, trigger: Trigger, now: Moment) -> str | None:
    if state.countdown is None:
        return "T-0 has no time"
    t_ms = _t_ms(state, now)
    if t_ms < trigger.active_from_ms:
        return f"it is armed from {launch_time(trigger.active_from_ms)}"
    if t_ms > trigger.active_until_ms:
        return f"it was armed until {launch_time(trigger.active_until_ms)}"
    return None


def frozen_by(state: LaunchState) -> str | None:
    """Return what freezes the cutover, "trigger ID tripped at …"; None where nothing does.

    It does until somebody dismisses it, also where its probes are good again: going on is for
    people to decide.
    """
    for trigger in triggers_of(state):
        known = state.triggers.trigger(trigger.id)
        if trigger.action == "freeze" and known.tripped:
            at = second(known.tripped.at)
            return f"trigger {trigger.id} tripped at {at} on {known.probe}: {known.shown}"
    return None


def dismissed_for_ms(state: LaunchState, trigger: Trigger, now: Moment) -> int:
    """Return how long a trigger is still dismissed: 0 where it is not."""
    dismissal = state.triggers.trigger(trigger.id).dismissal
    return dismissal.left(now).ms if dismissal else 0


def _t_ms(state: LaunchState, now: Moment) -> int:
    clock = state.countdown
    return reading(clock, state.checklist.holds, now).t_ms if clock else 0
