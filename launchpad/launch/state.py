"""What has happened on a launch so far: the value that the fold yields and every pane draws."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from launchpad.checklist.encoding import Source, source_from_text
from launchpad.checklist.model import Checklist, Item, Phase, Result, SignOff
from launchpad.launch.countdown import Countdown
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.event import NO_EVENTS, Head
from launchpad.launch.kinds import Covered, Home, LaunchOpened, Mode, Outcome
from launchpad.launch.moment import Moment
from launchpad.launch.operations import DemoMode, ProbeState
from launchpad.launch.poll import PollState
from launchpad.launch.rollback import RollbackState
from launchpad.launch.samples import SamplesState
from launchpad.launch.step import StepState
from launchpad.launch.triggers import TriggersState

# Where an item stands: "open" has no outcome, "from-document" came ticked and nobody vouched yet.
Standing = Result | Literal["open", "from-document"]
LaunchPhase = Literal["open", "rolling-back", "launched", "rolled-back", "scrubbed"]

RED: frozenset[ProbeState] = frozenset({"failed", "error", "flapping"})
_DONE: frozenset[Standing] = frozenset({"passed", "not-applicable"})


@dataclass(frozen=True, slots=True)
class Recorded:
    """One outcome of an item: who recorded it, when (RFC 3339, UTC), in which event."""

    seq: int
    at: str
    by: str
    result: Result
    reason: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """Something written down."""

    seq: int
    at: str
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item's outcomes that stand, oldest first, its notes, and the last event on its outcome."""

    outcomes: tuple[Recorded, ...] = ()
    notes: tuple[Note, ...] = ()
    touched: int = 0

    @property
    def current(self) -> Recorded | None:
        """The outcome that holds now."""
        return self.outcomes[-1] if self.outcomes else None


@dataclass(frozen=True, slots=True)
class Signature:
    """A sign-off that stands. on_behalf_of: whose it is, where somebody else typed it."""

    seq: int
    at: str
    initials: str
    name: str
    role: str
    meaning: str
    on_behalf_of: str | None
    covers: tuple[Covered, ...]


@dataclass(frozen=True, slots=True)
class SlotState:
    """A sign-off slot: who signed it, None while nobody has, and the last event on it."""

    signature: Signature | None = None
    touched: int = 0


@dataclass(frozen=True, slots=True)
class Closure:
    """How a launch ended."""

    seq: int
    at: str
    by: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Scrub:
    """Somebody said that there is no launch today."""

    seq: int
    at: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Preflight:
    """What the conductor found missing for the steps when it last looked. missing: safe."""

    at: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProbeStanding:
    """A probe's state since some moment: why, what was seen, and the latency that decided."""

    state: ProbeState
    at: str
    reason: str
    shown: str
    latency_us: int | None


@dataclass(frozen=True, slots=True)
class ConductorSeen:
    """The conductor that last took the launch.

    stopped: why it ended by itself, else None; since: when it started or stopped.
    """

    epoch: int
    since: Moment
    host: str
    user: str
    pid: int
    stopped: str | None = None


# What one person recorded and could take back, newest last.
RecordKind: TypeAlias = Literal["result", "note", "sign-off"]


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A record in the order its author made it. subject: an item's or slot's id, "" for neither."""

    seq: int
    at: str
    kind: RecordKind
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a phase or a launch is: counts of items, and of sign-off slots."""

    items: int
    done: int
    failed: int
    from_document: int
    signoffs: int
    signed: int


@dataclass(frozen=True, slots=True)
class LaunchState:
    """A launch, as far as its log says.

    newer: kinds of events that this program does not know, with the seq each first came at;
    rollback: the newest attempt; attempts: those before it; demo: what was asked of the demo's
    service; countdown: None while T-0 has no time; poll: the newest one; cutover: the steps of
    items, by the item's id; gap: the seq of an observation gap that nobody acknowledged;
    preflight: None before the conductor looked.
    """

    launch: str
    opened: LaunchOpened
    opened_at: str
    opened_by: str
    head: Head = NO_EVENTS
    items: Mapping[str, ItemState] = field(default_factory=dict)
    slots: Mapping[str, SlotState] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    records: Mapping[str, tuple[OwnRecord, ...]] = field(default_factory=dict)
    closure: Closure | None = None
    newer: Mapping[str, int] = field(default_factory=dict)
    probes: Mapping[str, ProbeStanding] = field(default_factory=dict)
    conductor: ConductorSeen | None = None
    rollback: RollbackState | None = None
    attempts: tuple[RollbackState, ...] = ()
    demo: DemoMode | None = None
    moved: Home | None = None
    countdown: Countdown | None = None
    scrub: Scrub | None = None
    poll: PollState | None = None
    triggers: TriggersState = field(default_factory=TriggersState)
    cutover: Mapping[str, StepState] = field(default_factory=dict)
    gap: int | None = None
    preflight: Preflight | None = None
    samples: SamplesState = field(default_factory=SamplesState)

    @property
    def title(self) -> str:
        """The checklist's title."""
        return self.opened.title

    @property
    def checklist(self) -> Checklist:
        """The checklist, as it was read when the launch opened."""
        return self.opened.reading

    @property
    def home(self) -> Home:
        """Where the conductor belongs: where it was moved to, else where the launch was opened."""
        return self.moved or self.opened.home

    @property
    def mode(self) -> Mode:
        """Live, or a rehearsal."""
        return self.opened.mode

    @property
    def code_word(self) -> str:
        """The word that confirms dangerous acts."""
        return self.opened.code_word

    @property
    def phase(self) -> LaunchPhase:
        """Open, being rolled back, or how it ended."""
        if self.closure:
            return self.closure.outcome
        return "rolling-back" if self.rollback and not self.rollback.over else "open"

    @property
    def running_step(self) -> str | None:
        """The id of the step that runs, if one does: of the rollback, or the item it is for."""
        for steps in (self.rollback.steps if self.rollback else {}, self.cutover):
            for step, state in steps.items():
                if state.status == "running":
                    return step
        return None

    def step(self, attempt: int, step: str) -> StepState:
        """Return where a step stands: of an attempt, or, in attempt CUTOVER, of an item."""
        if attempt == CUTOVER:
            return self.cutover.get(step, StepState())
        for rollback in (self.rollback, *self.attempts):
            if rollback and rollback.attempt == attempt:
                return rollback.step(step)
        return StepState()

    def source(self) -> Source:
        """Return the document the launch was opened from, as the log holds it."""
        kept = self.opened.source
        return source_from_text(kept.name, kept.encoding, kept.text)

    def item(self, item: str) -> ItemState:
        """Return an item's state."""
        return self.items.get(item, ItemState())

    def slot(self, slot: str) -> SlotState:
        """Return a sign-off slot's state."""
        return self.slots.get(slot, SlotState())

    def standing(self, item: Item) -> Standing:
        """Return where an item stands now."""
        current = self.item(item.id).current
        if current:
            return current.result
        return "from-document" if item.checked else "open"

    def done(self, item: Item) -> bool:
        """Say whether an item satisfies a gate: passed, or not applicable."""
        return self.standing(item) in _DONE

    def waits_for(self, slot: SignOff) -> tuple[Item, ...]:
        """Return the items a sign-off waits for, in document order."""
        covered = frozenset(slot.items)
        return tuple(
            item for item in self.checklist.items() if item.id in covered and not self.done(item)
        )

    def waits_for_rollback(self, slot: SignOff) -> bool:
        """Say whether a sign-off closes a rollback, and none has ended yet."""
        return slot.closes_rollback and (self.rollback is None or not self.rollback.over)

    def changed_since_signed(self, slot: SignOff) -> tuple[str, ...]:
        """Return the ids of covered items whose outcome is no longer the one that was signed."""
        signature = self.slot(slot.id).signature
        if signature is None:
            return ()
        now = {item: state.current for item, state in self.items.items()}
        return tuple(
            covered.item
            for covered in signature.covers
            if (current := now.get(covered.item)) is None or current.seq != covered.seq
        )

    def progress(self, phase: Phase | None = None) -> Progress:
        """Count a phase, or the whole launch."""
        items = phase.items if phase else tuple(self.checklist.items())
        standings = [self.standing(item) for item in items]
        slots = [
            slot
            for slot in self.checklist.signoffs
            # Nobody owes the sign-off of a rollback that never was.
            if (phase is None or slot.phase == phase.id)
            and (self.rollback or not slot.closes_rollback)
        ]
        return Progress(
            items=len(items),
            done=sum(standing in _DONE for standing in standings),
            failed=standings.count("failed"),
            from_document=standings.count("from-document"),
            signoffs=len(slots),
            signed=sum(self.slot(slot.id).signature is not None for slot in slots),
        )

    def red_probes(self, phase: Phase | None = None) -> int:
        """Count the probes that failed or could not be measured, of a phase's items or of all."""
        if phase is None:
            ids = {probe.id for probe in self.checklist.probes}
        else:
            ids = {item.probe for item in phase.items if item.probe}
        return sum(standing.state in RED for id_, standing in self.probes.items() if id_ in ids)

    def last_record(self, initials: str) -> OwnRecord | None:
        """Return what undo would take back for somebody: their last record that stands."""
        own = self.records.get(initials)
        return own[-1] if own else None
