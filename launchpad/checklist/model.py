"""What a checklist says should happen, as plain values.

Readers make a `Checklist`; everything else only looks at it. Places are character offsets into
the text the checklist was read from, so that a document can be filled in without being rewritten.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Format = Literal["markdown", "yaml"]
ItemKind = Literal["task", "table", "glyph", "inline", "step"]
BlankKind = Literal["initials", "name", "date", "time", "signature"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters in the text that was read."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do or to verify.

    id: unique in the checklist; label: the bold lead of the text, "" without one; text: without
    markup, safe; line and end_line: 1-based, inclusive; depth: 0 for an item that lies in no
    other; section: the id of the innermost section it lies in, None directly under its phase;
    box: the one character between the brackets, None where there is no box to tick.
    """

    id: str
    text: str
    label: str
    checked: bool
    line: int
    end_line: int
    depth: int
    kind: ItemKind
    section: str | None
    box: Span | None


@dataclass(frozen=True, slots=True)
class Blank:
    """One blank of a sign-off: what belongs there, and the characters it replaces."""

    kind: BlankKind
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class SignOff:
    """A place where somebody signs.

    label: what is signed, safe; phase: the id of the phase it closes; items: the ids of the
    items it covers, which are all in that phase; line: 1-based.
    """

    id: str
    label: str
    phase: str
    line: int
    items: tuple[str, ...]
    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading below a phase's heading."""

    id: str
    title: str
    phase: str
    line: int


@dataclass(frozen=True, slots=True)
class Phase:
    """A group of items that is worked through and signed as one."""

    id: str
    title: str
    line: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something in the document that was not understood, with its 1-based line."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist as it was understood.

    code_word: the short ASCII word that confirms dangerous acts on its launch; damage: the codec
    that the whole document was once decoded with too often (see `checklist.encoding`), else None.
    """

    title: str
    format: Format
    code_word: str
    damage: str | None
    phases: tuple[Phase, ...]
    sections: tuple[Section, ...]
    signoffs: tuple[SignOff, ...]
    warnings: tuple[ReadingWarning, ...]

    def items(self) -> Iterator[Item]:
        """All items, in document order."""
        for phase in self.phases:
            yield from phase.items
