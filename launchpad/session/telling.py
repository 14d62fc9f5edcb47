"""Telling one event in plain words: for the console's log pane, `status --watch` and exports."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Result
from launchpad.launch.cutover_facts import StepRequested
from launchpad.launch.event import Event
from launchpad.launch.kinds import (
    ItemNoted,
    ItemResulted,
    ItemUndone,
    LaunchClosed,
    LaunchOpened,
    Mode,
    SeatJoined,
    SeatLeft,
    SignoffRecorded,
    SignoffRevoked,
    decode,
)
from launchpad.launch.operations import (
    AsLeft,
    ConductorMoved,
    ConductorStarted,
    ConductorStopped,
    DemoMode,
    DemoSwitched,
    ObservationGap,
    ProbeChanged,
    Resolution,
    RollbackAbandoned,
    RollbackCompleted,
    RollbackPaused,
    RollbackResumed,
    RollbackStarted,
    StepEnd,
    StepEndedWell,
    StepFinished,
    StepIndeterminate,
    StepKillRequested,
    StepResolved,
    StepStarted,
)
from launchpad.launch.state import LaunchState, Recorded
from launchpad.session.probe_words import PROBE_SAID
from launchpad.session.telling_poll import TOLD_OF_POLLS
from launchpad.session.telling_samples import TOLD_OF_SAMPLES
from launchpad.session.telling_time import TOLD_OF_TIME
from launchpad.session.telling_triggers import TOLD_OF_TRIGGERS
from launchpad.text.safe import one_line

_MODES: Mapping[Mode, str] = {"live": "the launch", "rehearsal": "the rehearsal"}
_RESULTS: Mapping[Result, str] = {
    "passed": "ticked {item}",
    "failed": "failed {item}",
    "not-applicable": "marked {item} not applicable",
    "blocked": "marked {item} blocked",
    "in-progress": "began {item}",
}
_ENDS: Mapping[StepEnd, str] = {
    "done": "finished",
    "failed": "saw fail",
    "timed-out": "saw time out",
}
_RESOLUTIONS: Mapping[Resolution, str] = {
    "done": "resolved step {step} as done",
    "skip": "skipped step {step}",
    "retry": "asked for step {step} once more",
}
_MODES_OF_DEMO: Mapping[DemoMode, str] = {"failing": "broke", "healthy": "mended"}


def tell(event: Event, state: LaunchState) -> str:
    """Return what an event's author did, on one safe line: "failed rls-policies: 6 of 7".

    It reads on from a name ("AB ticked db-dsn"). state is the launch before or after the event: a
    correction says what it corrected as far as the state still holds it. A kind from a newer
    program is told by its name. Raises BadEvent.
    """
    body = decode(event)
    if body is None:
        return one_line(f"recorded {event.kind}, which this version does not know")
    return one_line(_TOLD[type(body)](body, state))


def _opened(body: LaunchOpened, _state: LaunchState) -> str:
    ticked = ", its ticked boxes accepted" if body.accept_ticked else ""
    return f"opened {_MODES[body.mode]} from {body.source.name}{ticked}"


def _joined(_body: SeatJoined, _state: LaunchState) -> str:
    return "joined from a console"


def _left(body: SeatLeft, _state: LaunchState) -> str:
    return f"left the console{_because(body.reason)}"


def _resulted(body: ItemResulted, state: LaunchState) -> str:
    corrected = _outcome(state, body.item, body.corrects)
    instead = f" (was {corrected.result} by {corrected.by})" if corrected else ""
    return f"{_RESULTS[body.result].format(item=body.item)}{instead}{_because(body.reason)}"


def _noted(body: ItemNoted, _state: LaunchState) -> str:
    return f"noted on {body.item}: {body.text}" if body.item else f"noted: {body.text}"


def _undone(body: ItemUndone, state: LaunchState) -> str:
    for own in state.records.values():
        for record in own:
            if record.seq == body.corrects:
                on = f" on {record.subject}" if record.subject else ""
                return f"took back event {record.seq}, the {record.kind}{on}: {record.text}"
    return f"took back event {body.corrects}"


def _signed(body: SignoffRecorded, _state: LaunchState) -> str:
    behalf = f" on behalf of {body.on_behalf_of}" if body.on_behalf_of else ""
    return f"signed {body.slot}{behalf} ({body.meaning})"


def _revoked(body: SignoffRevoked, _state: LaunchState) -> str:
    return f"revoked the sign-off {body.slot}{_because(body.reason)}"


def _closed(body: LaunchClosed, _state: LaunchState) -> str:
    return (
        f"closed the launch as {body.outcome}: "
        f"{body.items_open} items and {body.signoffs_open} sign-offs left open"
    )


def _conducted(body: ConductorStarted, _state: LaunchState) -> str:
    return f"conducts the launch from {body.user}@{body.host}, epoch {body.epoch}"


def _deserted(body: ConductorStopped, _state: LaunchState) -> str:
    return f"stopped conducting{_because(body.reason)}"


def _moved(body: ConductorMoved, _state: LaunchState) -> str:
    place = f"{body.user}@{body.host}, {body.directory}"
    return f"moved the conductor to {place}{_because(body.reason)}"


def _gap(body: ObservationGap, _state: LaunchState) -> str:
    gap = "across a reboot" if body.gap_ms is None else f"for {duration(body.gap_ms)}"
    return f"found that nobody observed {gap}"


def _changed(body: ProbeChanged, _state: LaunchState) -> str:
    before = f"{PROBE_SAID[body.before]} > " if body.before else ""
    reason = f" ({body.reason})" if body.state not in ("success", "skipped") else ""
    return f"saw {body.probe} {before}{PROBE_SAID[body.state]}{reason}{_because(body.shown)}"


def _rolled_back(body: RollbackStarted, state: LaunchState) -> str:
    plan = state.checklist.rollback
    first = plan.steps[0].id if plan and plan.steps else None
    at = "" if body.first == first else f" at step {body.first}"
    again = f", attempt {body.attempt}" if body.attempt > 1 else ""
    past = ", PAST THE POINT OF NO RETURN" if body.past_no_return else ""
    return f"started the rollback{at}{again}{past}{_because(body.reason)}"


def _paused(body: RollbackPaused, _state: LaunchState) -> str:
    return f"paused the rollback{_because(body.reason)}{_left_behind(body.as_left)}"


def _resumed(_body: RollbackResumed, _state: LaunchState) -> str:
    return "let the rollback go on"


def _abandoned(body: RollbackAbandoned, _state: LaunchState) -> str:
    kill = ", ending what runs" if body.kill else ""
    return f"abandoned the rollback{kill}{_because(body.reason)}{_left_behind(body.as_left)}"


def _completed(body: RollbackCompleted, _state: LaunchState) -> str:
    return f"completed the rollback{_in(body.elapsed_ms)}"


def _step_started(body: StepStarted, _state: LaunchState) -> str:
    again = f", run {body.run}" if body.run > 1 else ""
    return f"started step {body.step}{again}"


def _ended_well(body: StepEndedWell, _state: LaunchState) -> str:
    return f"saw step {body.step} end well, which waits for {body.probe}"


def _step_finished(body: StepFinished, _state: LaunchState) -> str:
    how = f", exit status {body.exit_status}" if body.exit_status else ""
    if body.signal is not None:
        how = f", signal {body.signal}"
    # The reason often is the exit status, which is told already.
    why = "" if f", {body.reason}" == how else _because(body.reason)
    return f"{_ENDS[body.end]} step {body.step}{_in(body.elapsed_ms)}{how}{why}"


def _indeterminate(body: StepIndeterminate, _state: LaunchState) -> str:
    return f"cannot say whether step {body.step} had its effect{_because(body.why)}"


def _resolved(body: StepResolved, _state: LaunchState) -> str:
    return f"{_RESOLUTIONS[body.resolution].format(step=body.step)}{_because(body.reason)}"


def _requested(body: StepRequested, _state: LaunchState) -> str:
    again = " once more" if body.run > 1 else ""
    return f"asked for the step of {body.item}{again}{_because(body.reason)}"


def _kill_requested(body: StepKillRequested, _state: LaunchState) -> str:
    return f"asked to end step {body.step}{_because(body.reason)}"


def _switched(body: DemoSwitched, _state: LaunchState) -> str:
    return f"{_MODES_OF_DEMO[body.mode]} the demo's service"


_TOLD: Mapping[type[object], Callable[[Any, LaunchState], str]] = {
    **TOLD_OF_TIME,
    **TOLD_OF_POLLS,
    **TOLD_OF_SAMPLES,
    **TOLD_OF_TRIGGERS,
    LaunchOpened: _opened,
    SeatJoined: _joined,
    SeatLeft: _left,
    ItemResulted: _resulted,
    ItemNoted: _noted,
    ItemUndone: _undone,
    SignoffRecorded: _signed,
    SignoffRevoked: _revoked,
    LaunchClosed: _closed,
    ConductorStarted: _conducted,
    ConductorStopped: _deserted,
    ConductorMoved: _moved,
    ObservationGap: _gap,
    ProbeChanged: _changed,
    RollbackStarted: _rolled_back,
    RollbackPaused: _paused,
    RollbackResumed: _resumed,
    RollbackAbandoned: _abandoned,
    RollbackCompleted: _completed,
    StepStarted: _step_started,
    StepEndedWell: _ended_well,
    StepFinished: _step_finished,
    StepIndeterminate: _indeterminate,
    StepResolved: _resolved,
    StepRequested: _requested,
    StepKillRequested: _kill_requested,
    DemoSwitched: _switched,
}


def _left_behind(as_left: Iterable[AsLeft]) -> str:
    left = "; ".join(f"{each.step} left {each.text}" for each in as_left)
    return f" ({left})" if left else ""


def _in(elapsed_ms: int | None) -> str:
    return "" if elapsed_ms is None else f" in {duration(elapsed_ms)}"


def _because(reason: str | None) -> str:
    return f": {reason}" if reason else ""


def _outcome(state: LaunchState, item: str, seq: int | None) -> Recorded | None:
    return next((each for each in state.item(item).outcomes if each.seq == seq), None)
