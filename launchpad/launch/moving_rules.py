"""The rules of where a launch's conductor belongs: who may move it, and where to."""

from launchpad.launch.authority import require_lead, require_rollback_authority
from launchpad.launch.intents import MoveConductor
from launchpad.launch.kinds import Body
from launchpad.launch.operations import ConductorMoved
from launchpad.launch.person import Person
from launchpad.launch.refused import Refused, said
from launchpad.launch.state import LaunchState


def move(state: LaunchState, intent: MoveConductor, by: Person) -> tuple[Body, ...]:
    """Let another place carry the launch: by its lead, or by who may roll it back.

    Where the checklist names neither, anybody may.
    """
    if intent.home == state.home:
        home = state.home
        raise Refused(
            f"the conductor belongs to {home.user}@{home.host}, {home.directory}, already; "
            "it is started without --move"
        )
    _authorised(state, by)
    reason = said(intent.reason)
    if not reason:
        raise Refused("to move the conductor needs a reason")
    home = intent.home
    return (
        ConductorMoved(host=home.host, user=home.user, directory=home.directory, reason=reason),
    )


def _authorised(state: LaunchState, by: Person) -> None:
    crew, plan = state.checklist.crew, state.checklist.rollback
    if crew and crew.lead.upper() == by.initials:
        return
    if plan and plan.authority:
        require_rollback_authority(state, plan, by)
    else:
        require_lead(state, by, "move the conductor")
