"""Lines such as `NAME=value`, as they stand in a file of settings."""

import re
from collections.abc import Iterator

_SETTING = re.compile(
    r"\s*(?P<export>export\s+|set\s+|setx\s+|\$env:)?(?P<name>[A-Za-z_]\w{0,80})\s*=(?P<value>.*)",
    re.IGNORECASE,
)
_VALUE = re.compile(r"\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'`]*)\s*(?:#.*)?$")


def settings_in(code: str, *, exported: bool) -> Iterator[tuple[int, str]]:
    """Yield the line, from 0, and the name of each setting; exported: only of those that are."""
    for number, line in enumerate(code.split("\n")):
        found = _SETTING.match(line)
        if found and (found["export"] or not exported):
            yield number, found["name"]


def is_settings(code: str) -> bool:
    """Tell a file's settings from commands: nothing in it runs, and nothing is exported."""
    if "=" not in code:
        return False
    said = [line for line in code.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    return bool(said) and all(map(_is_setting, said))


def _is_setting(line: str) -> bool:
    found = _SETTING.match(line)
    if found is None or found["export"]:
        return False
    value = found["value"]
    return "$(" not in value and _VALUE.match(value) is not None
