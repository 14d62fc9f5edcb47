"""A YAML document as text with places: nothing is converted, shared, merged or constructed."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class Place(NamedTuple):
    """Where something stands: 1-based line and column, in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. literal: it stands in the file exactly so, from this column on; else None."""

    place: Place
    end_line: int
    text: str
    literal: int | None

    def at(self, offset: int) -> Place:
        """Return the place of one of the text's characters, as near as the file tells it."""
        if self.literal is None:
            return self.place
        return Place(self.place.line, self.literal + offset)


@dataclass(frozen=True, slots=True)
class Listing:
    """A sequence."""

    place: Place
    end_line: int
    entries: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping, in the file's order, each key once."""

    place: Place
    end_line: int
    entries: tuple[tuple[Scalar, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that was reported as a problem already: nobody complains about it again."""

    place: Place
    end_line: int


Node: TypeAlias = Scalar | Listing | Mapping | Unread


def named(node: Node) -> str:
    """Say what a node is, for a message: what was found."""
    match node:
        case Scalar(text=""):
            return "nothing"
        case Scalar():
            return "text"
        case Listing():
            return "a list"
        case Mapping():
            return "keys with values"
        case Unread():
            return "something else"
