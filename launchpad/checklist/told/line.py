"""One line of what is told of a document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from launchpad.text.safe import one_line

ToldKind = Literal[
    "title",
    "part",
    "group",
    "phase",
    "section",
    "item",
    "sign-off",
    "step",
    "trigger",
    "command",
    "entry",
    "remark",
    "warning",
    "counts",
]


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what is told.

    kind: what it is about; a remark is about what was told before it; text: safe, on one line;
    line: 1-based, in the document, None for the document as a whole; depth: 0 for what lies in
    nothing; name: what it is called by where it has a name, mark: its box where it has one.
    """

    kind: ToldKind
    text: str
    line: int | None = None
    depth: int = 0
    name: str = ""
    mark: str = ""


def told(
    kind: ToldKind,
    text: str,
    line: int | None = None,
    depth: int = 0,
    *,
    name: str = "",
    mark: str = "",
) -> Told:
    """Return a line about outside text, which becomes safe and one line."""
    return Told(kind, one_line(text), line, depth, one_line(name), mark)


def part(title: str, lines: Iterable[Told]) -> Iterator[Told]:
    """Yield a part's title and its lines, nothing where there are none."""
    rest = iter(lines)
    first = next(rest, None)
    if first:
        yield told("part", title)
        yield first
        yield from rest


def aside(*remarks: str | None) -> str:
    """Return remarks in brackets, to stand behind a text; "" where there are none."""
    there = ", ".join(remark for remark in remarks if remark)
    return f" ({there})" if there else ""
