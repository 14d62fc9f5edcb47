"""What the console writes with: its glyphs, and outside text made fit for this terminal."""

import locale
from dataclasses import dataclass

from launchpad.text.safe import one_line, safe


@dataclass(frozen=True, slots=True)
class Ink:
    """Glyphs for one kind of terminal. Each is one cell wide; none carries a meaning alone.

    full, empty: of a bar; sparks: from the lowest to the highest.
    """

    done: str
    here: str
    untouched: str
    bad: str
    cut: str
    before: str
    more: str
    minus: str
    unsure: str
    rule: str
    full: str
    empty: str
    sparks: str
    plain: bool

    def line(self, text: str) -> str:
        """Return outside text on one line, with nothing in it that a terminal obeys."""
        return self._encodable(one_line(text))

    def lines(self, text: str) -> str:
        """Return outside text with its line breaks, tabs as blanks."""
        return self._encodable(safe(text).expandtabs(4))

    def _encodable(self, text: str) -> str:
        return text.encode("ascii", "backslashreplace").decode("ascii") if self.plain else text


UNICODE = Ink(
    done="✓",
    here="▸",
    untouched="·",
    bad="!",
    cut="…",
    before="«",
    more="»",
    minus="\u2212",
    unsure="?",
    rule="─",
    full="█",
    empty="░",
    sparks="▁▂▃▄▅▆▇█",
    plain=False,
)
ASCII = Ink(
    done="+",
    here=">",
    untouched=".",
    bad="!",
    cut="~",
    before="<",
    more=">",
    minus="-",
    unsure="?",
    rule="-",
    full="#",
    empty=".",
    sparks="_.,-=+*#",
    plain=True,
)


def ink_for_locale() -> Ink:
    """Return the ink that the locale's encoding can carry, whatever Python itself writes in."""
    encoding = locale.getencoding().lower().replace("-", "")
    return UNICODE if encoding == "utf8" else ASCII
