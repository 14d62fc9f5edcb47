"""What somebody wants: each intent names the state it wants, never a toggle.

`seen` is the seq of the last event its operator had before them when they decided. An intent on
something that changed after that is stale, and refused.
"""

from dataclasses import dataclass
from typing import TypeAlias

from launchpad.checklist.model import Result
from launchpad.launch.kinds import LaunchOpened, Outcome
from launchpad.launch.operations import AsLeft, DemoMode, Report, Resolution


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
    """Begin the way back. confirm: the code word, typed; first: a step's id, None for the first."""

    reason: str
    confirm: str
    first: str | None
    seen: int


@dataclass(frozen=True, slots=True)
class PauseRollback:
    """Let no further step start."""

    reason: str


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
    """Decide about a step that failed, timed out or is indeterminate."""

    step: str
    resolution: Resolution
    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class ConfirmStep:
    """Say that a manual step is done."""

    step: str
    note: str
    seen: int


@dataclass(frozen=True, slots=True)
class SwitchDemo:
    """Break or mend the demo's stand-in service."""

    mode: DemoMode


@dataclass(frozen=True, slots=True)
class ReportFact:
    """A conductor records what it observed or did. epoch: of the lease it holds."""

    fact: Report
    epoch: int


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
    | SwitchDemo
    | ReportFact
)
