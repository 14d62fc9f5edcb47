"""What is written into a box, so that a person and the next reading see the same outcome."""

from collections.abc import Iterable, Mapping

from launchpad.checklist.markdown.boxes.words import (
    CROSSED,
    OPEN,
    STATES,
    STATUSES,
    TICKED,
    VARIATIONS,
    WORDS,
    glyph_result,
    status_key,
)
from launchpad.checklist.model import Result

_EMPTY, _EMPTY_STATE = "\u2610", "\u2b1c"
_BRACKETED = frozenset(" xX")
_SIGNS: Mapping[Result | None, str] = {
    None: _EMPTY_STATE,
    "passed": "\u2705",
    "failed": "\u274c",
    "in-progress": "\u23f3",
    "blocked": "\U0001f6ab",
    "not-applicable": "",
}

Vocabulary = Mapping[tuple[Result | None, bool], str]
"""A document's own words of each result; whether they have a sign before them."""


def ticked(box: str, *, chosen: bool) -> str:
    """Return a box ticked or not: as it is where it already says so.

    A check mark in a box is one wherever it stands; a check mark alone may be an ornament.
    """
    if is_ticked(box) == chosen:
        return box
    if box in _BRACKETED:
        return "x" if chosen else " "
    if chosen:
        return TICKED
    return _EMPTY_STATE if box[0] in STATES else _EMPTY


def is_ticked(box: str) -> bool:
    """Tell whether a box is ticked, one of several with whatever sign."""
    return box in {"x", "X"} or box[:1] == CROSSED or glyph_result(box) is not None


def marked(box: str, result: Result | None, vocabulary: Vocabulary) -> str:
    """Return a single box, or the word or sign of a status, that says a result.

    A plain box can only say whether something passed.
    """
    bare = box.rstrip(VARIATIONS)
    if bare == CROSSED:
        return TICKED if result == "passed" else box
    if box in _BRACKETED or bare in OPEN + TICKED:
        return ticked(box, chosen=result == "passed")
    if bare in STATES:
        return box if STATES[bare] == result else _SIGNS[result] or _EMPTY_STATE
    if STATUSES.get(status_key(box), "") == result:
        return box
    signed = is_signed(box)
    own = vocabulary.get((result, signed))
    return own or f"{_SIGNS[result] if signed else ''} {WORDS[result]}".strip()


def is_signed(word: str) -> bool:
    """Tell whether a sign stands before the word of a status."""
    return word[:1] in STATES or word[:1] in OPEN + TICKED + CROSSED


def vocabulary_of(boxes: Iterable[str]) -> Vocabulary:
    """Return the words that a document's boxes show, the first for each result."""
    found: dict[tuple[Result | None, bool], str] = {}
    for box in boxes:
        key = status_key(box)
        if key in STATUSES:
            found.setdefault((STATUSES[key], is_signed(box)), box)
    return found
