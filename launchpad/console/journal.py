"""The lines of the log, as a person reads them."""

from collections.abc import Iterable

from textual.content import Content

from launchpad.console.fitting import fit_content
from launchpad.console.ink import Ink
from launchpad.launch.event import Event
from launchpad.launch.kinds import BadEvent
from launchpad.launch.moment import second
from launchpad.launch.person import actor_initials
from launchpad.launch.state import LaunchState
from launchpad.session.telling import tell


def journal_text(event: Event, state: LaunchState, ink: Ink) -> str:
    """Return an event on one line: when, who, what."""
    try:
        told = tell(event, state)
    except BadEvent as error:
        told = str(error)
    return f"{second(event.at)} {actor_initials(event.actor):<4} {ink.line(told)}"


def journal_pane(
    events: Iterable[Event], state: LaunchState, width: int, height: int, ink: Ink
) -> Content:
    """Return the newest events, the newest last, one a line, in height lines of width cells."""
    lines = [f" {journal_text(event, state, ink)}" for event in events][-height:]
    return Content("\n").join(fit_content(Content(line), width, ink.cut) for line in lines)
