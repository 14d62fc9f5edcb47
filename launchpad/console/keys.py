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
_NAMED_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class LiveKey:
    """Keys that do the same thing, what that is, and the action's name."""

    key: str
    what: str
    action: str


def live_keys(screen: Screen[object]) -> Iterator[LiveKey]:
    """Yield what can be pressed on a screen now, one entry for what it does, in binding order.

    Only bindings with an id are ours; Textual's own, such as those of an input line, have none.
    """
    found: dict[str, tuple[list[str], str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if active.enabled and binding.description and binding.id:
            keys, _ = found.setdefault(binding.description, ([], binding.action))
            keys.append(_SAID.get(binding.key, binding.key))
    for what, (keys, action) in found.items():
        said = " ".join(keys) if len(keys) <= _NAMED_AT_MOST else f"{keys[0]} to {keys[-1]}"
        yield LiveKey(said, what, action)
