"""What is said when a condition cannot be read, and where in it."""

from collections.abc import Iterable
from difflib import get_close_matches

from launchpad.text.safe import one_line

_QUOTED_AT_MOST = 40


class ConditionError(Exception):
    """A condition that makes no sense.

    message: one safe line that says what was expected; position: the offset in text, in characters
    from 0, of what is wrong (the length of text where something is missing at its end).
    """

    def __init__(self, message: str, position: int, text: str) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.text = text


def excerpt(text: str) -> str:
    """Return what somebody wrote as a message can repeat it: safe, on one line, not too long."""
    shown = one_line(text[: 2 * _QUOTED_AT_MOST])
    cut = len(text) > 2 * _QUOTED_AT_MOST or len(shown) > _QUOTED_AT_MOST
    return f"{shown[:_QUOTED_AT_MOST]}…" if cut else shown


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, None where there is none."""
    by_case = {name.casefold(): name for name in known}
    alike = get_close_matches(word.casefold(), by_case, n=1)
    return by_case[alike[0]] if alike else None
