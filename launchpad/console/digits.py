"""Figures three lines high, to be read from across the room: also where there is only ASCII."""

from launchpad.console.ink import Ink

# The rows of 0 to 9, then of the colon and the plus sign.
_DRAWN = (
    ("┏━┓", " ╻ ", "┏━┓", "┏━┓", "╻ ╻", "┏━╸", "┏━┓", "┏━┓", "┏━┓", "┏━┓", " ", "   "),
    ("┃ ┃", " ┃ ", "┏━┛", " ━┫", "┗━┫", "┗━┓", "┣━┓", "  ┃", "┣━┫", "┗━┫", ":", "╺╋╸"),
    ("┗━┛", " ╹ ", "┗━╸", "┗━┛", "  ╹", "╺━┛", "┗━┛", "  ╹", "┗━┛", "╺━┛", " ", "   "),
)
_DRAWN_PLAIN = (
    (" _ ", "   ", " _ ", " _ ", "   ", " _ ", " _ ", " _ ", " _ ", " _ ", " ", "   "),
    ("| |", "  |", " _|", " _|", "|_|", "|_ ", "|_ ", "  |", "|_|", "|_|", ".", "_|_"),
    ("|_|", "  |", "|_ ", " _|", "  |", " _|", "|_|", "  |", "|_|", " _|", ".", " | "),
)
_ORDER = "0123456789:+"
HEIGHT = 3


def big(figures: str, ink: Ink) -> tuple[str, ...]:
    """Return HEIGHT lines of the same width. figures: of digits, colons and plus signs."""
    rows = _DRAWN_PLAIN if ink.plain else _DRAWN
    return tuple(" ".join(row[_ORDER.index(figure)] for figure in figures) for row in rows)
