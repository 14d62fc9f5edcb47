r"""Where a command of a POSIX shell or of fish ends: not in quotes, a here-document or a loop.

This follows the grammars only as far as that takes
(https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html,
https://fishshell.com/docs/current/language.html). Each line is looked at once.
"""

import re
from collections.abc import Mapping
from typing import Protocol

# A line without these marks is whole, unless it starts with a word that opens something.
_MARKS = re.compile(r"[\\'\"`<(){}|&#^,@]")
_TOKEN = re.compile(
    r"\\.|\$\{[^{}]{0,200}\}|<<<|"
    # Not what is merely a placeholder in double brackets.
    r"<<-?[ \t]{0,9}[\\'\"]?(?P<here>[A-Za-z_][\w.-]{0,60})(?![\w.-]{0,60}>)['\"]?|"
    r"(?P<comment>(?<!\S)#)|(?P<quote>\$'|['\"`])|"
    r"(?P<divider>&&|\|[|&]?|;;?&?|&|[()]|(?<![^\s;&|()])\{(?=\s|$)|\}(?=[\s;&|)<>]|$))|"
    r"(?P<word>[^\s\\'\"`$<>;&|(){}#]+)|[^\s\\]"
)
_CLOSING = {
    "'": re.compile(r"'"),
    "$'": re.compile(r"\\.|'"),
    '"': re.compile(r'\\.|"'),
    "`": re.compile(r"\\.|`"),
}
_CLOSED_BY = {"if": "fi", "for": "done", "while": "done", "until": "done", "case": "esac"}
_CLOSED_BY_END = dict.fromkeys(("if", "for", "while", "switch", "function", "begin"), "end")
_OPENERS = (*_CLOSED_BY, *_CLOSED_BY_END)
_COMMAND_FOLLOWS = frozenset(
    {"then", "do", "else", "elif", "if", "while", "until", "!", "time", "and", "or", "not"}
)
_JOINERS = frozenset({"&&", "||", "|", "|&"})


class Reading(Protocol):
    """The lines of a command that were read so far.

    joined: the mark at the last line's end that joins it to the next, "" without; comment: where
    on that line a comment starts, None without one.
    """

    joined: str
    comment: int | None

    def take(self, line: str) -> None:
        """Read one more line."""

    def goes_on(self, following: str) -> bool:
        """Tell whether the line after it still belongs to the command."""


def is_whole(line: str) -> bool:
    """Tell a line that is a whole command in every shell, without a closer look."""
    return not _MARKS.search(line) and not line.lstrip().startswith(_OPENERS)


class PosixReading:
    """Commands of sh, bash and zsh, and of fish, where every block ends with `end`."""

    def __init__(self, *, fish: bool = False) -> None:
        self.joined = ""
        self.comment: int | None = None
        self._closed_by: Mapping[str, str] = _CLOSED_BY_END if fish else _CLOSED_BY
        self._fish = fish
        self._quote = ""
        self._blocks: list[str] = []
        self._here: list[str] = []

    def goes_on(self, following: str) -> bool:
        """Tell whether quotes, a here-document, a loop or the line's end leave it open."""
        del following
        return bool(self.joined or self._quote or self._blocks or self._here)

    def take(self, line: str) -> None:
        """Read one more line."""
        self.comment = None
        if self._here:
            # Blanks before the last line are the indentation of the fence's list.
            if line.strip() == self._here[0]:
                self._here.pop(0)
            return
        quoted = bool(self._quote)
        place = self._behind_quote(line, 0) if quoted else 0
        if not self._quote:
            self._read(line, place, commanding=not quoted and self.joined != "\\")

    def _read(self, line: str, place: int, *, commanding: bool) -> None:
        last = before = ""
        while found := _TOKEN.search(line, place):
            kind = found.lastgroup
            if kind == "comment":
                self.comment = found.start()
                break
            place, before, last = found.end(), last, found.group()
            if kind == "quote":
                self._quote, commanding = last, False
                place = self._behind_quote(line, place)
                if self._quote:
                    return
            elif kind == "here":
                self._here.append(found["here"])
            elif kind == "divider":
                commanding = self._divide(last, commanding=commanding)
            else:
                commanding = commanding and kind == "word" and self._word(last, before)
        if last in _JOINERS:
            self.joined = last
        elif last or self.comment is None:
            ends_open = self.comment is None and _ends_in_backslash(line)
            self.joined = "\\" if ends_open else ""

    def _behind_quote(self, line: str, place: int) -> int:
        """Return the place behind the closing quotation mark, the line's end without one."""
        for found in _CLOSING[self._quote].finditer(line, place):
            if found.group() == self._quote[-1]:
                self._quote = ""
                return found.end()
        return len(line)

    def _divide(self, mark: str, *, commanding: bool) -> bool:
        """Open or close brackets; return whether a command may follow."""
        if mark in {"(", "{"}:
            self._blocks.append(")" if mark == "(" else "}")
        elif mark == ")" and self._blocks[-1:] == [")"]:
            self._blocks.pop()
        elif mark == "}" and not commanding:
            return False
        elif mark == "}" and self._blocks[-1:] == ["}"]:
            self._blocks.pop()
        return True

    def _word(self, word: str, before: str) -> bool:
        """Open or close a loop or a condition; return whether a command may follow."""
        if self._blocks[-1:] == [word]:
            self._blocks.pop()
        elif word in self._closed_by and not (self._fish and before == "else"):
            self._blocks.append(self._closed_by[word])
        return word in _COMMAND_FOLLOWS


def _ends_in_backslash(line: str) -> bool:
    # Blanks behind a backslash are a slip of the pen: nobody ends a command with an escaped one.
    bare = line.rstrip(" \t")
    return (len(bare) - len(bare.rstrip("\\"))) % 2 == 1
