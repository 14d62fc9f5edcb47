"""How this machine's sshd treats a connection that falls silent, by its sshd_config(5)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_PART: Final = re.compile(r"(\d+)([smhdw]?)", re.IGNORECASE)
_DEEPEST: Final = 16  # of files that include each other


@dataclass(frozen=True, slots=True)
class KeepAlive:
    """interval_s: after so much silence the client is asked, 0 for never; count: so often.

    tcp: whether the kernel asks too, after hours.
    """

    interval_s: int
    count: int
    tcp: bool


def keep_alive(root: Path = Path("/")) -> KeepAlive | None:
    """Return the server's settings for every connection; None where they cannot be read.

    root: where the machine's files lie. What stands under Match holds for some, and is passed over.
    """
    found: dict[str, str] = {}
    try:
        for keyword, value in _settings(root / "etc/ssh/sshd_config", root, _DEEPEST):
            found.setdefault(keyword, value)  # the first one is used
    except (OSError, UnicodeDecodeError):
        return None
    return KeepAlive(
        _seconds(found.get("clientaliveinterval", "0")),
        _seconds(found.get("clientalivecountmax", "3")),
        found.get("tcpkeepalive", "yes").casefold() != "no",
    )


def _settings(path: Path, root: Path, depth: int) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        keyword, value = _split(line)
        if keyword == "match":
            return  # up to the end of this file
        if keyword == "include" and depth:
            for pattern in value.split():
                for included in _included(pattern.strip('"'), root):
                    yield from _settings(included, root, depth - 1)
        elif keyword:
            yield keyword, value


def _split(line: str) -> tuple[str, str]:
    words = line.strip()
    if words.startswith("#"):
        return "", ""
    found = re.match(r"(\w+)(?:\s*=\s*|\s+)(.*)", words)
    return (found[1].casefold(), found[2].strip().strip('"')) if found else ("", "")


def _included(pattern: str, root: Path) -> list[Path]:
    place = pattern if pattern.startswith("/") else f"/etc/ssh/{pattern}"
    return sorted(path for path in root.glob(place.lstrip("/")) if path.is_file())


def _seconds(text: str) -> int:
    """Return a time as sshd_config(5) writes it, such as 90 or 1h30m; 0 for what is none."""
    parts = _PART.findall(text)
    if "".join(number + unit for number, unit in parts) != text:
        return 0
    return sum(int(number) * _UNITS[unit.lower()] for number, unit in parts)
