"""When something is done, seen from the launch: `T-30`, "24 hours before launch", "Launch day".

A length ("2 minutes"), a deadline ("within 4 hours") and a threshold ("for 15 minutes") say nothing
of the launch, and are no such times. A bare `T-30` is in minutes, a bare `D-1` in days.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from launchpad.checklist.markdown.outline import launch_time_words as wording

_LONGEST_TITLE = 300  # What is longer is a text, and no title.
_MOST_DIGITS = 3  # "T-1000" without a unit is a product, and nobody's count.
_RANGES = frozenset({"to", "-", "|", "\u2192", "->", "until", "till", "through"})
_BETWEEN = re.compile(r"\bbetween\s?$", re.IGNORECASE)
_EMPTY = re.compile(r"\s?[(\[\uff08\u3010][\s:~\u2248-]{0,9}[)\]\uff09\u3011]")
_LOOSE = " \t:,;|@-\u2013\u2014"
_HOUR_MS, _SECOND_MS = 60 * wording.MINUTE_MS, 1_000


@dataclass(frozen=True, slots=True)
class LaunchTime:
    """The time in a title.

    at_ms, until_ms: when it begins, and by when it ends, from T-0, + is after; text: the words
    without it, or all of them where it is all they say; doubts: what looks like such a time, but
    was not understood, and then there is no time; bare: whether its figure has no unit.
    """

    at_ms: int | None
    until_ms: int | None
    text: str
    doubts: tuple[str, ...] = ()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """What stands at a place of a title.

    unit: what its figure is counted in, None where it does not say; figure: what it counts, with
    its sign, None where it is more than one figure.
    """

    start: int
    end: int
    at: int | None
    until: int | None = None
    doubtful: bool = False
    unit: int | None = None
    figure: float | None = None


def launch_time(text: str) -> LaunchTime | None:
    """Return the launch time in a heading's or a bold line's words, None where there is none."""
    if len(text) > _LONGEST_TITLE:
        return None
    plain = text if text.isascii() else text.translate(wording.ALIKE)
    found = [_settled(plain, one) for one in _joined(plain, _apart(_readings(plain)))]
    if not found:
        return None
    doubts = tuple(text[one.start : one.end].strip() for one in found if one.doubtful)
    times = {(one.at, one.until) for one in found}
    if doubts or len(times) > 1:
        return LaunchTime(None, None, text, doubts or (text,))
    at, until = times.pop()
    bare = any(one.figure and one.unit is None for one in found)
    return LaunchTime(at, until, _without(text, found), bare=bare)


def _readings(plain: str) -> Iterator[_Reading]:
    """Yield all that looks like a time; each kind is only looked for where its words are."""
    folded = plain.lower()
    if wording.SIGNED.search(folded):
        yield from _clocks(plain)
        yield from _marks(plain)
        yield from _offsets(plain)
    if any(word in folded for word in wording.SIDES):
        yield from _relative(plain)
    if "first" in folded or "initial" in folded or "post" in folded:
        yield from _first(plain)
    if "day" in folded or "live" in folded or "at " in folded or "jour" in folded:
        day = wording.ZERO_DAY.match(plain)
        if day:
            yield _Reading(day.start("said"), day.end("said"), 0)


def _clocks(plain: str) -> Iterator[_Reading]:
    for found in wording.CLOCK.finditer(plain):
        hours, minutes = int(found["hours"]), int(found["minutes"])
        # "T-1:30" may be hours and minutes, or minutes and seconds.
        seconds = int(found["seconds"] or 0)
        length = hours * _HOUR_MS + minutes * wording.MINUTE_MS + seconds * _SECOND_MS
        sign = -1 if found["sign"] == "-" else 1
        doubtful = found["seconds"] is None
        yield _Reading(found.start(), found.end(), sign * length, doubtful=doubtful)


def _marks(plain: str) -> Iterator[_Reading]:
    for found in wording.ZERO.finditer(plain):
        if wording.opened(plain, found.start()):
            yield _Reading(found.start(), found.end(), 0)
    for found in wording.MARK.finditer(plain):
        base = (found["base"] or found["other"]).lower()
        start, end = found.span()
        bare = found["unit"] is None
        apart = wording.opened(plain, start) and wording.closed(plain, end)
        if found["unknown"]:
            yield _Reading(start, end, None, doubtful=True)
        elif not bare or apart or (wording.leads(plain, start) and _few_digits(found)):
            if not (bare and base == "l"):
                yield _mark(found, wording.DAY_MS if base in "dj" else wording.MINUTE_MS)
        elif base == "t" and _few_digits(found):
            yield _Reading(start, end, None, doubtful=True)
    for found in wording.UNREADABLE.finditer(plain):
        yield _Reading(found.start(), found.end(), None, doubtful=True)


def _few_digits(found: re.Match[str]) -> bool:
    return len(found["figure"]) <= _MOST_DIGITS


def _mark(found: re.Match[str], bare_ms: int) -> _Reading:
    sign = -1 if (found["sign"] or found["near"]) == "-" or _is_minus(found) else 1
    unit = wording.unit_ms(found["unit"]) if found["unit"] else None
    figure = sign * float(found["figure"])
    at = round(figure * (unit or bare_ms))
    until = None
    if found["upper"]:
        at, until = sorted((at, round(sign * float(found["upper"]) * (unit or bare_ms))))
    elif found["unit"]:
        at = sign * wording.amount_ms(found["figure"] + found["unit"])
    counted = unit or (None if bare_ms == wording.MINUTE_MS else bare_ms)
    return _Reading(found.start(), found.end(), at, until, unit=counted, figure=figure)


def _is_minus(found: re.Match[str]) -> bool:
    return (found["word"] or "").lower() == "minus"


def _offsets(plain: str) -> Iterator[_Reading]:
    for found in wording.OFFSET.finditer(plain):
        start, end = found.span()
        if found["event"] or (wording.bracketed(plain, start) and wording.closed(plain, end)):
            minus = "-" in {found["near"], found["sign"]} or _is_minus(found)
            at = (-1 if minus else 1) * wording.amount_ms(found["amount"])
            yield _Reading(start, end, at, unit=wording.MINUTE_MS)
    for found in wording.DAYS.finditer(plain):
        start, end = found.span()
        if wording.opened(plain, start) and wording.closed(plain, end):
            minus = "-" in {found["near"], found["sign"]}
            days = int(found["zero"] or found["figure"]) * wording.unit_ms(found["unit"] or "day")
            yield _Reading(start, end, -days if minus else days, unit=wording.DAY_MS)


def _relative(plain: str) -> Iterator[_Reading]:
    for found in wording.RELATIVE.finditer(plain):
        start, end = found.span()
        first = wording.leads(plain, start)
        speaks = wording.BEFORE_LAUNCH if found["before"] else wording.AFTER_LAUNCH
        if found["event"] or (wording.closed(plain, end) and speaks.search(plain)):
            if wording.opened(plain, start) and wording.closed(plain, end):
                yield _beside_launch(found)
        elif first and found["limit"] is None:
            yield _Reading(start, end, None, doubtful=True)


def _beside_launch(found: re.Match[str]) -> _Reading:
    length = wording.amount_ms(found["amount"])
    sign = -1 if found["before"] else 1
    at: int | None = sign * length
    until: int | None = None
    limit = (found["limit"] or "").lower()
    if found["low"]:
        unit = wording.unit_ms(found["amount"].lstrip("0123456789. -"))
        at, until = sorted((sign * length, round(sign * float(found["low"]) * unit)))
    elif limit in {"within", "up to", "last", "final", "first"}:
        at, until = sorted((0, sign * length))
    elif limit in {"by", "no later than", "not later than"} or (limit and sign < 0):
        at, until = None, sign * length
    return _Reading(found.start(), found.end(), at, until, unit=wording.MINUTE_MS)


def _first(plain: str) -> Iterator[_Reading]:
    patterns = [wording.FIRST]
    if "0" in plain and wording.AFTER_LAUNCH.search(plain):
        patterns.append(wording.FROM_ZERO)
    for pattern in patterns:
        for found in pattern.finditer(plain):
            if wording.opened(plain, found.start()) and wording.closed(plain, found.end()):
                yield _Reading(found.start(), found.end(), 0, wording.amount_ms(found["amount"]))


def _apart(readings: Iterable[_Reading]) -> Iterator[_Reading]:
    """Yield readings in order, of those that lie over each other the longest."""
    end = 0
    for one in sorted(readings, key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            yield one
            end = one.end


def _joined(plain: str, readings: Iterable[_Reading]) -> list[_Reading]:
    """Return them with each two that are the ends of a range as one."""
    joined: list[_Reading] = []
    for one in readings:
        last = joined[-1] if joined else None
        if last and last.until is None and one.until is None and _is_range(plain, last, one):
            joined[-1] = _range(last, one)
        else:
            joined.append(one)
    return joined


def _is_range(plain: str, first: _Reading, second: _Reading) -> bool:
    between = plain[first.end : second.start].strip().lower()
    ends = between == "and" and _BETWEEN.search(plain[: first.start]) is not None
    return between in _RANGES or ends


def _range(first: _Reading, second: _Reading) -> _Reading:
    at, until = first.at, second.at
    # "T-7 to T-3 days" counts both in days; of "T-24h to T-12" nobody can tell.
    if first.unit is None and first.figure is not None and second.unit:
        at = round(first.figure * second.unit)
    mixed = second.unit is None and second.at != 0 and first.unit not in {None, wording.MINUTE_MS}
    doubtful = first.doubtful or second.doubtful or mixed
    wrong = at is None or until is None or at > until
    return _Reading(first.start, second.end, at, until, doubtful=doubtful or wrong)


def _settled(plain: str, one: _Reading) -> _Reading:
    """Return a single time as an end where the words before it say so."""
    if one.until is not None or one.at is None:
        return one
    if wording.DANGLING.match(plain, one.end):
        return replace(one, doubtful=True)
    return replace(one, at=None, until=one.at) if wording.says_until(plain, one.start) else one


def _without(text: str, found: Iterable[_Reading]) -> str:
    rest, end = "", 0
    for one in found:
        rest, end = rest + text[end : one.start], one.end
    rest = _EMPTY.sub("", rest + text[end:]).strip(_LOOSE)
    return rest if any(map(str.isalnum, rest)) else text
