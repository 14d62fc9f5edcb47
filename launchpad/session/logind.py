"""Whether systemd-logind ends what a user runs at logout, by its files: logind.conf(5)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

# Earlier ones win: of the main file, and of drop-ins of one name.
_FOLDERS: Final = ("etc/systemd", "run/systemd", "usr/local/lib/systemd", "usr/lib/systemd")
_TRUE: Final = frozenset({"1", "yes", "y", "true", "t", "on"})
_KILLS, _ONLY, _NOT = "KillUserProcesses", "KillOnlyUsers", "KillExcludeUsers"


def kills_at_logout(user: str, root: Path = Path("/")) -> bool:
    """Say whether what runs in a login session of a user is ended with it.

    root: where the machine's files lie. Without configuration nothing is, which is what Debian,
    Fedora and their kin build; what cannot be read is passed over.
    """
    kills = False
    lists: dict[str, list[str]] = {_NOT: ["root"]}
    given: set[str] = set()
    for key, value in _settings(root):
        if key == _KILLS:
            kills = value.casefold() in _TRUE
        elif key in (_ONLY, _NOT):
            # The first one replaces the default, and an empty one all before it.
            before = lists.get(key, []) if key in given and value else []
            lists[key] = [*before, *value.split()]
            given.add(key)
    only = lists.get(_ONLY, [])
    return kills and user not in lists[_NOT] and (not only or user in only)


def _settings(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the settings, those that win last."""
    main = [root / folder / "logind.conf" for folder in _FOLDERS]
    drop_ins: dict[str, Path] = {}
    for folder in reversed(_FOLDERS):
        found = (root / folder / "logind.conf.d").glob("*.conf")
        drop_ins.update({path.name: path for path in found})
    files = [path for path in main if path.is_file()][:1]
    files += [path for _, path in sorted(drop_ins.items())]
    for path in files:
        yield from _read(path)


def _read(path: Path) -> Iterator[tuple[str, str]]:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    section = ""
    for line in map(str.strip, lines):
        if line.startswith("["):
            section = line
        elif section == "[Login]" and not line.startswith(("#", ";")):
            key, _, value = line.partition("=")
            yield key.strip(), value.strip()
