"""Everything that is wrong with a file, collected, so that it can be told at once."""

from dataclasses import dataclass

from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.native.nodes import Node, Place, named
from launchpad.text.safe import one_line

MOST = 100
"""Reading ends after so many problems: nobody reads more, and hostile files are made of them."""

_LONGEST_QUOTE = 40


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong, and where."""

    place: Place
    message: str


class Enough(Exception):
    """There are more problems than are told; the reading ends here."""


class Expected(Exception):
    """A value is not what its key takes. message: what was expected."""

    def __init__(self, where: Place | Node, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(where if isinstance(where, Place) else where.place, message)


class Problems:
    """The problems of one file."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, place: Place, message: str) -> None:
        """Keep a problem. Raises Enough once there are `MOST`."""
        self._found.append(Problem(place, message))
        if len(self._found) >= MOST:
            raise Enough

    def settle(self, name: str) -> None:
        """Raise a ChecklistError that tells every problem of the file called name, if any.

        One line each, `name:line:column: what was expected`, in the file's order; where there
        are several, a line before them says how many.
        """
        if not self._found:
            return
        lines = [
            f"{name}:{place.line}:{place.column}: {message}"
            for place, message in sorted({(found.place, found.message) for found in self._found})
        ]
        if len(self._found) >= MOST:
            lines.insert(0, f"{name}: {MOST} problems or more; reading ended at these")
        elif len(lines) > 1:
            lines.insert(0, f"{name}: {len(lines)} problems")
        raise ChecklistError("\n".join(lines))


def expected(what: str, node: Node) -> Expected:
    """Return the problem that a node is something else than what is taken here."""
    return Expected(node, f"expected {what}, found {named(node)}")


def quoted(text: str) -> str:
    """Return outside text for a message: on one line, harmless and short."""
    line = one_line(text[: 2 * _LONGEST_QUOTE])
    return f"`{line[:_LONGEST_QUOTE]}…`" if len(line) > _LONGEST_QUOTE else f"`{line}`"
