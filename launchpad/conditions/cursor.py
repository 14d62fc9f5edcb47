"""A place in a condition's text, and the little that every part of the language reads alike."""

import re
from json import JSONDecodeError, JSONDecoder
from typing import Final

from launchpad.conditions.errors import ConditionError

_BLANKS: Final = re.compile(r"\s*")
# RFC 8259, 7; raw control characters are let through, since YAML may have put them there.
_JSON: Final = JSONDecoder(strict=False)


class Cursor:
    """at: the offset in text of the next character to be read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def error(self, message: str, position: int) -> ConditionError:
        """Return what is wrong with what stands at position."""
        return ConditionError(message, position, self.text)

    def skip_blanks(self) -> None:
        """Go to the next character that is not white space."""
        self.at = self.end_of(_BLANKS)

    def stands(self, character: str) -> bool:
        """Tell whether character is the next one."""
        return self.text.startswith(character, self.at)

    def end_of(self, expression: re.Pattern[str]) -> int:
        """Return where what matches from here ends; here, where nothing does."""
        match = expression.match(self.text, self.at)
        return match.end() if match else self.at

    def expect(self, character: str, after: str) -> None:
        """Read white space and one character, or say that it is missing after something."""
        self.skip_blanks()
        if not self.stands(character):
            raise self.error(f"expected {character} after {after}", self.at)
        self.at += 1

    def quoted(self) -> str:
        """Read text in quotes, of which the opening one is the next character."""
        if self.stands("'"):
            start, end = self.at + 1, self.text.find("'", self.at + 1)
            if end < 0:
                raise self.error("the quote that opens here is not closed", self.at)
            self.at = end + 1
            return self.text[start:end]
        try:
            value, self.at = _JSON.raw_decode(self.text, self.at)
        except JSONDecodeError as error:
            unclosed = "Unterminated" in error.msg
            no_escape = "expected an escape as in JSON; a backslash itself is written twice"
            what = "the quote that opens here is not closed" if unclosed else no_escape
            raise self.error(what, error.pos) from None
        return str(value)
