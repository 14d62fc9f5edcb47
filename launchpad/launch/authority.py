"""Who may make which intent: the lead's acts, and those of who may roll back."""

from collections.abc import Set as AbstractSet

from launchpad.checklist.model import Checklist, Rollback
from launchpad.launch.moment import second
from launchpad.launch.person import Person
from launchpad.launch.refused import Refused
from launchpad.launch.state import LaunchState
from launchpad.text.safe import one_line


def refuse_scrubbed(state: LaunchState) -> None:
    """Refuse everything that leads to a launch once there is none today."""
    if state.scrub:
        scrub = state.scrub
        raise Refused(f"the launch was scrubbed by {scrub.by} at {second(scrub.at)}")


def leads(state: LaunchState, by: Person) -> bool:
    """Say whether somebody leads the launch; where no crew is named, everybody may."""
    crew = state.checklist.crew
    return crew is None or not crew.lead or by.initials == crew.lead.upper()


def require_lead(state: LaunchState, by: Person, act: str) -> None:
    """Refuse who does not lead the launch; where no crew is named, everybody may.

    act: what only the lead does, as in "hold the clock".
    """
    crew = state.checklist.crew
    if crew is None or leads(state, by):
        return
    name = next((each.name for each in crew.people if each.initials == crew.lead), "")
    lead = f"{crew.lead}, {name}" if name else crew.lead
    raise Refused(f"only the lead may {act}: {one_line(lead)}")


def require_rollback_authority(state: LaunchState, plan: Rollback, by: Person) -> None:
    """Refuse who holds none of the roles that may roll back; without roles, everybody may."""
    if not plan.authority:
        return
    titles = {role.id: role.title for role in state.checklist.roles}
    held = roles_held(state.checklist, by)
    for role in plan.authority:
        if {role.casefold(), titles.get(role, role).casefold()} & held:
            return
    raise Refused(
        f"{by.initials} has no authority over the rollback; it takes one of: "
        + ", ".join(titles.get(role, role) for role in plan.authority)
        + " (a role is given with --role, or where the console asks who you are)"
    )


def roles_held(checklist: Checklist, by: Person) -> AbstractSet[str]:
    """Return the roles of a person, by id or title in lower case: as they say, and as the crew."""
    held = {by.role.casefold()}
    for member in checklist.crew.people if checklist.crew else ():
        if member.initials.upper() == by.initials:
            held.update(role.casefold() for role in member.roles)
    return held
