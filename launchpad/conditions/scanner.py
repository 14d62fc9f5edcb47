"""The words of a condition: what stands on each side of the operator, and where.

A scanner goes through the text once, from left to right. What a bare word means depends on what it
is compared with, so that is left to `agreement`.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from launchpad.conditions.condition import Measure, Observed, Operator, Pattern, Text
from launchpad.conditions.cursor import Cursor
from launchpad.conditions.errors import excerpt, nearest
from launchpad.conditions.placeholders import PLACEHOLDERS
from launchpad.conditions.subjects import read_observed

OPERATOR: Final = re.compile(r"[=!<>]=|[<>]")

_OPERATORS: Final[tuple[Operator, ...]] = get_args(Operator)
_LIKE_OPERATOR: Final = re.compile(r"[=!<>~]+")
_MEANT: Final = {"=": "==", "===": "==", "!==": "!=", "<>": "!=", "=<": "<=", "=>": ">="}
_FUNCTIONS: Final = ("len", "has", "pat", "any")
_CALL: Final = re.compile(r"(\w+)\(")
_OPTION: Final = re.compile(r"[^,)]*")
_CLOSED_BEFORE_OPERATOR: Final = re.compile(r"\)(?=\s*(?:[=!<>]=|[<>]))")

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Bare:
    """Text without quotes. position: where it starts."""

    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Options:
    """What stands between the parentheses of any()."""

    options: tuple[Bare | Text, ...]


Scanned: TypeAlias = Observed | Measure | Pattern | Text | Bare | Options


class Scanner(Cursor):
    """A place in a condition's text; each method reads what it is named for, or ConditionError."""

    def __init__(self, text: str, offered: Collection[str] | None) -> None:
        super().__init__(text)
        allowed = frozenset(PLACEHOLDERS if offered is None else offered)
        self._offered = tuple(name for name in PLACEHOLDERS if name in allowed)
        self.skip_blanks()

    def operand(self, side: Side) -> Scanned:
        """Read one side of the comparison and the white space after it."""
        call = _CALL.match(self.text, self.at)
        scanned: Scanned
        if self.stands("["):
            scanned = read_observed(self, self._offered)
        elif self.stands('"') or self.stands("'"):
            scanned = Text(self.quoted())
        elif call:
            scanned = self._function(call[1], side)
        else:
            scanned = self._bare(side)
        self.skip_blanks()
        return scanned

    def operator(self) -> Operator:
        """Read the operator and the white space after it."""
        match = _LIKE_OPERATOR.match(self.text, self.at)
        word = match[0] if match else ""
        for operator in _OPERATORS:
            if word == operator:
                self.at += len(word)
                self.skip_blanks()
                return operator
        if word:
            meant = f"; did you mean {_MEANT[word]}?" if word in _MEANT else ""
            raise self.error(f"{excerpt(word)} is no operator{meant}", self.at)
        raise self.error(f"expected an operator: {' '.join(_OPERATORS)}", self.at)

    def end(self) -> None:
        """Expect nothing more."""
        if self.at == len(self.text):
            return
        if _LIKE_OPERATOR.match(self.text, self.at) or self.stands("&") or self.stands("|"):
            raise self.error("a condition compares once; write another one for the rest", self.at)
        raise self.error(f"expected the end, not {excerpt(self.text[self.at :])}", self.at)

    def _function(self, name: str, side: Side) -> Scanned:
        start = self.at
        if name not in _FUNCTIONS:
            near = nearest(name, _FUNCTIONS)
            hint = f"did you mean {near}()?" if near else "quote text that looks like one"
            raise self.error(f"{excerpt(name)}() is no function; {hint}", start)
        self.at += len(name) + 1
        self.skip_blanks()
        if name == "pat":
            return self._pattern(start, side)
        if name == "any":
            return self._options()
        if not self.stands("["):
            raise self.error(f"{name}() takes a placeholder, such as {name}([BODY].items)", self.at)
        of = read_observed(self, self._offered)
        if of.kind not in {"any", "text", "list"}:
            raise self.error(
                f"{name}() takes text or a list; [{of.placeholder.name}] is neither", start
            )
        self.expect(")", f"what {name}() takes")
        return Measure("len" if name == "len" else "has", of)

    def _pattern(self, start: int, side: Side) -> Pattern:
        if self.stands('"') or self.stands("'"):
            pattern = self.quoted()
            self.expect(")", "the pattern")
            return Pattern(pattern)
        if side == "right":
            end = self.text.rfind(")", self.at)
        else:
            match = _CLOSED_BEFORE_OPERATOR.search(self.text, self.at)
            end = match.start() if match else -1
        if end < 0:
            raise self.error("pat( is not closed", start)
        pattern = self.text[self.at : end].rstrip()
        if not pattern:
            raise self.error("expected a pattern, such as pat(*ok*)", self.at)
        self.at = end + 1
        return Pattern(pattern)

    def _options(self) -> Options:
        options: list[Bare | Text] = []
        while True:
            self.skip_blanks()
            options.append(self._option())
            self.skip_blanks()
            if self.stands(")"):
                self.at += 1
                return Options(tuple(options))
            if not self.stands(","):
                raise self.error("expected , or ) after a value of any()", self.at)
            self.at += 1

    def _option(self) -> Bare | Text:
        if self.stands('"') or self.stands("'"):
            return Text(self.quoted())
        if self.stands("[") or _CALL.match(self.text, self.at):
            raise self.error("any() takes plain values; quote text that looks like more", self.at)
        start, self.at = self.at, self.end_of(_OPTION)
        return self._plain(start, self.at, "expected a value, such as any(200, 204)")

    def _bare(self, side: Side) -> Bare:
        start, end = self.at, len(self.text)
        if side == "left":
            operator = OPERATOR.search(self.text, start)
            if operator is None:
                raise self.error("expected a comparison, such as [STATUS] == 200", start)
            end = operator.start()
        self.at = end
        return self._plain(start, end, "expected a value")

    def _plain(self, start: int, end: int, otherwise: str) -> Bare:
        bare = self.text[start:end].rstrip()
        if not bare:
            raise self.error(otherwise, start)
        operator = OPERATOR.search(bare)
        if operator:
            raise self.error(
                "a condition compares once; quote text that holds an operator",
                start + operator.start(),
            )
        return Bare(bare, start)
