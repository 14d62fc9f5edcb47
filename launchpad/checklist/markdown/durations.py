"""Times as people write them beside a step: how long it takes, and by when it has to be done."""

import re
from dataclasses import dataclass
from typing import Literal

UNITS_MS = {"s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
"""How long one of each unit is, by its first letter."""
UNIT = r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)(?![^\W\d_])\.?"
_WORDS = {"a": 1, "an": 1, "half an": 0.5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
FIGURE = r"\d{1,5}(?:\.\d{1,3})?"
NUMBER_WORD = r"\b(?:half an|an?|one|two|three|four|five)"
_ONE = rf"(?:{FIGURE}[\s-]?|{NUMBER_WORD}[\s-]){UNIT}"
_SUM = rf"{_ONE}(?:(?:,| and)? ?{_ONE})*"
_LENGTH = rf"(?:(?:{FIGURE}|{_ONE}) ?(?:[-\u2013\u2014]|to) ?)?{_SUM}"

_ABOUT = (
    r"(?:(?:(?:\u2264|<=|~|\u2248|approx(?:\.|imately)?|about|around|ca?\.|max(?:\.|imum)?|up to|"
    r"at most|est(?:\.|imated)?|expected|takes?|target|time|duration|eta)[: ]*){1,3})?"
)
_TAKES = re.compile(rf"{_ABOUT}(?P<length>{_LENGTH})(?: (?:max|maximum|total|or less|approx)\.?)?")
_BY = (
    rf"(?:immediate(?:ly)?(?: (?:actions?|steps?|response|tasks?))?|"
    rf"within(?: the)?(?: (?:first|next))? {_SUM}|(?:the )?first {_SUM})"
)
_DEADLINE = re.compile(_BY)
_LEADING = re.compile(
    rf"(?P<by>{_BY})(?: ?[:,\u2013\u2014]| -) ?|"
    r"immediately(?! (?:after|before|if|once|when|upon)\b) "
)
_BRACKET = re.compile(r" ?[(\[](?P<said>[^()\[\]]*)[)\]]")
_TRAILING = re.compile(rf" [-\u2013\u2014|] (?P<said>{_ABOUT}{_LENGTH})$", re.IGNORECASE)
_HOLDS_ONE = re.compile(rf"(?<!\w){_ONE}")
_LEADING_DOUBT = re.compile(rf"within {_SUM} (?:of|after|from)\b")
# What compares, repeats or dates something is a threshold, and says nothing about a step.
_THRESHOLD = re.compile(
    r"[<>\u2265]|\b(?:every|for|per|each|after|before|last|past|older|over|under|than|if|when|"
    r"at least|minimum)\b"
)
_FIELD = re.compile(
    r"(?:(?:estimated|expected|total|target|maximum|max|rollback) ){0,3}"
    rf"(?:time|duration|budget)(?: to (?:complete|roll ?back))?: ?{_ABOUT}(?P<length>{_LENGTH})\.?"
)
_SYMBOLS = re.compile(r"[^\w(\[]*")


@dataclass(frozen=True, slots=True)
class Timing:
    """The times of a step's words, in milliseconds, and the words without them.

    deadline_ms: from the start of what the step belongs to; doubts: what looks like a time, but
    was not understood.
    """

    text: str
    expected_ms: int | None = None
    deadline_ms: int | None = None
    doubts: tuple[str, ...] = ()


def timing(text: str) -> Timing:
    """Find the times in a step's or a heading's words.

    A length counts where it stands in brackets or behind a dash at the end, of a range its upper
    end; a range from zero is a deadline, as are "immediately" and "within" at the start.
    """
    found: dict[Literal["expected", "deadline"], int] = {}
    doubts: list[str] = []

    def take(bracket: re.Match[str]) -> str:
        said = bracket["said"].strip(" .,:;").casefold()
        kind, value = _read(said)
        if kind is None or kind in found:
            if _HOLDS_ONE.search(said) and not _THRESHOLD.search(said):
                doubts.append(bracket.group().strip())
            return bracket.group()
        found[kind] = value
        return ""

    rest = _TRAILING.sub(take, _BRACKET.sub(take, text)).strip()
    symbols = _SYMBOLS.match(rest)
    words = rest[symbols.end() if symbols else 0 :]
    folded = words.casefold()
    leading = _LEADING.match(folded)
    if _DEADLINE.fullmatch(folded.rstrip(" :.")):
        found.setdefault("deadline", _read(folded.rstrip(" :."))[1])
        rest = rest.rstrip(" :.")
    elif leading:
        found.setdefault("deadline", _read(leading["by"] or "immediately")[1])
        rest = (words[leading.end() :] if leading["by"] else rest) or rest
    elif _LEADING_DOUBT.match(folded):
        doubts.append(words)
    return Timing(rest or text, found.get("expected"), found.get("deadline"), tuple(doubts))


def field_ms(text: str) -> int | None:
    """Return the length that a line such as "Estimated time: 10 minutes" gives, else None."""
    match = _FIELD.fullmatch(text.casefold())
    return _length_ms(match["length"]) if match else None


def _read(said: str) -> tuple[Literal["expected", "deadline"] | None, int]:
    if _DEADLINE.fullmatch(said):
        return "deadline", _length_ms(said)
    match = _TAKES.fullmatch(said)
    if match is None:
        return None, 0
    # "0-5 minutes" is when it happens, and no estimate of how long it takes.
    from_zero = re.match(r"0\s?[^\d.]", match["length"])
    return ("deadline" if from_zero else "expected"), _length_ms(match["length"])


def _length_ms(said: str) -> int:
    """Return a length, 0 where none is said."""
    upper = re.split(r"(?<=[\w.]) ?(?:[\u2013\u2014]|-(?=[ \d])|\bto\b) ?", said)[-1]
    parts = re.findall(rf"({FIGURE}|{NUMBER_WORD}(?=[\s-]))[\s-]?({UNIT})", upper)
    return sum(round(number(figure) * UNITS_MS[unit[0]]) for figure, unit in parts)


def number(figure: str) -> float:
    """Return what `FIGURE` or `NUMBER_WORD` in small letters says."""
    return _WORDS[figure] if figure in _WORDS else float(figure)
