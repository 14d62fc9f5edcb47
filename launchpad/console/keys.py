"""The keys that act where the cursor is, read from the live bindings."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.binding import Binding
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
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}
_NAMED_AT_MOST = 4
# What the ids of bindings that only move the view begin with.
_MOVING = frozenset({"list", "phase", "detail"})


@dataclass(frozen=True, slots=True)
class LiveKey:
    """Keys that do the same thing, what that is, in short and in full, and the action's name.

    moves: whether it only moves what is looked at.
    """

    key: str
    what: str
    in_full: str
    action: str
    moves: bool


def bound(
    key: str, action: str, what: str, binding: str, in_full: str, *, footer: bool = True
) -> Binding:
    """Return a binding that help and footer show with what, and the palette with in_full.

    footer: whether it stands there, where 80 cells do not hold every key.
    """
    return Binding(key, action, what, show=footer, id=binding, tooltip=in_full)


def live_keys(screen: Screen[object]) -> Iterator[LiveKey]:
    """Yield what can be pressed on a screen now, one entry for what it does, in binding order.

    Only bindings with an id are ours; Textual's own, such as those of an input line, have none.
    """
    found: dict[str, tuple[list[str], Binding]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if active.enabled and binding.description and binding.id:
            keys, _ = found.setdefault(binding.description, ([], binding))
            keys.append(_SAID.get(binding.key, binding.key))
    for what, (keys, binding) in found.items():
        said = " ".join(keys) if len(keys) <= _NAMED_AT_MOST else f"{keys[0]} to {keys[-1]}"
        moves = (binding.id or "").partition(".")[0] in _MOVING
        yield LiveKey(said, what, binding.tooltip or what, binding.action, moves)
