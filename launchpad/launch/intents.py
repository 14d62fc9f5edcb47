"""What somebody wants: each intent names the state it wants, never a toggle.

`seen` is the seq of the last event its operator had before them when they decided. An intent on
something that changed after that is stale, and refused.
"""

from dataclasses import dataclass
from typing import TypeAlias

from launchpad.checklist.model import Result
from launchpad.launch.clock_facts import Keeping
from launchpad.launch.kinds import Home, LaunchOpened, Outcome
from launchpad.launch.moment import Moment
from launchpad.launch.operations import AsLeft, DemoMode, ObservationGap, Report, Resolution
from launchpad.launch.poll_facts import PollOutcome, Vote
from launchpad.launch.trigger_facts import BaselineFigure


@dataclass(frozen=True, slots=True)
class OpenLaunch:
    """Make a launch of a checklist."""

    opened: LaunchOpened


@dataclass(frozen=True, slots=True)
class TakeSeat:
    """Take part from a console."""

    seat: str


@dataclass(frozen=True, slots=True)
class LeaveSeat:
    """Leave it."""

    seat: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordResult:
    """Give an item an outcome."""

    item: str
    result: Result
    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class AddNote:
    """Write a note on an item, or on the launch where item is None."""

    item: str | None
    text: str


@dataclass(frozen=True, slots=True)
class UndoRecord:
    """Take back one's own last record, the one with seq `record`."""

    record: int


@dataclass(frozen=True, slots=True)
class SignOffSlot:
    """Sign a slot. initials: typed for this act, and must be the signer's own."""

    slot: str
    initials: str
    meaning: str
    on_behalf_of: str | None
    seen: int


@dataclass(frozen=True, slots=True)
class RevokeSignOff:
    """Take a sign-off back, with a reason."""

    slot: str
    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class CloseLaunch:
    """End the launch. confirm: the launch's code word, typed."""

    outcome: Outcome
    confirm: str


@dataclass(frozen=True, slots=True)
class StartRollback:
    """Begin the way back. confirm: the code word, typed; first: a step's id, None for the first.

    past_no_return: although the point of no return was passed.
    """

    reason: str
    confirm: str
    first: str | None
    seen: int
    past_no_return: bool = False


@dataclass(frozen=True, slots=True)
class PauseRollback:
    """Let no further step start. as_left: how steps are left, of those with more to say."""

    reason: str
    as_left: tuple[AsLeft, ...] = ()


@dataclass(frozen=True, slots=True)
class ResumeRollback:
    """Let steps start again."""

    seen: int


@dataclass(frozen=True, slots=True)
class AbandonRollback:
    """Give the rollback up, with a word on how each step was left. kill: end what runs."""

    reason: str
    confirm: str
    as_left: tuple[AsLeft, ...]
    kill: bool


@dataclass(frozen=True, slots=True)
class ResolveStep:
    """Decide about a step that failed, timed out or is indeterminate.

    cutover: whether it is the step of the item with this id, not one of the rollback.
    """

    step: str
    resolution: Resolution
    reason: str
    seen: int
    cutover: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmStep:
    """Say that a manual step is done. cutover: as for `ResolveStep`."""

    step: str
    note: str
    seen: int
    cutover: bool = False


@dataclass(frozen=True, slots=True)
class KillStep:
    """Have a step that runs ended, and only that one. cutover: as for `ResolveStep`."""

    step: str
    reason: str
    seen: int
    cutover: bool = False


@dataclass(frozen=True, slots=True)
class SwitchDemo:
    """Break or mend the demo's stand-in service."""

    mode: DemoMode


@dataclass(frozen=True, slots=True)
class MoveConductor:
    """Let another place than before carry the launch's conductor."""

    home: Home
    reason: str


@dataclass(frozen=True, slots=True)
class ReportFact:
    """A conductor records what it observed or did. epoch: of the lease it holds; now: when.

    gap: with its start, for how long nobody observed before: neither is recorded without the other.
    """

    fact: Report
    epoch: int
    now: Moment | None = None
    gap: ObservationGap | None = None


@dataclass(frozen=True, slots=True)
class SetT0:
    """Give T-0 a time. t0, zone, in_ms, keeps: as in `LaunchScheduled`.

    now: to know whether T-0 is still ahead, where it keeps something.
    """

    t0: str
    zone: str
    in_ms: int
    keeps: Keeping | None
    seen: int
    now: Moment | None = None


@dataclass(frozen=True, slots=True)
class HoldClock:
    """Let T- stand still."""

    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class ResumeClock:
    """Let T- run again; in a built-in hold, leave it at once. now: to know which one."""

    reason: str
    now: Moment
    seen: int


@dataclass(frozen=True, slots=True)
class RecycleClock:
    """Set T- back to an earlier time and hold there. now: to know that it is earlier."""

    t_ms: int
    reason: str
    now: Moment
    seen: int


@dataclass(frozen=True, slots=True)
class ScrubLaunch:
    """Say that there is no launch today."""

    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class AcknowledgeGap:
    """Say that one has seen that nobody observed for a while; steps may start again."""

    seen: int


@dataclass(frozen=True, slots=True)
class OpenPoll:
    """Ask the roles for go or no-go. phase: a phase's id, None for T-0; times as in the fact."""

    phase: str | None
    closes_in_ms: int | None
    valid_ms: int | None
    seen: int


@dataclass(frozen=True, slots=True)
class CastVote:
    """Vote for a role: its id or title, None for one's own. now: to know whether the poll ended."""

    role: str | None
    vote: Vote
    comment: str
    now: Moment
    seen: int


@dataclass(frozen=True, slots=True)
class ClosePoll:
    """Decide a poll. reason: why it is GO although something speaks against it.

    also_unmet: what only a console can know to speak against it, such as the preflight.
    """

    outcome: PollOutcome
    reason: str
    now: Moment
    seen: int
    also_unmet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaptureBaseline:
    """Keep what the probes take now, to compare with. over_ms: how long it was measured."""

    figures: tuple[BaselineFigure, ...]
    over_ms: int


@dataclass(frozen=True, slots=True)
class DismissTrigger:
    """Say no to a trigger, for a stated time."""

    trigger: str
    reason: str
    for_ms: int
    seen: int


@dataclass(frozen=True, slots=True)
class RunStep:
    """Have the step of an item carried out.

    confirm: the code word, typed, where the item is the point of no return; reason: why once more.
    """

    item: str
    seen: int
    confirm: str = ""
    reason: str = ""


Intent: TypeAlias = (
    OpenLaunch
    | TakeSeat
    | LeaveSeat
    | RecordResult
    | AddNote
    | UndoRecord
    | SignOffSlot
    | RevokeSignOff
    | CloseLaunch
    | StartRollback
    | PauseRollback
    | ResumeRollback
    | AbandonRollback
    | ResolveStep
    | ConfirmStep
    | KillStep
    | SwitchDemo
    | MoveConductor
    | SetT0
    | HoldClock
    | ResumeClock
    | RecycleClock
    | ScrubLaunch
    | AcknowledgeGap
    | OpenPoll
    | CastVote
    | ClosePoll
    | CaptureBaseline
    | DismissTrigger
    | RunStep
    | ReportFact
)
