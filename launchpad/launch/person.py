"""Who takes part: a person's initials, name and role, and the actor that an event names."""

import re
from dataclasses import dataclass

from launchpad.launch.event import JsonObject
from launchpad.text.safe import one_line

_INITIALS = re.compile(r"[^\W\d_][^\W_]{0,7}")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the launch. initials: upper case, 1 to 8 letters or digits; role may be ""."""

    initials: str
    name: str = ""
    role: str = ""


def person(initials: str, name: str = "", role: str = "") -> Person:
    """Return a person from what was typed. ValueError says what initials look like."""
    typed = initials.strip().upper()
    if not _INITIALS.fullmatch(typed):
        raise ValueError(
            f"initials are 1 to 8 letters or digits, the first a letter; not {one_line(initials)!r}"
        )
    return Person(typed, one_line(name), one_line(role))


def actor_initials(actor: JsonObject) -> str:
    """Return whose act an event records, by initials.

    "auto" for a conductor, "?" for an actor that names nobody.
    """
    if actor.get("door") == "conductor":
        return "auto"
    initials = actor.get("initials")
    return one_line(initials) if isinstance(initials, str) and initials else "?"


def actor_name(actor: JsonObject) -> str:
    """Return the printed name that an event's actor gave, or "" without one."""
    name = actor.get("name")
    return one_line(name) if isinstance(name, str) else ""
