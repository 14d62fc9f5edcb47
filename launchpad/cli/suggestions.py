"""Who sat here last: a suggestion for the next time, never an identity.

Kept in the user's own state folder, mode 0600. Several people share one account (`deploy`), so
it is kept by OS user and by where they come from: the SSH key where sshd says which, else the
address. Within a multiplexer that was started over SSH nobody can tell who is attached; there,
nothing is suggested and nothing is kept.
"""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from launchpad.launch.person import Person, person
from launchpad.session.participant import os_user

_FILE = "people.json"


def origin(environment: Mapping[str, str]) -> str | None:
    """Return whose suggestion this is, such as "deploy from 192.0.2.7"; None where none can be."""
    address = environment.get("SSH_CONNECTION", "").partition(" ")[0]
    if not address:
        return os_user()
    if environment.get("TMUX") or environment.get("STY"):
        return None
    return f"{os_user()} from {_key(environment) or address}"


def suggested(folder: Path, environment: Mapping[str, str]) -> Person | None:
    """Return who sat here last; None where that is not known."""
    kept = _kept(folder / _FILE).get(origin(environment) or "")
    if not isinstance(kept, dict):
        return None
    try:
        return person(*(str(kept.get(key, "")) for key in ("initials", "name", "role")))
    except ValueError:
        return None


def remember(folder: Path, environment: Mapping[str, str], who: Person) -> None:
    """Keep who sits here. Where it cannot be kept, they are asked again next time."""
    place = origin(environment)
    if place is None:
        return
    kept = _kept(folder / _FILE)
    kept[place] = {"initials": who.initials, "name": who.name, "role": who.role}
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # mkstemp makes the file 0600; the rename means that no reader sees half of it.
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=_FILE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(kept, file, indent=2)
        Path(name).replace(folder / _FILE)


def _kept(file: Path) -> dict[str, object]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _key(environment: Mapping[str, str]) -> str | None:
    """Return the SHA-256 of the public key in sshd's SSH_USER_AUTH file (ExposeAuthInfo)."""
    try:
        lines = Path(environment.get("SSH_USER_AUTH", "")).read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return None
    keys = [line for line in lines if line.startswith("publickey ")]
    return f"key {hashlib.sha256(keys[0].encode()).hexdigest()}" if keys else None
