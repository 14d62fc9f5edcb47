"""The fold: a launch's state from its events. The only place where an event changes a state."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeAlias

from launchpad.checklist.model import Rollback
from launchpad.launch.clock_facts import (
    ClockHeld,
    ClockRecycled,
    ClockResumed,
    ClockStepped,
    LaunchScheduled,
    LaunchScrubbed,
    ObservationAcknowledged,
)
from launchpad.launch.clock_fold import ClockMove, counted
from launchpad.launch.cutover import given_up, requested
from launchpad.launch.cutover_facts import CUTOVER, StepRequested
from launchpad.launch.event import Event, Head
from launchpad.launch.kinds import (
    BadEvent,
    Body,
    Home,
    ItemNoted,
    ItemResulted,
    ItemUndone,
    LaunchClosed,
    LaunchOpened,
    SignoffRecorded,
    SignoffRevoked,
    decode,
)
from launchpad.launch.moment import moment_of
from launchpad.launch.operations import (
    ConductorMoved,
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
    StepEndedWell,
    StepFinished,
    StepIndeterminate,
    StepKillRequested,
    StepResolved,
    StepStarted,
)
from launchpad.launch.person import actor_initials
from launchpad.launch.poll import gone_red, polled
from launchpad.launch.poll_facts import PollClosed, PollFact, PollOpened, PollVoted
from launchpad.launch.preflight_facts import PreflightCompleted
from launchpad.launch.rollback import RollbackState, begun, decided, stepped
from launchpad.launch.sample_facts import SamplesDigested, SamplesThinned
from launchpad.launch.samples import SampleFact, sampled
from launchpad.launch.state import (
    RED,
    Closure,
    ConductorSeen,
    ItemState,
    LaunchState,
    Note,
    OwnRecord,
    Preflight,
    ProbeStanding,
    Recorded,
    RecordKind,
    Scrub,
    Signature,
    SlotState,
)
from launchpad.launch.step import StepFact, StepState, after_step
from launchpad.launch.trigger_facts import (
    BaselineCaptured,
    RollbackProposed,
    TriggerDismissed,
    TriggerFact,
    TriggerTripped,
)
from launchpad.launch.triggers import asked_again, freed, taken_up, triggered
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
        self._moved = state.moved
        self._countdown = state.countdown
        self._scrub = state.scrub
        self._poll = state.poll
        self._triggers = state.triggers
        self._cutover = dict(state.cutover)
        self._gap = state.gap
        self._preflight = state.preflight
        self._samples = state.samples

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
            moved=self._moved,
            countdown=self._countdown,
            scrub=self._scrub,
            poll=self._poll,
            triggers=self._triggers,
            cutover=MappingProxyType(self._cutover),
            gap=self._gap,
            preflight=self._preflight,
            samples=self._samples,
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
        if change is None:
            return
        try:
            change(self, event, body)
        except (ValueError, OverflowError) as error:
            # A time that is none: the envelope and bodies only say that it is a text.
            raise BadEvent(f"event {event.seq} ({event.kind}): {error}") from None

    def resulted(self, event: Event, body: ItemResulted) -> None:
        before = self._items.get(body.item, ItemState())
        outcome = Recorded(
            event.seq, event.at, actor_initials(event.actor), body.result, _safe(body.reason)
        )
        self._items[body.item] = replace(
            before, outcomes=(*before.outcomes, outcome), touched=event.seq
        )
        self._may_free(event, body.item)
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
        self._may_free(event, undone.subject)
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

    def moved(self, _event: Event, body: ConductorMoved) -> None:
        self._moved = Home(
            host=one_line(body.host), user=one_line(body.user), directory=one_line(body.directory)
        )

    def observed(self, event: Event, body: ProbeChanged) -> None:
        if body.before == "flapping":
            self._triggers = freed(self._triggers, moment_of(event))
        self._probes[body.probe] = ProbeStanding(
            body.state, event.at, one_line(body.reason), one_line(body.shown), body.latency_us
        )
        if self._poll and body.state in RED:
            self._poll = gone_red(self._poll, event, body.probe)

    def rolled_back(self, event: Event, body: RollbackStarted) -> None:
        if self._rollback:
            self._attempts.append(self._rollback)
        self._rollback = begun(event, body, self._plan(event))
        self._cutover = given_up(self._cutover, event, self._state.checklist)
        self._triggers = taken_up(self._triggers)
        # Whoever starts one has seen the gap: none begins by itself before it is acknowledged.
        self._gap = None

    def decided(self, event: Event, body: _OnTheRollback) -> None:
        self._rollback = decided(self._under_way(event), event, body, self._plan(event))

    def unobserved(self, event: Event, body: ObservationGap) -> None:
        self._gap = event.seq
        # It holds up a rollback that is under way.
        if self._rollback and not self._rollback.over:
            self.decided(event, body)

    def resumed(self, event: Event, body: RollbackResumed) -> None:
        self._gap = None
        self.decided(event, body)

    def acknowledged(self, event: Event, _body: ObservationAcknowledged) -> None:
        self._gap = None
        self._triggers = asked_again(self._triggers, moment_of(event))

    def stepped(self, event: Event, body: StepFact) -> None:
        if body.attempt == CUTOVER:
            before = self._cutover.get(body.step, StepState())
            self._cutover[body.step] = after_step(before, event, body)
            if before.status == "running" and self._cutover[body.step].status != "running":
                self._triggers = freed(self._triggers, moment_of(event))
        else:
            self._rollback = stepped(self._under_way(event), event, body)

    def requested(self, event: Event, body: StepRequested) -> None:
        before = self._cutover.get(body.item, StepState())
        self._cutover[body.item] = requested(before, event, body)

    def scrubbed(self, event: Event, body: LaunchScrubbed) -> None:
        by = actor_initials(event.actor)
        self._scrub = Scrub(event.seq, event.at, by, safe(body.reason))

    def counted(self, event: Event, body: ClockMove) -> None:
        before = self._countdown
        self._countdown = counted(before, self._state.checklist.holds, event, body)
        if self._countdown is None:
            raise BadEvent(f"event {event.seq} ({event.kind}): T-0 was never set")
        # A GO was given for the T-0, and on the count, that was then.
        if self._poll and isinstance(body, ClockRecycled):
            self._poll = replace(self._poll, void="the clock was recycled")
        elif self._poll and before and isinstance(body, LaunchScheduled) and not body.keeps:
            self._poll = replace(self._poll, void="T-0 was set anew")

    def polled(self, event: Event, body: PollFact) -> None:
        self._poll = polled(self._poll, event, body)
        if self._poll is None:
            raise BadEvent(f"event {event.seq} ({event.kind}): no poll was opened")

    def prepared(self, event: Event, body: PreflightCompleted) -> None:
        self._preflight = Preflight(event.at, tuple(one_line(text) for text in body.missing))

    def sampled(self, event: Event, body: SampleFact) -> None:
        self._samples = sampled(self._samples, event, body)

    def triggered(self, event: Event, body: TriggerFact) -> None:
        self._triggers = triggered(self._triggers, event, body)

    def switched(self, _event: Event, body: DemoSwitched) -> None:
        self._demo = body.mode

    def _may_free(self, event: Event, item: str) -> None:
        """Ask anew what ran out behind a point of no return that may not be passed any more."""
        proposed, items = self._triggers.proposals, self._state.checklist.items()
        if proposed and any(each.point_of_no_return for each in items if each.id == item):
            self._triggers = freed(self._triggers, moment_of(event))

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
    ConductorMoved: _Folding.moved,
    ProbeChanged: _Folding.observed,
    RollbackStarted: _Folding.rolled_back,
    ObservationGap: _Folding.unobserved,
    ObservationAcknowledged: _Folding.acknowledged,
    RollbackPaused: _Folding.decided,
    RollbackResumed: _Folding.resumed,
    RollbackAbandoned: _Folding.decided,
    RollbackCompleted: _Folding.decided,
    StepStarted: _Folding.stepped,
    StepEndedWell: _Folding.stepped,
    StepFinished: _Folding.stepped,
    StepIndeterminate: _Folding.stepped,
    StepResolved: _Folding.stepped,
    StepKillRequested: _Folding.stepped,
    StepRequested: _Folding.requested,
    LaunchScheduled: _Folding.counted,
    LaunchScrubbed: _Folding.scrubbed,
    ClockHeld: _Folding.counted,
    ClockResumed: _Folding.counted,
    ClockRecycled: _Folding.counted,
    ClockStepped: _Folding.counted,
    PollOpened: _Folding.polled,
    PollVoted: _Folding.polled,
    PollClosed: _Folding.polled,
    PreflightCompleted: _Folding.prepared,
    SamplesDigested: _Folding.sampled,
    SamplesThinned: _Folding.sampled,
    BaselineCaptured: _Folding.triggered,
    TriggerTripped: _Folding.triggered,
    TriggerDismissed: _Folding.triggered,
    RollbackProposed: _Folding.triggered,
    DemoSwitched: _Folding.switched,
}
