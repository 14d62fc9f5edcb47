"""What a rollback trigger in prose compares, as a condition that holds while it does not trip."""

import re
from dataclasses import dataclass

from launchpad.checklist.markdown.rollback.trigger_times import Timed, timed

_NUMBER = r"(?P<value>\d{1,9}(?:\.\d{1,6})?)"
_ABOVE = (
    r"(?:>=?|\u2265|(?:is |goes |rises |stays |climbs )?(?:above|over|beyond)|exceed(?:s|ing)?|"
    r"(?:is )?(?:more|greater|higher) than|of more than|by more than|at least)"
)
_BELOW = (
    r"(?:<=?|\u2264|(?:is |goes |drops |falls |stays )?(?:below|under)|(?:is )?(?:less|lower) than)"
)
# Of one answer: a percentile or a mean is something else, and takes a query.
_SLOWNESS = (
    r"(?<!p\d\d )(?<!average )(?<!mean )(?<!median )"
    r"(?:(?:api|page|server|request) ){0,2}(?:response times?|latency|latencies|load times?)"
)
_WORSE = (
    rf"(?:\bperformance (?:degrad|regress)(?:ation|es|ed|ion)|^degradation|"
    rf"\b{_SLOWNESS} (?:degrad(?:ation|es)|increases?|rises?|slower))"
)
_THAN_BASELINE = (
    r"(?:from|over|above|against|than|compared (?:to|with)|vs\.?|relative to)(?: the)? baseline"
)
_ANSWERS = (
    r"(?:(?:returns?|responds? with|answers?(?: with)?|gives?|serves?|throws?|shows?)(?: an?)?)"
)
_SUBJECT = (
    r"(?:(?:any|an|a|one|the|some|every) )?(?:[\w/\-.]{1,30} ){0,3}?"
    r"(?:endpoints?|checks?|requests?|pages?|urls?|apis?|services?|tests?|/[\w/\-.]{1,40})"
)

# Each is searched in a trigger's words, in lower case; `{value}` and `{unit}` stand for what was
# found. Whatever is not among these is not understood, and a person watches it.
_CASES: tuple[tuple[str, str], ...] = (
    (
        rf"{_WORSE}(?: by)?(?: of)? ?(?:{_ABOVE})? ?{_NUMBER} ?% {_THAN_BASELINE}",
        "[RESPONSE_TIME] <= +{value}%",
    ),
    (rf"\b{_SLOWNESS} ?{_ABOVE} ?{_NUMBER} ?% {_THAN_BASELINE}", "[RESPONSE_TIME] <= +{value}%"),
    (
        rf"\b{_SLOWNESS} ?{_ABOVE} ?{_NUMBER} ?(?P<unit>ms|s|seconds?|secs?|milliseconds?)\b",
        "[RESPONSE_TIME] <= {value}{unit}",
    ),
    (
        rf"(?:\b|(?<!\w))(?P<subject>{_SUBJECT}) {_ANSWERS} (?:non[- ]?2xx|anything but 2xx)",
        "[STATUS] < 300",
    ),
    (
        rf"(?:\b|(?<!\w))(?P<subject>{_SUBJECT}) {_ANSWERS} (?:non[- ]?200|anything but 200)",
        "[STATUS] == 200",
    ),
    (rf"(?:\b|(?<!\w))(?P<subject>{_SUBJECT}) {_ANSWERS} (?:http )?5(?:xx|00)\b", "[STATUS] < 500"),
    (
        rf"\b(?:error|failure|5xx) (?:rates?|ratios?) ?{_ABOVE} ?{_NUMBER} ?%",
        "[VALUE] <= {value}%",
    ),
    (
        rf"\b(?:success rates?|availability|uptime) ?{_BELOW} ?{_NUMBER} ?%",
        "[VALUE] >= {value}%",
    ),
)
_COMPILED = tuple((re.compile(words), condition) for words, condition in _CASES)
# By their first letter: a unit of minutes is none that a response takes.
_UNITS = {"m": "ms", "s": "s"}
_LONGEST = 500
# Another trigger beside the one that was found, or what is averaged: both would be lost.
_MORE = re.compile(
    r"\b(?:and|or|unless|except)\b|\b(?:for|over|within|during|in|per|sustained)\b.{0,20}\d"
)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a trigger's words say. healthy_when: a condition that holds while it does not trip.

    answering: the words that say what is asked, in lower case, with all that stands beside the
    comparison; timed: when it counts.
    """

    healthy_when: str
    answering: str
    timed: Timed


def understood(text: str) -> Understood | None:
    """Return what a trigger's words stand for, None where they are not understood.

    Percentages of errors and successes are compared with a probe's `[VALUE]` as ratios.
    """
    said = timed(text.casefold()) if len(text) <= _LONGEST else None
    if said is None:
        return None
    for words, condition in _COMPILED:
        found = words.search(said.words)
        if found is None:
            continue
        beside = f"{said.words[: found.start()]} {said.words[found.end() :]}"
        if not _MORE.search(beside):
            groups = found.groupdict()
            unit = _UNITS.get((groups.get("unit") or "")[:1], "")
            holds = condition.format(value=groups.get("value"), unit=unit)
            # A path begins before the word in it that was found to answer.
            subject = groups.get("subject") or ""
            end = found.start() + len(subject)
            answering = f"{said.words[:end]} {said.words[found.end() :]}"
            return Understood(holds, " ".join(answering.split()), said)
    return None
