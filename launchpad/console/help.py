"""Help, made from the keys that are live where it was asked for."""

from collections.abc import Iterable
from itertools import zip_longest

from textual.content import Content

from launchpad.console.keys import LiveKey

_KEY, _WHAT = 12, 20


def help_text(live: Iterable[LiveKey], more: str) -> Content:
    """Return the keys in two columns, read down, then what else is worth knowing."""
    keys = tuple(live)
    half = (len(keys) + 1) // 2
    parts: list[str | tuple[str, str]] = [("Keys here\n", "bold")]
    for left, right in zip_longest(keys[:half], keys[half:]):
        parts += [(f"{left.key:<{_KEY}}", "$text-accent"), f"{left.what:<{_WHAT}}"]
        if right:
            parts += [(f"{right.key:<{_KEY}}", "$text-accent"), right.what]
        parts.append("\n")
    parts.append(f"\n{more}")
    return Content.assemble(*parts)
