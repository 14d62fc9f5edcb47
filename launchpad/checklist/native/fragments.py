"""YAML that stands in a document: its text, and where each line of it lies there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from launchpad.checklist.native.nodes import Place

_LAUNCHPAD_KEY = re.compile(r"([\"']?)launchpad\1[ \t]*:(?:\s|$)")
# What a line starts with that goes on with what stands above it, or says nothing.
_GOES_ON = (" ", "\t", "}", "]", "#")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A text to read. line: the document's 1-based line on which its first line stands.

    indents: how many characters the document has before each of its lines, such as a list's
    indentation or a quote's marks; lines that have no figure start where the document's do.
    """

    text: str
    line: int = 1
    indents: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str, line: int, lines: Sequence[str]) -> Self:
        r"""Return a text that a document holds, with `\n` between its lines.

        lines: what the document has for each of them, without line ends.
        """
        pairs = zip(text.split("\n"), lines, strict=False)
        indents = (len(there) - len(own) if there.endswith(own) else 0 for own, there in pairs)
        return cls(text, line, tuple(indents))

    def place(self, line: int, column: int) -> Place:
        """Return where a character stands in the document. line, column: from 0, in the text."""
        indent = self.indents[line] if line < len(self.indents) else 0
        return Place(self.line + line, indent + column + 1)


def launchpad_keys(front_matter: str, line: int = 2) -> Fragment | None:
    """Return what front matter holds under its `launchpad` key, and the key; None without one.

    The rest of it is somebody else's, may be no YAML at all, and is left out. line: the document's
    1-based line on which the front matter's first line stands, the one below the hyphens.
    """
    lines = front_matter.split("\n")
    own = False
    for number, text in enumerate(lines):
        if text and not text.startswith(_GOES_ON):
            own = bool(_LAUNCHPAD_KEY.match(text))
        if not own:
            lines[number] = ""
    return Fragment("\n".join(lines), line) if any(lines) else None
