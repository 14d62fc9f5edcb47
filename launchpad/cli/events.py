"""One event as a command shows it: a line to read, or plain values for JSON."""

from typing import Any

from launchpad.launch.event import Event
from launchpad.launch.moment import second
from launchpad.launch.person import actor_initials
from launchpad.launch.state import LaunchState
from launchpad.log.chain import LINE_KEYS
from launchpad.session.telling import tell


def event_line(event: Event, state: LaunchState) -> str:
    """Return an event as `34  02:17:19Z  AB  ticked db-dsn`."""
    who = actor_initials(event.actor)
    return f"{event.seq:>4}  {second(event.at)}  {who:<4}  {tell(event, state)}"


def event_values(event: Event) -> dict[str, Any]:
    """Return an event's envelope and its hash."""
    return {key: getattr(event, key) for key in (*LINE_KEYS, "hash")}
