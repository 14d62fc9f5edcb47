"""Commands on their way to an operator's clipboard, which is at the other end of the terminal."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from launchpad.checklist.model import Snippet

_VARIABLE = re.compile(r"\$\{([a-z][a-z0-9-]{0,60})\}")
# What somebody has to fill in: <admin-id>, {{ host }}, a line to write upon. A here-document's
# << and a redirection's "< file" are none.
_OPEN = re.compile(r"(?<!<)<[A-Za-z][\w .-]{0,60}>|\{\{[^{}\n]{1,60}\}\}|(?<!\w)_{3,}(?!\w)")


@dataclass(frozen=True, slots=True)
class Copied:
    """What is put on the clipboard, "" for nothing, and what is said of it. Not safe.

    id: of the command, None where there is none.
    """

    id: str | None
    text: str
    said: str


def copied(snippets: Sequence[Snippet], before: str | None, values: Mapping[str, str]) -> Copied:
    """Return the command after the one that was copied before, with the launch's variables.

    before: the id of what was copied last, which may be none of these. A command in which a
    placeholder is left is not copied: it would be typed as it stands.
    """
    if not snippets:
        return Copied(None, "", "there is no command to copy here")
    ids = [snippet.id for snippet in snippets]
    number = (ids.index(before) + 1) % len(ids) if before in ids else 0
    chosen = snippets[number]
    text = filled(chosen.text.rstrip("\r\n"), values)
    which = f"command {number + 1} of {len(ids)}" if len(ids) > 1 else "the command"
    further = "; y goes on to the next one" if len(ids) > 1 else ""
    left = left_open(text)
    if left:
        missing = f"{which} is not copied: {left} has to be filled in by hand"
        return Copied(chosen.id, "", missing + further)
    return Copied(chosen.id, text, f"{which} was sent to the clipboard, not confirmed{further}")


def left_open(text: str) -> str | None:
    """Return the first placeholder that somebody has to fill in, None without one."""
    left = _OPEN.search(text) or _VARIABLE.search(text)
    return left.group() if left else None


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a command with the variables that have a value."""
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)


def for_tmux(text: str) -> str:
    """Return the sequence that sets the clipboard of the terminal around tmux.

    OSC 52 within tmux's pass-through (https://github.com/tmux/tmux/wiki/FAQ), where each escape
    is doubled. tmux takes OSC 52 without it only where `set-clipboard` is on.
    """
    payload = b64encode(text.encode()).decode()
    return f"\x1bPtmux;\x1b\x1b]52;c;{payload}\x07\x1b\\"
