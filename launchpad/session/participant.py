"""Who sits at this terminal, with what the machine itself knows about them."""

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from launchpad.launch.event import JsonObject
from launchpad.launch.person import Person
from launchpad.text.safe import one_line

Door = Literal["console", "command", "conductor"]
_NO_LOGIN = "4294967295"


@dataclass(frozen=True, slots=True)
class Participant:
    """A person, and the actor that their events name."""

    person: Person
    actor: JsonObject


def participant(person: Person, door: Door, environment: Mapping[str, str]) -> Participant:
    """Return a participant: the person as they say, the circumstances as the machine knows them.

    Recorded beside initials, name and role: the OS user, the audit login uid, SUDO_USER, the
    terminal and the address an SSH connection came from. What cannot be known is None; inside a
    terminal multiplexer the environment is that of whoever started it, so the origin is "unknown".
    """
    origin = environment.get("SSH_CONNECTION", "").partition(" ")[0] or None
    if origin and (environment.get("TMUX") or environment.get("STY")):
        origin = "unknown"
    return Participant(
        person,
        {
            "initials": person.initials,
            "name": person.name,
            "role": person.role,
            "door": door,
            "os_user": os_user(),
            "login_uid": _login_uid(),
            "sudo_user": _outside(environment.get("SUDO_USER")),
            "terminal": _terminal(),
            "ssh_from": _outside(origin),
        },
    )


def os_user() -> str:
    """Return the name of the user this process runs as, its number where it has no name."""
    try:
        return one_line(getpass.getuser())
    except (KeyError, OSError):
        return str(os.getuid())


def _login_uid() -> int | None:
    try:
        text = Path("/proc/self/loginuid").read_text(encoding="ascii").strip()
    except OSError:
        return None
    return int(text) if text.isdigit() and text != _NO_LOGIN else None


def _terminal() -> str | None:
    for stream in (0, 2):
        try:
            return _outside(os.ttyname(stream))
        except OSError:
            continue
    return None


def _outside(text: str | None) -> str | None:
    return one_line(text) if text else None
