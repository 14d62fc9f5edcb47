"""The keys that act where the cursor is, read from the live bindings."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.screen import Screen

# The names that Textual gives keys, as people say them.
_SAID = {
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "space": "space",
    "left": "left",
    "right": "right",
    "escape": "esc",
}


@dataclass(frozen=True, slots=True)
class LiveKey:
    """Keys that do the same thing, what that is, and the action's name."""

    key: str
    what: str
    action: str


def live_keys(screen: Screen[object]) -> Iterator[LiveKey]:
    """Yield what can be pressed on a screen now, one entry an action, in binding order."""
    found: dict[str, tuple[list[str], str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if active.enabled and binding.description and not binding.system:
            keys, _ = found.setdefault(binding.action, ([], binding.description))
            keys.append(_SAID.get(binding.key, binding.key))
    for action, (keys, what) in found.items():
        yield LiveKey(" ".join(keys), what, action)
