"""The fold: a launch's state from its events. The only place where an event changes a state."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeAlias

from launchpad.checklist.model import Rollback
from launchpad.launch.event import Event, Head
from launchpad.launch.kinds import (
    BadEvent,
    Body,
    ItemNoted,
    ItemResulted,
    ItemUndone,
    LaunchClosed,
    LaunchOpened,
    SignoffRecorded,
    SignoffRevoked,
    decode,
)
from launchpad.launch.operations import (
    ConductorStarted,
    ConductorStopped,
    DemoSwitched,
    ObservationGap,
    ProbeChanged,
    RollbackAbandoned,
    RollbackCompleted,
    RollbackPaused,
    RollbackResumed,
    RollbackStarted,
    StepFinished,
    StepIndeterminate,
    StepResolved,
    StepStarted,
)
from launchpad.launch.person import actor_initials
from launchpad.launch.rollback import RollbackState, begun, decided, moment_of, stepped
from launchpad.launch.state import (
    Closure,
    ConductorSeen,
    ItemState,
    LaunchState,
    Note,
    OwnRecord,
    ProbeStanding,
    Recorded,
    RecordKind,
    Signature,
    SlotState,
)
from launchpad.text.safe import one_line, safe


def fold(state: LaunchState | None, events: Iterable[Event]) -> LaunchState | None:
    """Return the state after more events; None while there has been none.

    Raises BadEvent where an event does not say what its kind says, is out of order, or where a
    launch does not begin with launch.opened.
    """
    folding: _Folding | None = _Folding(state) if state else None
    for event in events:
        if folding is None:
            folding = _Folding(_opening(event))
        else:
            folding.apply(event)
    return folding.frozen() if folding else state


def _opening(event: Event) -> LaunchState:
    body = decode(event)
    if event.seq != 1 or not isinstance(body, LaunchOpened):
        raise BadEvent(f"event {event.seq} ({event.kind}): a launch begins with launch.opened")
    by = actor_initials(event.actor)
    items: dict[str, ItemState] = {}
    if body.accept_ticked:
        accepted = Recorded(1, event.at, by, "passed", "accepted as ticked in the document")
        items = {
            item.id: ItemState((accepted,), touched=1)
            for item in body.reading.items()
            if item.checked
        }
    return LaunchState(
        launch=event.launch,
        opened=body,
        opened_at=event.at,
        opened_by=by,
        head=Head(1, event.hash),
        items=MappingProxyType(items),
    )


_OnTheRollback: TypeAlias = (
    RollbackPaused | RollbackResumed | RollbackAbandoned | RollbackCompleted | ObservationGap
)
_OnAStep: TypeAlias = StepStarted | StepFinished | StepIndeterminate | StepResolved


class _Folding:
    """A state being moved on: private copies are changed in place, and frozen once at the end.

    Copying per batch instead of per event keeps the fold linear in a log of 100,000 events.
    """

    def __init__(self, state: LaunchState) -> None:
        self._state = state
        self._head = state.head
        self._items = dict(state.items)
        self._slots = dict(state.slots)
        self._notes = list(state.notes)
        self._records = {who: list(own) for who, own in state.records.items()}
        self._closure = state.closure
        self._newer = dict(state.newer)
        self._probes = dict(state.probes)
        self._conductor = state.conductor
        self._rollback = state.rollback
        self._attempts = list(state.attempts)
        self._demo = state.demo

    def frozen(self) -> LaunchState:
        return replace(
            self._state,
            head=self._head,
            items=MappingProxyType(self._items),
            slots=MappingProxyType(self._slots),
            notes=tuple(self._notes),
            records=MappingProxyType({who: tuple(own) for who, own in self._records.items()}),
            closure=self._closure,
            newer=MappingProxyType(self._newer),
            probes=MappingProxyType(self._probes),
            conductor=self._conductor,
            rollback=self._rollback,
            attempts=tuple(self._attempts),
            demo=self._demo,
        )

    def apply(self, event: Event) -> None:
        if event.seq != self._head.seq + 1:
            raise BadEvent(f"event {event.seq} does not follow event {self._head.seq}")
        body = decode(event)
        self._head = Head(event.seq, event.hash)
        if body is None:
            self._newer.setdefault(event.kind, event.seq)
            return
        change = _CHANGES.get(type(body))
        if change:
            change(self, event, body)

    def resulted(self, event: Event, body: ItemResulted) -> None:
        before = self._items.get(body.item, ItemState())
        outcome = Recorded(
            event.seq, event.at, actor_initials(event.actor), body.result, _safe(body.reason)
        )
        self._items[body.item] = replace(
            before, outcomes=(*before.outcomes, outcome), touched=event.seq
        )
        text = body.result if body.reason is None else f"{body.result}: {safe(body.reason)}"
        self._record(event, "result", body.item, text)

    def noted(self, event: Event, body: ItemNoted) -> None:
        note = Note(event.seq, event.at, actor_initials(event.actor), safe(body.text))
        if body.item is None:
            self._notes.append(note)
        else:
            before = self._items.get(body.item, ItemState())
            self._items[body.item] = replace(before, notes=(*before.notes, note))
        self._record(event, "note", body.item or "", note.text)

    def undone(self, event: Event, body: ItemUndone) -> None:
        own = self._records.get(actor_initials(event.actor), [])
        undone = next((record for record in own if record.seq == body.corrects), None)
        if undone is None:
            raise BadEvent(
                f"event {event.seq} (item.undone): event {body.corrects} is no record of its author"
            )
        own.remove(undone)
        if undone.kind == "note" and not undone.subject:
            self._notes = [note for note in self._notes if note.seq != undone.seq]
            return
        before = self._items.get(undone.subject, ItemState())
        self._items[undone.subject] = replace(
            before,
            outcomes=tuple(each for each in before.outcomes if each.seq != undone.seq),
            notes=tuple(note for note in before.notes if note.seq != undone.seq),
            touched=event.seq if undone.kind == "result" else before.touched,
        )

    def signed(self, event: Event, body: SignoffRecorded) -> None:
        signature = Signature(
            seq=event.seq,
            at=event.at,
            initials=safe(body.initials),
            name=safe(body.name),
            role=safe(body.role),
            meaning=safe(body.meaning),
            on_behalf_of=_safe(body.on_behalf_of),
            covers=body.covers,
        )
        self._slots[body.slot] = SlotState(signature, touched=event.seq)
        self._record(event, "sign-off", body.slot, signature.meaning)

    def revoked(self, event: Event, body: SignoffRevoked) -> None:
        self._slots[body.slot] = SlotState(None, touched=event.seq)
        for own in self._records.values():
            own[:] = [record for record in own if record.seq != body.corrects]

    def closed(self, event: Event, body: LaunchClosed) -> None:
        self._closure = Closure(event.seq, event.at, actor_initials(event.actor), body.outcome)

    def conducted(self, event: Event, body: ConductorStarted) -> None:
        self._conductor = ConductorSeen(
            body.epoch, moment_of(event), one_line(body.host), one_line(body.user), body.pid
        )

    def deserted(self, event: Event, body: ConductorStopped) -> None:
        if self._conductor and self._conductor.epoch == body.epoch:
            self._conductor = replace(
                self._conductor, since=moment_of(event), stopped=one_line(body.reason)
            )

    def observed(self, event: Event, body: ProbeChanged) -> None:
        self._probes[body.probe] = ProbeStanding(
            body.state, event.at, one_line(body.reason), one_line(body.shown), body.latency_us
        )

    def rolled_back(self, event: Event, body: RollbackStarted) -> None:
        if self._rollback:
            self._attempts.append(self._rollback)
        self._rollback = begun(event, body, self._plan(event))

    def decided(self, event: Event, body: _OnTheRollback) -> None:
        # An observation gap holds up a rollback that is under way, and nothing else.
        if isinstance(body, ObservationGap) and (not self._rollback or self._rollback.over):
            return
        self._rollback = decided(self._under_way(event), event, body, self._plan(event))

    def stepped(self, event: Event, body: _OnAStep) -> None:
        self._rollback = stepped(self._under_way(event), event, body)

    def switched(self, _event: Event, body: DemoSwitched) -> None:
        self._demo = body.mode

    def _plan(self, event: Event) -> Rollback:
        plan = self._state.checklist.rollback
        if plan is None:
            raise BadEvent(f"event {event.seq} ({event.kind}): the checklist has no rollback")
        return plan

    def _under_way(self, event: Event) -> RollbackState:
        if self._rollback is None:
            raise BadEvent(f"event {event.seq} ({event.kind}): no rollback was started")
        return self._rollback

    def _record(self, event: Event, kind: RecordKind, subject: str, text: str) -> None:
        record = OwnRecord(event.seq, event.at, kind, subject, text)
        self._records.setdefault(actor_initials(event.actor), []).append(record)


def _safe(text: str | None) -> str | None:
    return None if text is None else safe(text)


# Seats come and go without changing what the launch is; every other kind has its row.
_CHANGES: Mapping[type[Body], Callable[[_Folding, Event, Any], None]] = {
    ItemResulted: _Folding.resulted,
    ItemNoted: _Folding.noted,
    ItemUndone: _Folding.undone,
    SignoffRecorded: _Folding.signed,
    SignoffRevoked: _Folding.revoked,
    LaunchClosed: _Folding.closed,
    ConductorStarted: _Folding.conducted,
    ConductorStopped: _Folding.deserted,
    ProbeChanged: _Folding.observed,
    RollbackStarted: _Folding.rolled_back,
    ObservationGap: _Folding.decided,
    RollbackPaused: _Folding.decided,
    RollbackResumed: _Folding.decided,
    RollbackAbandoned: _Folding.decided,
    RollbackCompleted: _Folding.decided,
    StepStarted: _Folding.stepped,
    StepFinished: _Folding.stepped,
    StepIndeterminate: _Folding.stepped,
    StepResolved: _Folding.stepped,
    DemoSwitched: _Folding.switched,
}
