"""How people write a time seen from the launch, and what has to stand around it.

The patterns are for titles whose dashes and brackets were made ASCII by `ALIKE`.
"""

import re

from launchpad.checklist.markdown.durations import FIGURE, NUMBER_WORD, UNIT, UNITS_MS, number

ALIKE = str.maketrans(
    "\u2010\u2011\u2012\u2013\u2212\u2014\uff08\uff09\uff1a\u3010\u3011\u2248\u2264\u2265",
    "-----|():[]~<>",
)
"""Makes dashes, brackets and signs of many scripts the ASCII ones, each in its place."""

MINUTE_MS, DAY_MS, WEEK_MS = 60_000, 86_400_000, 604_800_000
_UNITS_MS = UNITS_MS | {"w": WEEK_MS}
_UNIT = rf"(?:{UNIT}|(?:w|wks?|weeks?)(?![^\W\d_])\.?)"
_ONE = rf"(?:{FIGURE}[\s-]?|{NUMBER_WORD}[\s-]){_UNIT}"
_AMOUNT = rf"(?:{_ONE}(?:(?:,| and)? ?{_ONE}){{0,2}}|(?:the )?(?:hour|day|week)\b)"
_PART = re.compile(rf"(?P<figure>{FIGURE}|{NUMBER_WORD}(?=[\s-]))?[\s-]?(?P<unit>{_UNIT})")

_KIND = r"(?:(?:official|public|production|planned|scheduled|final|product) )?"
_LAUNCH = r"(?:launch|go[- ]?live|cut-?over|deploy(?:ment)?|release|roll-?out|switch-?over)"
_EVENT = (
    rf"(?:the )?(?:{_KIND}{_LAUNCH}(?: (?:day|date|time))?|d-day|t-?0|launching|deploying|"
    r"going live)(?![\w-])"
)
_BEFORE = r"before|prior to|ahead of|pre"
_AFTER = r"after|following|post|past"
_LIMIT = r"at least|no later than|not later than|by|within|up to|last|final|first"


def _pattern(wording: str) -> re.Pattern[str]:
    return re.compile(wording, re.IGNORECASE)


SIGNED = re.compile(
    r"\b[tdlj]\s?[-+=]?\s?[\dxn?]|\bt[ -](?:zero|minus|plus)|[-+]\d|(?:minus|plus|day) \d"
)
"""What a title in small letters has where something is counted from T-0 with a sign."""
SIDES = ("before", "after", "prior", "ahead", "following", "pre", "post", "past")
"""What it has where something is said to lie before or after the launch."""

CLOCK = _pattern(
    r"(?<![\w.'/-])t\s?(?P<sign>[-+])\s?"
    r"(?P<hours>\d{1,3}):(?P<minutes>\d\d)(?::(?P<seconds>\d\d))?(?![\d:])"
)
MARK = _pattern(
    r"(?:(?<![\w.'\u2019/-])|(?<=\d-))(?:(?P<base>t)"
    r"(?:\s?(?P<sign>[-+])\s?|[ -](?P<word>minus|plus)[ -])|"
    rf"(?P<other>[dlj])(?P<near>[-+]))(?P<figure>{FIGURE})(?!\d)"
    rf"(?:(?:-|\s?to\s?)(?P<upper>{FIGURE})(?=[\s-]?{_UNIT}))?"
    rf"(?:[\s-]?(?P<unit>{_UNIT}(?: ?{_ONE}){{0,2}}))?"
    r"(?P<unknown>[\s-]?(?:months?|years?|quarters?|sprints?|"
    r"(?:business|working|calendar|week)[ -]?days?)\b)?"
)
ZERO = _pattern(r"(?<![\w.'\u2019/-])t(?:\s?=?\s?0|[ -]zero)(?![\w%/]|[.:]\d|-[^\W\d_])")
UNREADABLE = _pattern(
    r"(?<![\w.'\u2019/-])t(?:[ -](?:minus|plus)\b|"
    rf"\s?[-+]\s?(?:x{{1,2}}|n|\?{{1,3}})(?:\s?{_UNIT})?(?![\w-]))"
)
OFFSET = _pattern(
    rf"(?<![\w.-])(?:(?P<event>{_LAUNCH}(?: day)?|d-day)"
    r"(?: ?(?P<near>[-+])| (?P<word>minus|plus) )|"
    rf"(?P<sign>[-+]))(?=\d)(?P<amount>{_AMOUNT})"
)
DAYS = _pattern(
    rf"(?<![\w-])(?:(?P<unit>day|week)(?: (?P<sign>[-+])|(?P<plus>\+))|"
    rf"{_LAUNCH} day ?(?P<near>[-+]))(?P<figure>\d{{1,3}})(?![\w%/]|[.:]\d|\s?{_UNIT})|"
    r"(?<![\w-])day (?P<zero>0)(?![\w%/]|[.:]\d)"
)
RELATIVE = _pattern(
    rf"(?<![\w.<>=-])(?:(?P<limit>{_LIMIT}) (?:the )?)?(?:~ ?|about |approx\.? )?"
    rf"(?:(?P<low>{FIGURE})\s?(?:-|to)\s?)?(?P<amount>{_AMOUNT})[ -]?"
    rf"(?:(?P<before>{_BEFORE})|(?P<after>{_AFTER}))(?![^\W_])(?:[ -](?P<event>{_EVENT}))?"
)
FIRST = _pattern(
    rf"(?<![\w.-])(?:the )?(?:first|initial) (?:{FIGURE}\s?-\s?)?(?P<amount>{_AMOUNT})(?!\w)"
    rf"(?: (?:(?:after|post|of|following)[ -]{_EVENT}|post-{_LAUNCH}))?"
)
FROM_ZERO = _pattern(rf"(?<![\w.:+-])0\s?(?:-|to)\s?(?P<amount>{_AMOUNT})")
_NUMBERED = (
    r"(?:(?:phase|stage|step|part|section) )?(?:\d{1,2}|[a-z])(?:\.\d{1,2}){0,3}[.):]?\s?[-|:]?\s?"
)
_DAY_OF = (
    rf"(?:on )?(?:the )?(?:{_KIND}{_LAUNCH} (?:day|date|time)|day of(?: the)? {_LAUNCH}|"
    r"d-day|jour j)"
)
_TASKS = (
    r"(?:activities|actions?|checklist|checks?|monitoring|operations|preparations?|steps?|"
    r"support|tasks?|timeline|validation|verification|watch)"
)
ZERO_DAY = _pattern(
    rf"[\W_]*(?:{_NUMBERED})?(?P<said>(?:{_DAY_OF}(?: {_TASKS})?(?=[\W_]*$|\s?[:|(\[]| - )|"
    rf"(?:at )?go[- ]?live(?=[\W_]*$| [(\[])|at (?:the )?{_LAUNCH}(?=[\W_]*$| [(\[])))"
)
BEFORE_LAUNCH = _pattern(rf"\b(?:pre[ -]?|before (?:the )?){_LAUNCH}\b")
AFTER_LAUNCH = _pattern(rf"\b(?:post[ -]?|after (?:the )?){_LAUNCH}\b")
DANGLING = _pattern(r"\s?(?:\b(?:to|until|till|through)\b|->|\u2192)\s?[-+]?\d|[-/][-+]?\d")

_LEADING = _pattern(rf"[\W_]*(?:{_NUMBERED})?")
_OPENED = _pattern(
    r"(?:[(\[:|,;/@~\u2192]|(?:^|\s|\d)-|\b(?:at|by|from|until|till|to|through|and|between|around|about|"
    r"before|after|starting|since))\s?$"
)
_BRACKETED = _pattern(r"(?:[(\[\u2192]|\b(?:to|until|till|through|and)|\s-)\s?$")
_CLOSED = _pattern(
    r"\s?(?:$|[)\]:|,;(\[@\u2192.]|-(?![^\W_])|-(?=[tdlj][-+]\d)|/\s|"
    rf"\b(?:to|until|till|through|and|onwards?|or|{_TASKS})\b)|\s-"
)
_UNTIL = _pattern(r"\b(?:by|until|till|before|no later than|not later than)\s?$")
_TAIL = 16


def amount_ms(said: str) -> int:
    """Return the length that an amount says; of a bare "the day" one of it."""
    parts = _PART.finditer(said.casefold())
    return sum(round(number(part["figure"] or "one") * unit_ms(part["unit"])) for part in parts)


def unit_ms(unit: str) -> int:
    """Return how long one of a unit is."""
    return _UNITS_MS[unit[0].lower()]


def leads(plain: str, start: int) -> bool:
    """Tell whether a title starts here, its number and decoration apart."""
    return _LEADING.fullmatch(plain, 0, start) is not None


def opened(plain: str, start: int) -> bool:
    """Tell whether something stands apart from the words before it."""
    return leads(plain, start) or _OPENED.search(plain[max(0, start - _TAIL) : start]) is not None


def bracketed(plain: str, start: int) -> bool:
    """Tell whether a bracket or the title starts here, or the end of a range."""
    before = plain[max(0, start - _TAIL) : start]
    return leads(plain, start) or _BRACKETED.search(before) is not None


def closed(plain: str, end: int) -> bool:
    """Tell whether something stands apart from the words behind it."""
    return _CLOSED.match(plain, end) is not None


def says_until(plain: str, start: int) -> bool:
    """Tell whether what stands here is by when, and not when."""
    return _UNTIL.search(plain[max(0, start - _TAIL) : start]) is not None
