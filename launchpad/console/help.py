"""Help, made from the keys that are live where it was asked for."""

from collections.abc import Iterable

from textual.content import Content

from launchpad.console.keys import LiveKey

_KEY_WIDTH = 18


def help_text(live: Iterable[LiveKey], more: str) -> Content:
    """Return one line a key, then what else is worth knowing."""
    parts: list[str | tuple[str, str]] = [("Keys here\n", "bold")]
    for key in live:
        parts += [(f"  {key.key:<{_KEY_WIDTH}}", "$text-accent"), f"{key.what}\n"]
    parts.append(f"\n{more}")
    return Content.assemble(*parts)
