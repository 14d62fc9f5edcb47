"""What an emergency sheet is made of: parts of lines, before they are drawn as text or HTML."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from launchpad.checklist.told.line import Told
from launchpad.text.safe import one_line, safe

# fact: something by its name; entry: one of a list, with its mark where it has one; group: a
# heading in a part; text: a sentence; command: to be typed as it stands; alert: must not be missed.
LineKind = Literal["fact", "entry", "group", "text", "command", "alert"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line, of a command all of its lines. text and name: safe; depth: 0 for the outermost."""

    kind: LineKind
    text: str
    name: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sheet."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet. kind: LIVE or REHEARSAL, and what it is."""

    title: str
    kind: str
    parts: tuple[Part, ...]


def line(kind: LineKind, text: str, name: str = "", depth: int = 0) -> Line:
    """Return a line of outside text, which becomes safe and one line."""
    return Line(kind, one_line(text), one_line(name), depth)


def command(text: str, depth: int = 0) -> Line:
    """Return a command with its own line breaks. Nothing of it is left out or changed but `safe`.

    A command in which `safe` had something to make visible is not to be typed as it is shown.
    """
    return Line("command", safe(text).strip("\n"), "", depth)


def sentences(text: str, depth: int = 0) -> Iterator[Line]:
    """Yield each line of an author's text that says something."""
    for said in safe(text).split("\n"):
        if said.strip():
            yield line("text", said, depth=depth)


def retold(lines: Iterable[Told]) -> Iterator[Line]:
    """Yield what is told of a document, as lines of a sheet; its parts become groups."""
    for told in lines:
        if told.kind == "part":
            yield Line("group", told.text)
        elif told.kind == "remark":
            yield Line("text", told.text, depth=told.depth)
        else:
            yield Line("entry", told.text, told.name, told.depth)
