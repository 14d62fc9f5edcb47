"""The kinds of events and what each says: past-tense facts, decoded strictly.

A body may hold more than its kind names here (a newer program may say more); what it names must
be there and of its type. A kind that is not in this list is from a newer program: it is kept and
shown, and nothing is written to a launch that holds one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, cast

import msgspec

from launchpad.checklist.encoding import Encoding
from launchpad.checklist.model import Checklist, Result
from launchpad.launch.clock_facts import (
    ClockFact,
    ClockHeld,
    ClockRecycled,
    ClockResumed,
    ClockStepped,
    LaunchScheduled,
    LaunchScrubbed,
    ObservationAcknowledged,
)
from launchpad.launch.cutover_facts import StepRequested
from launchpad.launch.event import Event, JsonObject
from launchpad.launch.operations import (
    ConductorMoved,
    ConductorStarted,
    ConductorStopped,
    Decision,
    DemoSwitched,
    ObservationGap,
    ProbeChanged,
    Report,
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
from launchpad.launch.poll_facts import PollClosed, PollFact, PollOpened, PollVoted
from launchpad.launch.preflight_facts import PreflightCompleted
from launchpad.launch.sample_facts import SamplesDigested, SamplesThinned
from launchpad.launch.trigger_facts import (
    BaselineCaptured,
    RollbackProposed,
    TriggerDismissed,
    TriggerFact,
    TriggerTripped,
)

Outcome = Literal["launched", "rolled-back", "scrubbed"]
Mode = Literal["live", "rehearsal"]

RESULTS: tuple[Result, ...] = ("passed", "failed", "not-applicable", "blocked", "in-progress")
OUTCOMES: tuple[Outcome, ...] = ("launched", "rolled-back", "scrubbed")


class BadEvent(Exception):
    """An event's body does not say what its kind says. The message names the seq and the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """The document as it was when the launch opened.

    sha256: of the file's bytes, hex; text: the whole file decoded,
    byte order mark and line ends as they were.
    """

    name: str
    sha256: str
    encoding: Encoding
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """The git commit the document lay in, and whether the file differed from it."""

    id: str
    modified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where a launch's conductor belongs: at first, where the launch was opened."""

    host: str
    user: str
    directory: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchOpened:
    """launch.opened: a checklist became a launch.

    reading: the checklist as it was understood, so that a later program
    reads this launch's items as they were read on the day; accept_ticked: whether boxes that came
    ticked count as passed by whoever opened it; vars: the values of the checklist's variables.
    """

    title: str
    mode: Mode
    code_word: str
    source: SourceText
    reading: Checklist
    accept_ticked: bool
    git: Commit | None
    home: Home
    program: str
    vars: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatJoined:
    """seat.joined: somebody took part from a console."""

    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLeft:
    """seat.left: they left it, by choice or by a lost connection."""

    seat: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResulted:
    """item.resulted: an item has an outcome; a tick is `passed`. corrects: the seq it replaces."""

    item: str
    result: Result
    reason: str | None
    corrects: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemNoted:
    """item.noted: a note on an item, or on the launch where item is None."""

    item: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemUndone:
    """item.undone: somebody took back their own record. corrects: its seq."""

    corrects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """The outcome a sign-off rested on: an item, its result and the seq that recorded it."""

    item: str
    result: Result
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignoffRecorded:
    """signoff.recorded: somebody signed. initials: as typed for this act; covers: what it saw."""

    slot: str
    initials: str
    name: str
    role: str
    meaning: str
    on_behalf_of: str | None
    covers: tuple[Covered, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignoffRevoked:
    """signoff.revoked: a sign-off no longer stands. corrects: the seq of the sign-off."""

    slot: str
    reason: str
    corrects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchClosed:
    """launch.closed: nothing more is recorded. The counts say what was left."""

    outcome: Outcome
    items_open: int
    signoffs_open: int


Body: TypeAlias = (
    LaunchOpened
    | SeatJoined
    | SeatLeft
    | ItemResulted
    | ItemNoted
    | ItemUndone
    | SignoffRecorded
    | SignoffRevoked
    | LaunchClosed
    | ClockFact
    | PollFact
    | TriggerFact
    | ObservationAcknowledged
    | StepRequested
    | Report
    | Decision
)

KINDS: Mapping[str, type[Body]] = {
    "launch.opened": LaunchOpened,
    "seat.joined": SeatJoined,
    "seat.left": SeatLeft,
    "item.resulted": ItemResulted,
    "item.noted": ItemNoted,
    "item.undone": ItemUndone,
    "signoff.recorded": SignoffRecorded,
    "signoff.revoked": SignoffRevoked,
    "launch.closed": LaunchClosed,
    "conductor.started": ConductorStarted,
    "conductor.stopped": ConductorStopped,
    "conductor.moved": ConductorMoved,
    "observation.gap": ObservationGap,
    "probe.changed": ProbeChanged,
    "rollback.started": RollbackStarted,
    "rollback.paused": RollbackPaused,
    "rollback.resumed": RollbackResumed,
    "rollback.abandoned": RollbackAbandoned,
    "rollback.completed": RollbackCompleted,
    "step.started": StepStarted,
    "step.ended-well": StepEndedWell,
    "step.finished": StepFinished,
    "step.indeterminate": StepIndeterminate,
    "step.resolved": StepResolved,
    "step.requested": StepRequested,
    "step.kill-requested": StepKillRequested,
    "launch.scheduled": LaunchScheduled,
    "launch.scrubbed": LaunchScrubbed,
    "clock.held": ClockHeld,
    "clock.resumed": ClockResumed,
    "clock.recycled": ClockRecycled,
    "clock.stepped": ClockStepped,
    "observation.acknowledged": ObservationAcknowledged,
    "poll.opened": PollOpened,
    "poll.voted": PollVoted,
    "poll.closed": PollClosed,
    "preflight.completed": PreflightCompleted,
    "samples.digested": SamplesDigested,
    "samples.thinned": SamplesThinned,
    "baseline.captured": BaselineCaptured,
    "trigger.tripped": TriggerTripped,
    "trigger.dismissed": TriggerDismissed,
    "rollback.proposed": RollbackProposed,
    "demo.switched": DemoSwitched,
}
_NAMES = {kind: name for name, kind in KINDS.items()}


def kind_of(body: Body) -> str:
    """Return the kind's name, such as `item.resulted`."""
    return _NAMES[type(body)]


def encode(body: Body) -> JsonObject:
    """Return a body as an event carries it: as it will be read back, lists and all."""
    return cast("JsonObject", msgspec.json.decode(msgspec.json.encode(body)))


def decode(event: Event) -> Body | None:
    """Return what an event says; None for a kind from a newer program. Raises BadEvent."""
    kind = KINDS.get(event.kind)
    if kind is None:
        return None
    try:
        return msgspec.convert(event.body, kind)
    except msgspec.ValidationError as error:
        raise BadEvent(f"event {event.seq} ({event.kind}): {error}") from None
