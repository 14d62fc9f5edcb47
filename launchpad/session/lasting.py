"""How long a conductor lasts on this machine: until logout, until reboot, or longer than both."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from launchpad.session.logind import kills_at_logout

Ending: TypeAlias = Literal["logout", "reboot"]

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9_-]")
_SESSION: Final = re.compile(r"/session-[^/]+\.scope\b")
_OWN_MANAGER: Final = re.compile(r"/user@\d+\.service\b")


@dataclass(frozen=True, slots=True)
class Account:
    """Whose conductor it is. units: the folder of their own systemd units; root: of all files."""

    user: str
    units: Path
    root: Path = Path("/")

    @property
    def lingers(self) -> bool:
        """Whether their services go on after they log out: loginctl(1), enable-linger."""
        return (self.root / "var/lib/systemd/linger" / self.user).exists()


def unit_name(launch: str) -> str:
    """Return the name of the unit that conducts a launch."""
    # Whoever may write the log names its launches.
    return f"launchpad-{_UNSAFE.sub('_', launch)}.service"


def unit_folder(environment: Mapping[str, str]) -> Path:
    """Return where an account's own units lie: systemd.unit(5), user unit search path."""
    configuration = environment.get("XDG_CONFIG_HOME", "")
    base = Path(configuration) if configuration.startswith("/") else Path.home() / ".config"
    return base / "systemd" / "user"


def dies_at(launch: str, account: Account, pid: int | None = None) -> Ending | None:
    """Return what ends a conductor for good, None where a unit starts it again.

    pid: the conductor's process; None for one that this process would start.
    """
    unit = unit_name(launch)
    if (account.root / "etc/systemd/system/multi-user.target.wants" / unit).is_symlink():
        return None
    if account.lingers and (account.units / "default.target.wants" / unit).is_symlink():
        return None
    if not (account.root / "run/systemd/system").is_dir():
        return "reboot"
    group = _control_group(account.root, os.getpid() if pid is None else pid)
    if _SESSION.search(group) and kills_at_logout(account.user, account.root):
        return "logout"
    if _OWN_MANAGER.search(group) and not account.lingers:
        return "logout"
    return "reboot"


def _control_group(root: Path, pid: int) -> str:
    try:
        return (root / "proc" / str(pid) / "cgroup").read_text(errors="replace")
    except OSError:
        return ""
