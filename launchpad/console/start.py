"""What a console needs to start. Everything it may do to the world comes in through here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from launchpad.launch.person import Person
from launchpad.log.store import Log
from launchpad.session.participant import Participant


@dataclass(frozen=True, slots=True)
class Start:
    """A console's beginning.

    launch: the launch to show; opening: makes the launch to show, for who says that they are here,
    and returns its id, raising LogError; neither of the two for the home screen; suggestion: who
    sat here last;
    remember: keeps who they say they are for the next time; folder: where checklists are looked
    for; mouse: whether the console takes it; open_document: makes a launch of a checklist and
    returns its id, raising ChecklistError or LogError; colleagues: the command that others type to
    take part in a launch; conduct: starts a conductor of a launch here, detached, raising OSError;
    roles: the titles of the roles that the launch knows, safe.
    """

    address: str
    log: Log
    launch: str | None
    opening: Callable[[Person], str] | None
    suggestion: Person | None
    remember: Callable[[Person], None]
    participant: Callable[[Person], Participant]
    folder: Path
    read_only: bool
    mouse: bool
    open_document: Callable[[Path, Person], str]
    colleagues: Callable[[str], str]
    conduct: Callable[[str], None]
    roles: Sequence[str] = ()
