"""`launchpad check`: what was understood of a checklist, each thing with its line."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from rich.cells import cell_len, chop_cells

from launchpad.checklist.explain import explain
from launchpad.checklist.load import load
from launchpad.checklist.told.document import tell
from launchpad.checklist.told.line import Told, ToldKind
from launchpad.cli.output import say, say_json

# Narrower than this, folding would leave nothing to read.
_NARROWEST = 40
_MARGIN = " " * 6
_SET_APART: frozenset[ToldKind] = frozenset({"part", "phase", "counts"})


def show(path: Path, answer: Literal["text", "json"]) -> None:
    """Read a checklist and show what was understood. Raises ChecklistError."""
    document = load(path)
    if answer == "json":
        say_json(explain(document))
        return
    for line in drawn(tell(document), _width()):
        say(line)


def drawn(lines: Iterable[Told], width: int | None) -> Iterator[str]:
    """Yield what is told as a page, each line with its place in the document before it.

    width: cells to fold it into; None for no folding, so that `grep` finds whole lines. Commands
    are never folded: people copy them. All of it is ASCII but the document's own words.
    """
    for line in lines:
        if line.kind in _SET_APART:
            yield ""
        place = f"L{line.line:<5}" if line.line is not None else _MARGIN
        # What is said of the document as a whole has no place, and needs no margin.
        margin = "" if line.line is None and line.depth == 0 else place
        indent, text = "  " * line.depth, _text(line)
        if width is None or line.kind == "command":
            yield f"{margin}{indent}{text}"
            continue
        # However deep it lies, there has to be room for its words.
        indent = indent[: width // 3]
        room = width - len(margin) - len(indent) - 2
        first, *more = list(_folded(text, room + 2, room)) or [""]
        yield f"{margin}{indent}{first}"
        for rest in more:
            yield f"{' ' * len(margin)}{indent}  {rest}"


def _text(line: Told) -> str:
    if line.kind == "phase":
        return f"{line.text}   ({line.name})"
    mark = f"{line.mark} " if line.mark else ""
    name = f"{line.name}   " if line.name else ""
    return f"{mark}{name}{line.text}"


def _width() -> int | None:
    if not sys.stdout.isatty():
        return None
    return max(shutil.get_terminal_size().columns, _NARROWEST)


def _folded(text: str, first: int, others: int) -> Iterator[str]:
    """Yield a text in pieces of so many cells, cut between words where that is possible."""
    room, piece = first, ""
    for word in text.split(" "):
        longer = f"{piece} {word}" if piece else word
        if cell_len(longer) <= room:
            piece = longer
            continue
        if piece:
            yield piece
            room = others
        *full, piece = chop_cells(word, room) or [""]
        for cut in full:
            yield cut
            room = others
    yield piece
