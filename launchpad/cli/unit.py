"""The text of a systemd unit that conducts one launch: pure, and quoted as systemd reads it.

systemd.syntax(7) unquotes words in double quotes with C escapes, systemd.unit(5) expands `%`, and
systemd.service(5) expands `$` in the words of a command, all but its first. Settings that take one
path are not unquoted.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from launchpad.cli.misused import Misused
from launchpad.session.lasting import unit_name

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit says.

    python: the interpreter, absolute; log: the address, a path absolute; user: who runs it, None
    for a unit of their own; environment: values that are no secrets; secrets_file: where the
    variables that are may lie, with their names.
    """

    launch: str
    python: str
    log: str
    directory: str
    user: str | None
    environment: Mapping[str, str]
    secrets_file: Path | None = None
    secrets: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """The unit's name."""
        return unit_name(self.launch)


def unit_text(unit: Unit) -> str:
    """Return the unit's file. Raises Misused for a path that no unit can name."""
    systemctl = "systemctl" if unit.user else "systemctl --user"
    arguments = [f"--log={unit.log}", f"--launch={unit.launch}", "--stand-by"]
    # -P: no module is ever taken from the folder it works in.
    words = ["-P", "-m", "launchpad", "conductor", *arguments]
    command = " ".join(
        [_quoted(unit.python), *(_quoted(word.replace("$", "$$")) for word in words)]
    )
    who = [f"User={_value(unit.user)}"] if unit.user else []
    environment = [
        f"Environment={_quoted(f'{name}={value}')}"
        for name, value in sorted(unit.environment.items())
    ]
    return "\n".join(
        [
            "# Written by launchpad conductor --install-unit: the conductor of one launch.",
            "# It ends by itself when the launch is closed; then:",
            f"#   {systemctl} disable --now {unit.name}",
            "",
            "[Unit]",
            f"Description=Launchpad conductor of {_value(unit.launch)}",
            # However often it dies: a launch is never left without one.
            "StartLimitIntervalSec=0",
            "",
            "[Service]",
            "Type=exec",
            f"ExecStart={command}",
            f"WorkingDirectory={_value(unit.directory)}",
            *who,
            *environment,
            *_secrets(unit),
            "# While another process conducts the launch it stands by: 0 means that all is over.",
            "Restart=on-failure",
            "RestartSec=2",
            "# A stop or a restart ends the conductor alone. A step has a runner of its own, which",
            "# has to outlive it: a command ended half-way is worse than a late one. So",
            f"# `{systemctl} stop` lets a running step go on; the next conductor sees it",
            "# through. launchpad rollback abandon --kill ends a step.",
            "KillMode=process",
            "",
            "[Install]",
            f"WantedBy={'multi-user.target' if unit.user else 'default.target'}",
            "",
        ]
    )


def _secrets(unit: Unit) -> list[str]:
    if unit.secrets_file is None:
        return []
    return [
        f"# For a file that only its owner reads (mode 0600): {', '.join(unit.secrets)}.",
        f"EnvironmentFile=-{_value(str(unit.secrets_file))}",
    ]


def _quoted(word: str) -> str:
    """Return a word in double quotes, as systemd gives it back to the program."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return '"' + _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", escaped) + '"'


def _value(text: str) -> str:
    """Return the value of a setting that is taken as it stands, but for `%`."""
    if _CONTROL.search(text) or text != text.strip() or text.endswith("\\"):
        raise Misused(f"no unit can name {text!r}: rename it")
    return text.replace("%", "%%")
