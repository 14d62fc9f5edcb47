"""Outside text written into Markdown: as itself, never as markup, a link or another table cell."""

import re
from collections.abc import Iterator, Sequence

from launchpad.text.safe import one_line

# In the middle of a line; what starts a block does so only at a line's start, and no text here
# stands there. Braces are for the template languages of static site generators.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>~$@]")


def escaped(text: str) -> str:
    """Return text on one line, with what Markdown or HTML gives a meaning taken literally.

    A pipe becomes an entity: renderers disagree on where a table cell ends at a backslash.
    """
    literal = _MARKUP.sub(r"\\\g<0>", one_line(text).replace("&", "&amp;"))
    return literal.replace("|", "&#124;")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a GFM table. heads are our own words, cells are escaped here."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(map(escaped, row))} |"
