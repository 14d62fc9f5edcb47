"""When a trigger in prose counts: how often in a row, for how long, and until when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from launchpad.checklist.markdown.durations import FIGURE, UNIT, UNITS_MS

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "twice": 2, "thrice": 3}
_COUNT = r"(?:[2-9]|[1-9]\d|two|three|four|five)"
_LENGTH = rf"(?P<length>{FIGURE})[\s-]?(?P<unit>{UNIT})"
_T0 = r"(?:t ?[-\u2212\u2013] ?0|t0|(?:the )?launch|go-?live)"
_LATER = rf"t ?\+ ?(?P<until>{FIGURE})[\s-]?(?P<until_unit>{UNIT})"

# Each is taken out of a trigger's words, in lower case, before what they compare is looked for.
_IN_A_ROW = re.compile(
    rf",? ?\b(?:(?:for|on|in) )?(?:(?P<often>twice|thrice|{_COUNT} times) (?:in a row|running)|"
    rf"(?P<count>{_COUNT}) (?:consecutive|successive)"
    r"(?: (?:times|checks|failures|probes|requests))?)"
    r"(?!\w)"
)
_LASTS = re.compile(
    r",? ?\b(?:sustained )?for (?:(?P<longer>more than|longer than|over|>) ?|"
    rf"(?:at least|\u2265|>=) ?)?{_LENGTH}(?: (?:in a row|straight|or more|or longer))?(?!\w)"
)
_WINDOW = re.compile(
    rf",? ?(?:\b(?:with)?in (?:the first )?{_LENGTH} (?:of|after) {_T0}(?!\w)|"
    rf"\b(?:(?:from|between) {_T0} (?:and|to|until) |until ){_LATER})"
)


@dataclass(frozen=True, slots=True)
class Timed:
    """When a trigger counts, and its words without that.

    in_a_row: bad results; lasts_ms: how long it has to be bad, None where that is not said;
    longer: whether it has to be more than that; until_ms: from T-0, None where that is not said.
    """

    words: str
    in_a_row: int = 1
    lasts_ms: int | None = None
    longer: bool = False
    until_ms: int | None = None


def timed(words: str) -> Timed | None:
    """Return when a trigger's words count, in lower case; None where they contradict themselves."""
    rest, found = words, dict[str, re.Match[str]]()
    for name, pattern in (("row", _IN_A_ROW), ("window", _WINDOW), ("lasts", _LASTS)):
        matches = list(pattern.finditer(rest))
        if len(matches) > 1:
            return None
        for match in matches:
            found[name] = match
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    if "row" in found and "lasts" in found:
        return None
    row, lasts, window = (found.get(name) for name in ("row", "lasts", "window"))
    until_ms = next(_until(window), None) if window else None
    if until_ms == 0:
        return None
    return Timed(
        " ".join(rest.split()),
        in_a_row=_count(row) if row else 1,
        lasts_ms=_milliseconds(lasts["length"], lasts["unit"]) if lasts else None,
        longer=bool(lasts and lasts["longer"]),
        until_ms=until_ms,
    )


def _count(match: re.Match[str]) -> int:
    said = (match["often"] or match["count"]).removesuffix(" times")
    return _COUNTS[said] if said in _COUNTS else int(said)


def _until(match: re.Match[str]) -> Iterator[int]:
    for length, unit in (("length", "unit"), ("until", "until_unit")):
        if match[length]:
            yield _milliseconds(match[length], match[unit])


def _milliseconds(figure: str, unit: str) -> int:
    return round(float(figure) * UNITS_MS[unit[0]])
