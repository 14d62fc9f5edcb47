"""What somebody wants: each intent names the state it wants, never a toggle.

`seen` is the seq of the last event its operator had before them when they decided. An intent on
something that changed after that is stale, and refused.
"""

from dataclasses import dataclass
from typing import TypeAlias

from launchpad.launch.kinds import LaunchOpened, Outcome, Result


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
)
