"""`launchpad conductor --install-unit`: a launch's conductor outlives logout and reboot."""

import os
import shlex
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from launchpad.checklist.model import Checklist
from launchpad.cli.conducting import conductor_heard, require_home
from launchpad.cli.configuration import state_folder
from launchpad.cli.output import narrate, say
from launchpad.cli.reaching import launch_to_write, log_at
from launchpad.cli.unit import Unit, unit_text
from launchpad.launch.refused import Refused
from launchpad.launch.state import LaunchState
from launchpad.process.environment import KEPT
from launchpad.session.conductor import conductor_standing
from launchpad.session.lasting import Account, unit_folder
from launchpad.session.participant import os_user
from launchpad.text.safe import one_line

SYSTEM_UNITS: Final = Path("/etc/systemd/system")
_SYSTEM_SECRETS: Final = Path("/etc/launchpad")
# systemd sets these for the account a unit runs as; the others end with the login.
_SYSTEMD_SETS: Final = frozenset({"HOME", "USER", "LOGNAME", "SHELL", "XDG_RUNTIME_DIR", "TMPDIR"})


def install(address: str | None, launch: str | None, *, system: bool, force: bool) -> int:
    """Write the unit of a launch's conductor, and say what to type next.

    system: as a unit of the system, which only root may write, else of this account. Raises
    Refused for a launch that belongs elsewhere, and for a different unit unless force is given.
    """
    with log_at(address) as log:
        state = launch_to_write(log, launch).state
        home = state.home
        # Root installs what another account of this machine runs.
        if not (system and os.geteuid() == 0 and home.host == socket.gethostname()):
            require_home(state, log.address)
        heard = conductor_heard(conductor_standing(log, state.launch))
        unit = _unit(state, log.address, system=system)
    path = (SYSTEM_UNITS if system else unit_folder(os.environ)) / unit.name
    _write(path, unit_text(unit), force=force)
    say(str(path))
    for line in _next(unit, heard):
        narrate(line)
    return 0


def _unit(state: LaunchState, address: str, *, system: bool) -> Unit:
    home, names = state.home, _from_environment(state.checklist)
    place = _SYSTEM_SECRETS if system else state_folder() / "conductors"
    unit = Unit(
        launch=state.launch,
        python=sys.executable,
        log=address if "://" in address else os.path.abspath(address),  # noqa: PTH100 - links stay
        directory=home.directory,
        user=home.user if system else None,
        # Another account's programs and folders are not known here.
        environment=_environment() if home.user == os_user() else {},
        secrets=names,
    )
    if not names:
        return unit
    return replace(unit, secrets_file=place / f"{Path(unit.name).stem}.env")


def _environment() -> dict[str, str]:
    """Return what finds the conductor's programs and its trust, and holds no secret."""
    names = (KEPT - _SYSTEMD_SETS) | {"XDG_STATE_HOME"}
    return {name: os.environ[name] for name in names if os.environ.get(name)}


def _from_environment(checklist: Checklist) -> tuple[str, ...]:
    """Return the variables that a conductor takes secrets and probes from."""
    names = [secret.origin[0] for secret in checklist.secrets if secret.source == "env"]
    names += [
        probe.env.name
        for probe in checklist.probes
        if probe.env and probe.env.source == "conductor"
    ]
    return tuple(sorted(set(names) - KEPT))


def _write(path: Path, text: str, *, force: bool) -> None:
    try:
        before = path.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        before = None
    if before not in (None, text) and not force:
        raise Refused(f"{path} is there and says something else; --force replaces it")
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8", errors="surrogateescape")
    new.replace(path)


def _next(unit: Unit, heard: str | None) -> Iterator[str]:
    """Yield what is to be known and typed now."""
    systemctl = "systemctl" if unit.user else "systemctl --user"
    if unit.secrets_file:
        place = one_line(shlex.quote(str(unit.secrets_file)))
        names = one_line(", ".join(unit.secrets))
        yield f"it takes {names} from the environment: write NAME=VALUE,"
        yield f"a line for each, into {place} (mode 0600)"
    if not unit.environment:
        yield "its PATH is systemd's own; programs elsewhere need an Environment=PATH=... line"
    yield "now type:"
    yield f"  {systemctl} daemon-reload"
    yield f"  {systemctl} enable --now {unit.name}"
    account = Account(os_user(), unit_folder(os.environ))
    if unit.user is None and not account.lingers:
        yield f"  loginctl enable-linger {shlex.quote(account.user)}"
    if heard:
        yield f"it is conducted by {heard}; the unit stands by, and takes over when that one ends"
