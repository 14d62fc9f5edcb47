"""The parts of a fence's code: commands, and the remarks that say what these should answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from launchpad.checklist.markdown.commands.expectations import find_expectation

_LONGEST = 300
_MOST_LINES = 9


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command with its continued lines, as it would be typed.

    line: from 0, in the code; expected: what it should answer, in the author's words.
    """

    text: str
    line: int
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A command, a comment without its mark, a line of output or a blank one; line: from 0.

    remark: of a command, the comment behind it.
    """

    kind: Literal["command", "comment", "output", "blank"]
    text: str
    line: int
    remark: str = ""


def with_expectations(parts: Iterable[Part]) -> tuple[CommandLine, ...]:
    """Return the commands, each with what the remarks around it expect of it.

    "Expected: ..." belongs to the command right before it, unless that has an answer already;
    what heads a command belongs to that. At the end of the code it belongs to the last command.
    """
    every = list(parts)
    last = max((n for n, part in enumerate(every) if part.kind == "command"), default=0)
    found: list[CommandLine] = []
    # Whether a command stands right before; what the comments above a command say of it.
    near, ahead = False, ""
    for index, part in enumerate(every):
        if part.kind == "command":
            own = find_expectation(part.remark)
            said = (own.text if own else "") or ahead
            found.append(CommandLine(part.text, part.line, said or None))
            near, ahead = True, ""
        elif part.kind == "blank":
            near, ahead = False, ""
        elif part.kind == "comment":
            remark = find_expectation(part.text)
            if remark is None:
                near = False
                continue
            said = remark.text or _announced(every, index + 1)
            behind = near or index > last
            if remark.alone and behind and found and not found[-1].expected:
                found[-1] = replace(found[-1], expected=said or None)
            else:
                ahead = ahead or said
    return tuple(found)


def _announced(parts: Sequence[Part], start: int) -> str:
    """Return the output or the comments that follow "Expected:"."""
    said: list[str] = []
    for part in parts[start : start + _MOST_LINES]:
        if part.kind in {"command", "blank"}:
            break
        said.append(part.text.strip())
    text = " ".join(said)
    return text if len(text) <= _LONGEST else ""
