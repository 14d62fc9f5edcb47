"""What is found of a document's sign-offs, before they have ids and phases."""

from dataclasses import dataclass

from launchpad.checklist.model import Blank, ReadingWarning


@dataclass(frozen=True, slots=True)
class Slot:
    """A sign-off.

    label: "" where only its phase names it; line: 1-based; blanks: each of another kind, none
    where somebody is to sign but the document leaves no room for it; role: the title of the role
    that signs, "" for anybody; item_line: the line of the item that is this sign-off.
    """

    label: str
    line: int
    blanks: tuple[Blank, ...]
    role: str = ""
    item_line: int | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """All of a document's sign-offs, in document order.

    warnings: what only looks like one; taken: the 1-based lines of the tables that people sign,
    in which nothing else is to be found.
    """

    slots: tuple[Slot, ...]
    warnings: tuple[ReadingWarning, ...]
    taken: frozenset[int]
