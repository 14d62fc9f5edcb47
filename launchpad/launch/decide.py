"""The rules: what an intent becomes, or why it is refused. Nothing else makes an event.

A refusal names who did what and when, so that two people who press the same key at the same
moment both know what is recorded.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from launchpad.checklist.model import Item, SignOff
from launchpad.launch import (
    clock_rules,
    cutover_rules,
    moving_rules,
    poll_rules,
    rollback_rules,
    step_rules,
    trigger_rules,
)
from launchpad.launch.intents import (
    AbandonRollback,
    AcknowledgeGap,
    AddNote,
    CaptureBaseline,
    CastVote,
    CloseLaunch,
    ClosePoll,
    ConfirmStep,
    DismissTrigger,
    HoldClock,
    Intent,
    KillStep,
    LeaveSeat,
    MoveConductor,
    OpenLaunch,
    OpenPoll,
    PauseRollback,
    RecordResult,
    RecycleClock,
    ReportFact,
    ResolveStep,
    ResumeClock,
    ResumeRollback,
    RevokeSignOff,
    RunStep,
    ScrubLaunch,
    SetT0,
    SignOffSlot,
    StartRollback,
    SwitchDemo,
    TakeSeat,
    UndoRecord,
)
from launchpad.launch.kinds import (
    Body,
    Covered,
    ItemNoted,
    ItemResulted,
    ItemUndone,
    LaunchClosed,
    SeatJoined,
    SeatLeft,
    SignoffRecorded,
    SignoffRevoked,
)
from launchpad.launch.moment import second
from launchpad.launch.person import Person
from launchpad.launch.refused import Refused, said
from launchpad.launch.state import ItemState, LaunchState
from launchpad.text.safe import one_line

_NAMED_AT_MOST = 3


def decide(state: LaunchState | None, intent: Intent, by: Person) -> tuple[Body, ...]:
    """Return the facts that an intent makes of a state, or raise Refused.

    state is None for a launch that has no events yet: all that can be done with it is to open it.
    """
    if state is None:
        if isinstance(intent, OpenLaunch):
            return (intent.opened,)
        raise Refused("there is no such launch")
    if state.newer:
        kind, seq = next(iter(state.newer.items()))
        raise Refused(
            f"a newer launchpad wrote to this launch (event {seq}, {one_line(kind)}); "
            "this version only reads it"
        )
    if state.closure:
        closed = state.closure
        raise Refused(
            f"the launch is closed: {closed.outcome}, by {closed.by} at {second(closed.at)}"
        )
    return _RULES[type(intent)](state, intent, by)


def _opened_twice(state: LaunchState, _intent: OpenLaunch, _by: Person) -> tuple[Body, ...]:
    raise Refused(f"the launch is already open, by {state.opened_by} at {second(state.opened_at)}")


def _take_seat(_state: LaunchState, intent: TakeSeat, _by: Person) -> tuple[Body, ...]:
    return (SeatJoined(seat=intent.seat),)


def _leave_seat(_state: LaunchState, intent: LeaveSeat, _by: Person) -> tuple[Body, ...]:
    return (SeatLeft(seat=intent.seat, reason=one_line(intent.reason)),)


def _record_result(state: LaunchState, intent: RecordResult, _by: Person) -> tuple[Body, ...]:
    item = _item(state, intent.item)
    before = state.item(item.id)
    _refuse_stale(item, before, intent.seen)
    reason = said(intent.reason) or None
    current = before.current
    if current and current.result == intent.result and reason in (None, current.reason):
        raise Refused(
            f"{item.id} is already {current.result}, by {current.by} at {second(current.at)}"
        )
    if intent.result == "not-applicable" and reason is None:
        raise Refused("not applicable needs a reason")
    return (
        ItemResulted(
            item=item.id,
            result=intent.result,
            reason=reason,
            corrects=current.seq if current else None,
        ),
    )


def _add_note(state: LaunchState, intent: AddNote, _by: Person) -> tuple[Body, ...]:
    item = _item(state, intent.item).id if intent.item is not None else None
    text = said(intent.text)
    if not text:
        raise Refused("the note is empty")
    return (ItemNoted(item=item, text=text),)


def _undo_record(state: LaunchState, intent: UndoRecord, by: Person) -> tuple[Body, ...]:
    last = state.last_record(by.initials)
    if last is None:
        raise Refused(f"{by.initials} has no record to take back")
    if last.seq != intent.record:
        raise Refused(
            f"event {intent.record} is not the last record of {by.initials}; "
            f"that is event {last.seq}, {last.kind} at {second(last.at)}"
        )
    if last.kind == "sign-off":
        raise Refused(
            f"the last record of {by.initials} is the sign-off {last.subject}; "
            "a sign-off is revoked, with a reason"
        )
    current = state.item(last.subject).current
    if last.kind == "result" and current and current.seq != last.seq:
        raise Refused(
            f"{current.by} recorded {current.result} on {last.subject} at {second(current.at)}, "
            f"after {by.initials} did"
        )
    return (ItemUndone(corrects=last.seq),)


def _sign_off(state: LaunchState, intent: SignOffSlot, by: Person) -> tuple[Body, ...]:
    slot = _slot(state, intent.slot)
    before = state.slot(slot.id)
    if before.signature:
        signed = before.signature
        raise Refused(f"{slot.id} is already signed, by {signed.initials} at {second(signed.at)}")
    if before.touched > intent.seen:
        raise Refused(f"the sign-off {slot.id} was revoked after what you saw")
    if intent.initials.strip().upper() != by.initials:
        raise Refused(f"you are {by.initials} here; a sign-off takes your own initials")
    covered = [item for item in state.checklist.items() if item.id in frozenset(slot.items)]
    for item in covered:
        _refuse_stale(item, state.item(item.id), intent.seen)
    if state.waits_for_rollback(slot):
        under_way = state.rollback and f"attempt {state.rollback.attempt} is under way"
        raise Refused(f"{slot.id} closes a rollback, and {under_way or 'none was started'}")
    waiting = state.waits_for(slot)
    if waiting:
        raise Refused(f"{slot.id} waits for {_some(waiting)}")
    return (
        SignoffRecorded(
            slot=slot.id,
            initials=by.initials,
            name=by.name,
            role=by.role,
            meaning=said(intent.meaning) or "verified",
            on_behalf_of=said(intent.on_behalf_of or "") or None,
            covers=tuple(
                Covered(item=item.id, result=current.result, seq=current.seq)
                for item in covered
                if (current := state.item(item.id).current)
            ),
        ),
    )


def _revoke(state: LaunchState, intent: RevokeSignOff, _by: Person) -> tuple[Body, ...]:
    slot = _slot(state, intent.slot)
    before = state.slot(slot.id)
    if before.signature is None:
        raise Refused(f"{slot.id} is not signed")
    if before.touched > intent.seen:
        signed = before.signature
        raise Refused(
            f"{slot.id} was signed by {signed.initials} at {second(signed.at)}, after what you saw"
        )
    reason = said(intent.reason)
    if not reason:
        raise Refused("a revocation needs a reason")
    return (SignoffRevoked(slot=slot.id, reason=reason, corrects=before.signature.seq),)


def _close(state: LaunchState, intent: CloseLaunch, _by: Person) -> tuple[Body, ...]:
    if intent.confirm.strip().casefold() != state.code_word:
        raise Refused(f"to close this launch, its code word is typed: {state.code_word}")
    if state.phase == "rolling-back":
        raise Refused("the rollback is under way; it is completed or abandoned first")
    if state.running_step:
        raise Refused(f"step {state.running_step} still runs; it ends first")
    if state.scrub and intent.outcome == "launched":
        raise Refused(
            f"the launch was scrubbed by {state.scrub.by} at {second(state.scrub.at)}; "
            "it is closed as scrubbed"
        )
    rollback = state.rollback
    if rollback and rollback.status == "completed" and intent.outcome == "launched":
        raise Refused(
            f"attempt {rollback.attempt} of the rollback was completed; "
            "the launch is closed as rolled-back or scrubbed"
        )
    progress = state.progress()
    return (
        LaunchClosed(
            outcome=intent.outcome,
            items_open=progress.items - progress.done,
            signoffs_open=progress.signoffs - progress.signed,
        ),
    )


_RULES: Mapping[type[Intent], Callable[[LaunchState, Any, Person], tuple[Body, ...]]] = {
    OpenLaunch: _opened_twice,
    TakeSeat: _take_seat,
    LeaveSeat: _leave_seat,
    RecordResult: _record_result,
    AddNote: _add_note,
    UndoRecord: _undo_record,
    SignOffSlot: _sign_off,
    RevokeSignOff: _revoke,
    CloseLaunch: _close,
    StartRollback: rollback_rules.start,
    PauseRollback: rollback_rules.pause,
    ResumeRollback: rollback_rules.resume,
    AbandonRollback: rollback_rules.abandon,
    ResolveStep: step_rules.resolve,
    ConfirmStep: step_rules.confirm,
    KillStep: step_rules.kill,
    RunStep: cutover_rules.run,
    SwitchDemo: rollback_rules.switch_demo,
    MoveConductor: moving_rules.move,
    SetT0: clock_rules.set_t0,
    HoldClock: clock_rules.hold,
    ResumeClock: clock_rules.resume,
    RecycleClock: clock_rules.recycle,
    ScrubLaunch: clock_rules.scrub,
    AcknowledgeGap: clock_rules.acknowledge,
    OpenPoll: poll_rules.open_poll,
    CastVote: poll_rules.vote,
    ClosePoll: poll_rules.close_poll,
    CaptureBaseline: trigger_rules.capture,
    DismissTrigger: trigger_rules.dismiss,
    ReportFact: rollback_rules.report,
}


def _item(state: LaunchState, item: str) -> Item:
    for each in state.checklist.items():
        if each.id == item:
            return each
    raise Refused(f"this launch has no item {one_line(item)!r}")


def _slot(state: LaunchState, slot: str) -> SignOff:
    for each in state.checklist.signoffs:
        if each.id == slot:
            return each
    raise Refused(f"this launch has no sign-off {one_line(slot)!r}")


def _refuse_stale(item: Item, before: ItemState, seen: int) -> None:
    if before.touched <= seen:
        return
    current = before.current
    if current and current.seq == before.touched:
        what = f"{current.by} recorded {current.result} on {item.id} at {second(current.at)}"
    else:
        what = f"a record on {item.id} was taken back"
    raise Refused(f"{what}, after what you saw")


def _some(items: Iterable[Item]) -> str:
    ids = [item.id for item in items]
    named = ", ".join(ids[:_NAMED_AT_MOST])
    return f"{named} and {len(ids) - _NAMED_AT_MOST} more" if len(ids) > _NAMED_AT_MOST else named
