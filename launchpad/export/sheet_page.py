"""What an emergency sheet is written of: a launch at a moment, and the values it was given."""

from collections.abc import Mapping
from dataclasses import dataclass

from launchpad.checklist.model import Snippet
from launchpad.checklist.told.commands import snippets_by_id
from launchpad.launch.event import Stamp
from launchpad.launch.moment import Moment, day, moment_at, second, shifted
from launchpad.launch.state import LaunchState
from launchpad.session.history import Actuals
from launchpad.steps.resolving import REFERENCE


@dataclass(frozen=True, slots=True)
class Page:
    """A launch at a moment.

    values: of the variables that have one, by name; snippets: by id; actuals: how long its steps
    really took, by the step's id.
    """

    state: LaunchState
    now: Moment
    values: Mapping[str, str]
    snippets: Mapping[str, Snippet]
    actuals: Actuals

    def filled(self, text: str) -> str:
        """Return a text with the variables that have a value; a secret stays `${name}`."""
        return REFERENCE.sub(lambda found: self.values.get(found[1], found[0]), text)

    def in_ms(self, milliseconds: int) -> str:
        """Return when it is so much later than now, or earlier below zero, in words."""
        return when(shifted(self.now.at, milliseconds))


def page(state: LaunchState, at: Stamp, actuals: Actuals) -> Page:
    """Return what the sheet of a launch is written of. at: now."""
    given = (
        (one.name, state.opened.vars.get(one.name, one.default)) for one in state.checklist.vars
    )
    values = {name: value for name, value in given if value is not None}
    return Page(state, moment_at(at), values, snippets_by_id(state.checklist), actuals)


def when(at: str) -> str:
    """Return a time with its date and zone: a sheet is read on another day, too."""
    return f"{day(at)} {second(at)}"


def role_words(state: LaunchState, role: str) -> str:
    """Return a role's title, and who of the crew holds it: "Database Admin (AB)"."""
    titles = {each.id: each.title for each in state.checklist.roles}
    people = state.checklist.crew.people if state.checklist.crew else ()
    holders = ", ".join(one.initials for one in people if role in one.roles)
    return f"{titles.get(role, role)}{f' ({holders})' if holders else ''}"
