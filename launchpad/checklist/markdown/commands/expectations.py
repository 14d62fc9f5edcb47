"""What a command should answer, as documents say it: beside the command, or around its fence."""

import re
from dataclasses import dataclass

_NOUN = (
    r"(?:results?|outputs?|outcomes?|responses?|answers?|repl(?:y|ies)|status(?: codes?)?|"
    r"(?:exit|return|response|http) (?:code|status)s?|returns?|values?|behaviou?rs?)"
)
_NAMED = (
    rf"expect(?:ed|s|ing)?(?: {_NOUN}| to (?:see|get))?",
    rf"{_NOUN} expected",
    r"erwartet(?:e[sn]? (?:ergebnis|ausgabe|antwort))?",
    r"(?:(?:r\u00e9sultat|r\u00e9ponse|sortie) )?attendue?s?",
    r"(?:(?:resultado|salida|respuesta|sa\u00edda|resposta) )?esperad[oa]s?",
    r"(?:(?:risultato|risposta) )?attes[oa]",
    r"\u671f\u5f85(?:\u7d50\u679c|\u5024|\u3055\u308c\u308b\u7d50\u679c)?",
    r"(?:\u9884\u671f|\u9810\u671f|\u671f\u671b)(?:\u7ed3\u679c|\u7d50\u679c|\u8f93\u51fa|\u8f38\u51fa)?",
    r"\uc608\uc0c1 ?\uacb0\uacfc",
)
_LEAD = re.compile(
    rf"\W{{0,9}}(?:{'|'.join(_NAMED)})(?: \([^()]{{0,60}}\))?[\s*_]{{0,6}}[:\uff1a]", re.IGNORECASE
)
# Without a colon only before what a program answers: "expect some downtime" is no answer.
_ANSWER = (
    r"(?=\d|http\b|exit\b|status\b|[\"'`{\[]|ok\b|true\b|false\b|pong\b|success|healthy\b|"
    r"empty\b|no (?:errors?|output|rows?|results?)\b|an? (?:\d|empty|json|http|error))"
)
_BARE = re.compile(rf"\W{{0,9}}expect(?:ed|s|ing)?(?: to (?:see|get))? {_ANSWER}", re.IGNORECASE)
_ARROW = re.compile(r"\s{0,9}(?:\u2192|\u21d2|->|=>)\s{0,9}(?=\S)")
_DOES = (
    r"(?:return|print|output|answer|reply|show|display|report|yield|give)(?: with)?|"
    r"respond with|exit with"
)
_SHOULD = re.compile(rf"\b(?:should|must) (?:{_DOES})\b[ :]{{0,3}}(?=\S)", re.IGNORECASE)
_SHOULD_BE = re.compile(
    r"\W{0,9}(?:this |it )?(?:should|must) (?:be|see|say|contain)\b[ :]{0,3}(?=\S)", re.IGNORECASE
)
# Without one of these nothing is expected: most remarks need no closer look.
_HINTS = (
    *("expect", "should", "must", "->", "=>", "\u2192", "\u21d2", "erwartet", "attend"),
    *("esperad", "attes", "\u671f", "\uc608\uc0c1"),
)
_BRACKETS = {"(": ")", "[": "]", "{": "}", "\uff08": "\uff09"}
_CLOSING = frozenset(_BRACKETS.values())


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a remark says that a command should answer.

    text: in its words, "" where it only announces it; alone: whether the remark says nothing
    before that.
    """

    text: str
    alone: bool


def find_expectation(text: str) -> Expectation | None:
    """Return what a remark says that a command should answer, None for any other remark."""
    if not text or not may_expect(text):
        return None
    for mark in (_LEAD, _BARE, _ARROW, _SHOULD_BE):
        if found := mark.match(text):
            return Expectation(_up_to_bracket(text[found.end() :]), alone=True)
    if found := _SHOULD.search(text):
        alone = not any(map(str.isalnum, text[: found.start()]))
        return Expectation(_up_to_bracket(text[found.end() :]), alone=alone)
    return None


def may_expect(text: str) -> bool:
    """Tell, without a closer look, a text in which nothing is expected from all others."""
    folded = text.casefold()
    # Not `any` over a generator, which takes twice as long; this is asked of every remark.
    for hint in _HINTS:  # noqa: SIM110
        if hint in folded:
            return True
    return False


def is_expectation(line: str) -> bool:
    """Tell "Expected: ...", which is a remark even where nothing marks it as a comment."""
    return _LEAD.match(line) is not None


def _up_to_bracket(said: str) -> str:
    """Return what is said up to the end of the brackets that it stands in."""
    opened: list[str] = []
    for place, character in enumerate(said):
        if character in _BRACKETS:
            opened.append(_BRACKETS[character])
        elif opened and character == opened[-1]:
            opened.pop()
        elif character in _CLOSING and not opened:
            said = said[:place]
            break
    return said.strip(" \t*_").rstrip(".\u3002:; ")
