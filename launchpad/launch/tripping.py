"""What trips a trigger: so many failures of a probe in a row, or errors.

Results in a row are counted for each trigger and probe from the last one that was healthy. What
does not tell, such as an observation without data, neither counts nor ends a row: it says nothing
of the probe's health. Nothing is counted while a trigger is not armed; it is while somebody
dismissed it, so that it trips again when that is over and it still fails.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from launchpad.checklist.model import Checklist, Trigger
from launchpad.conditions.evaluate import Outcome, Verdict
from launchpad.launch.arming import dismissed_for_ms, not_armed, triggers_of
from launchpad.launch.baseline import relative
from launchpad.launch.criteria import matching
from launchpad.launch.cutover import no_return
from launchpad.launch.moment import Moment
from launchpad.launch.state import LaunchState
from launchpad.launch.trigger_facts import RollbackProposed, TriggerTripped
from launchpad.probes.result import Result

# "blind": nothing could be seen at all, and what was counted before may have been of that.
Health = Literal["healthy", "failing", "error", "unknown", "blind"]


@dataclass(frozen=True, slots=True)
class Streak:
    """What a probe shows a trigger: failures and errors since it was last healthy.

    healthy: whether it was at the newest result that tells; shown: what the newest bad one was.
    """

    failures: int = 0
    errors: int = 0
    healthy: bool = False
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Tripping:
    """What one conductor counted. streaks: by trigger and probe.

    rested: the triggers all of whose probes were healthy since they tripped.
    """

    streaks: Mapping[tuple[str, str], Streak] = field(default_factory=dict)
    rested: frozenset[str] = frozenset()

    def streak(self, trigger: str, probe: str) -> Streak:
        """Return what a probe shows a trigger."""
        return self.streaks.get((trigger, probe), Streak())


def watching(checklist: Checklist, probe: str) -> tuple[Trigger, ...]:
    """Return the triggers that watch a probe."""
    plan = checklist.rollback
    return tuple(
        trigger
        for trigger in (plan.triggers if plan else ())
        if probe in matching(checklist, trigger.probes)
    )


def asked(checklist: Checklist, probe: str) -> tuple[str, ...]:
    """Return the conditions that triggers ask of each observation of a probe, beside its own."""
    conditions = (
        trigger.healthy_when
        for trigger in watching(checklist, probe)
        if trigger.healthy_when and not relative(trigger)
    )
    return tuple(dict.fromkeys(conditions))


def health(trigger: Trigger, result: Result, verdict: Verdict | None, *, flapping: bool) -> Health:
    """Return what a result says to a trigger.

    verdict: on its healthy_when, None where it has none, or where nothing could be asked. While a
    probe flaps, a success is none. What only says that nothing can be seen from here never counts.
    """
    said: Health = "failing" if trigger.no_data == "fail" else "unknown"
    outcome = _outcome(trigger, result, verdict)
    if result.reason == "vantage-lost":
        said = "blind"
    elif result.state == "skipped":
        said = "unknown"
    elif outcome == "true":
        said = "unknown" if flapping else "healthy"
    elif outcome == "false":
        said = "failing"
    elif relative(trigger):
        said = "unknown"
    elif result.state == "error":
        said = "error"
    return said


def _outcome(trigger: Trigger, result: Result, verdict: Verdict | None) -> Outcome:
    if trigger.healthy_when is not None:
        return verdict.outcome if verdict else "no-data"
    if result.state == "success":
        return "true"
    return "false" if result.state == "failed" else "no-data"


def counted(
    before: Tripping,
    state: LaunchState,
    trigger: Trigger,
    probe: str,
    said: Health,
    shown: str,
    now: Moment,
) -> Tripping:
    """Return the count after what a result of a probe said to a trigger."""
    streak = before.streak(trigger.id, probe)
    if said == "healthy":
        streak = Streak(healthy=True)
    elif said == "blind":
        streak = Streak(healthy=streak.healthy)
    elif not_armed(state, trigger, now):
        # What was bad before is no failure of the launch.
        streak = Streak(healthy=streak.healthy and said == "unknown")
    elif said == "failing":
        streak = replace(streak, failures=streak.failures + 1, healthy=False, shown=shown)
    elif said == "error":
        streak = replace(streak, errors=streak.errors + 1, healthy=False, shown=shown)
    after = replace(before, streaks={**before.streaks, (trigger.id, probe): streak})
    probes = matching(state.checklist, trigger.probes)
    if all(after.streak(trigger.id, each).healthy for each in probes):
        return replace(after, rested=after.rested | {trigger.id})
    return after


def due(tripping: Tripping, state: LaunchState, now: Moment) -> Iterator[TriggerTripped]:
    """Yield what trips now: once for each time that it gets bad.

    A trigger that tripped does so again when it was healthy in between, or when it was dismissed,
    that is over, and it still fails.
    """
    for trigger in triggers_of(state):
        tripped = state.triggers.trigger(trigger.id).tripped
        if tripped and trigger.id not in tripping.rested:
            continue
        if not_armed(state, trigger, now) or dismissed_for_ms(state, trigger, now):
            continue
        for probe in matching(state.checklist, trigger.probes):
            streak = tripping.streak(trigger.id, probe)
            if _enough(trigger, streak):
                standing = state.probes.get(probe)
                yield TriggerTripped(
                    trigger=trigger.id,
                    probe=probe,
                    shown=streak.shown,
                    flapping=standing is not None and standing.state == "flapping",
                )
                break


def _enough(trigger: Trigger, streak: Streak) -> bool:
    errors = trigger.error_trip_after
    return streak.failures >= trigger.trip_after or (errors is not None and streak.errors >= errors)


def recorded(tripping: Tripping, trigger: str) -> Tripping:
    """Return the count after it was recorded that a trigger tripped."""
    return replace(tripping, rested=tripping.rested - {trigger})


def proposal(state: LaunchState, trigger: Trigger) -> RollbackProposed | None:
    """Return what is to be proposed on a trigger that tripped; None for nothing (any more).

    It begins by itself in the end only where the author said so, what was seen is steady, and
    nobody gave a rollback up before: then people have taken the launch into their own hands.
    """
    known, plan = state.triggers.trigger(trigger.id), state.checklist.rollback
    if trigger.action not in ("propose", "auto") or known.tripped is None or known.proposed:
        return None
    if state.closure or state.scrub or plan is None or not plan.steps:
        return None
    if state.rollback and state.rollback.status != "abandoned":
        return None
    auto = trigger.action == "auto" and not known.flapping and state.rollback is None
    passed = no_return(state) if auto else None
    return RollbackProposed(
        trigger=trigger.id,
        decide_within_ms=trigger.decide_within_ms,
        auto=auto,
        held_up=f"the point of no return is passed ({passed.how})" if passed else None,
    )
