"""What a heading or an item says of itself beside its subject: how urgent it is, or whether at all.

Both are read from closed lists of wordings. To take "alert fires (if the disk is full)" for an
optional item would let somebody leave it out, so a condition counts only where it is one on
the doing, and a word such as "required" only where it stands apart from the sentence.
"""

import re
from collections.abc import Iterator, Sequence

from launchpad.checklist.markdown.labels import trimmed

_BRACKETS = re.compile(
    r"[(\[\uff08\u3010](?P<said>[^()\[\]\uff08\uff09\u3010\u3011]{1,200})[)\]\uff09\u3011]"
)
_OPENING = ("(", "[", "\uff08", "\u3010")
_SQUARE = frozenset("[\u3010")
_SAYS_SOMETHING = re.compile(r"[^\W_]")
# What divides a label and its remark from what follows them.
_DIVIDED = re.compile(r"\s?[:\uff1a\u2013\u2014]|\s-\s")
_DIVIDER = r"(?:\s?[:\uff1a]|\s?[\u2013\u2014]|\s-(?=\s))"
_PARTS = re.compile(r"[,;|\uff0c\u3001]|\s[\u2013\u2014-]\s|[\u2013\u2014]")
_TRAILS = (" - ", " \u2013 ", " \u2014 ", ": ", " | ")
_LONGEST_TRAIL = 40

_RANK = r"p[0-5](?:\s?[/\u2013-]\s?p?[0-5])?"
_DEGREE = r"(?:highest|high|medium|med|moderate|normal|lowest|low|top|critical|urgent)"
_CLASS = (
    r"(?:(?:future|later|launch|absolute|strict) )?"
    r"(?:(?:must|should|could|won['\u2019]?t)[ -]haves?|nice[ -]to[ -]haves?)"
)
_CLEAR = rf"(?:{_RANK}|{_CLASS}|{_DEGREE}[ -]priority|priority (?:level )?\d)"
_ALONE = (
    r"(?:must|should|could|critical|required|mandatory|essential|recommended|urgent|"
    r"(?:launch|release)[ -]block(?:er|ing)|(?:non-)?blocking|blocker|stretch(?: goals?)?)"
)
_NAMED = rf"priority ?[:\uff1a] ?(?P<named>{_RANK}|{_DEGREE}|\d|{_CLASS})"
_PRIORITY = re.compile(rf"{_NAMED}|{_CLEAR}|{_ALONE}")
_RANKED = re.compile(_RANK)
_DEGREES = re.compile(rf"{_DEGREE}(?: priority)?")
_TRAILING = re.compile(rf"{_NAMED}|{_CLEAR}")
# "Critical: 0 open" counts findings, and is no priority.
_COUNT = r"(?!\s*(?:[\d<>=\u2264\u2265]|no\b|none\b|zero\b|yes\b))"
_LEADING = re.compile(
    rf"(?P<said>{_CLEAR}|{_ALONE})(?:{_DIVIDER}{_COUNT}|"
    r"(?: (?:items?|tasks?|checks?|features?|requirements?|steps?))?[\W_]*(?:$|[(\[]))"
)

_OPTIONAL = (
    r"(?:optional|optionnel|facultatif|opcional|opzionale|\u53ef\u9009|\u53ef\u9078|\u4efb\u610f)"
)
_STATE = (
    r"(?:applicable|needed|required|necessary|relevant|desired|wanted|preferred|available|"
    r"possible|used|in use|enabled|configured|in scope|provisioned|selected|supported|present)"
)
_DOING = (
    r"(?:using|deploying|migrating|upgrading|running|hosting|self-hosting|targeting|"
    r"supporting|shipping|expecting|going with|choosing|opting)"
)
_CONDITION = (
    rf"(?:(?:only )?(?:if|when|where)(?: not)?(?: already)? (?:{_STATE}|any|not|not already done)|"
    rf"(?:only )?(?:if|when) (?:{_DOING}|(?:you|we) (?:use|have|need|want|run|host|support|are|do))"
    rf"\b.*|(?:if|when|where) (?:\S{{1,40}} ){{1,4}}(?:is |are )?(?:not )?{_STATE}|"
    r"only (?:if|when|where|for|with)\b.*|as (?:needed|required|applicable|necessary)|"
    r"unless \S.*)"
)
_REMARKS_OPTIONAL = re.compile(
    rf"{_OPTIONAL}(?:\s?[,;:\u2013\u2014\uff0c].*| - .*| (?:but|for|if|when|in|on|unless)\b.*)?|"
    rf"{_CONDITION}"
)
_THINGS = (
    r"(?:add-?ons?|checks?|clean-?up|components?|configurations?|dependenc(?:y|ies)|"
    r"enhancements?|extras?|features?|follow-?ups?|hardening|improvements?|integrations?|items?|"
    r"monitoring|polish|providers?|sections?|services?|settings?|setup|steps?|tasks?|testing|"
    r"tests?|tools?|tuning|variables?|verifications?)"
)
_LEADS_OPTIONAL = re.compile(
    rf"{_OPTIONAL}(?:{_DIVIDER}|$| (?:\S{{1,40}} ){{0,3}}{_THINGS}[\W_]*(?:$|[(\[:\uff1a]))|"
    rf"optionally\b|(?:if|when|where) (?:{_STATE}|{_DOING}(?: [^\s,:]{{1,40}}){{1,5}})[,:]"
)
_ENDS_OPTIONAL = (
    *(f"{mark}optional" for mark in (" - ", " \u2013 ", " \u2014 ", ", ")),
    " if applicable",
    " where applicable",
)


# Without one of these there is no priority, and nothing optional: most texts need no closer look.
_PRIORITY_HINTS = (
    *("p0", "p1", "p2", "p3", "p4", "p5", "priorit", "must", "nice", "critical", "required"),
    *("block", "high", "low", "med", "should", "could", "won", "mandatory", "essential"),
    *("recommended", "urgent", "stretch", "moderate", "normal", "top"),
)
_OPTIONAL_HINTS = (
    *("option", "if ", "when ", "where ", "only ", "unless ", "as ", "applicable", "facultatif"),
    *("opcional", "opzionale", "\u53ef\u9009", "\u53ef\u9078", "\u4efb\u610f"),
)


def priority(text: str) -> str | None:
    """Return how urgent a heading or an item says it is, in its words, None where it does not.

    A rank such as "P0" is in capitals, words such as "must-have" in small letters.
    """
    folded = text.casefold()
    if not _holds(folded, _PRIORITY_HINTS):
        return None
    for square, remark in _remarks(folded):
        for part in _PARTS.split(remark):
            said = trimmed(part)
            if square and _DEGREES.fullmatch(said):
                return said
            if found := _PRIORITY.fullmatch(said):
                return _as_said(found)
    return _in_words(trimmed(folded))


def _in_words(plain: str) -> str | None:
    """Return the priority that a text without brackets of its own starts or ends with."""
    if found := _LEADING.match(plain):
        return _spelled(found["said"])
    if found := _PRIORITY.fullmatch(plain):
        return _as_said(found)
    for mark in _TRAILS:
        tail = plain.rpartition(mark)[2] if mark in plain else ""
        if 0 < len(tail) < _LONGEST_TRAIL and (found := _TRAILING.fullmatch(tail.strip())):
            return _as_said(found)
    return None


def is_optional(text: str) -> bool:
    """Tell whether a heading or an item is done only if somebody wants it, or if it applies."""
    folded = text.casefold()
    if not _holds(folded, _OPTIONAL_HINTS):
        return False
    if any(_REMARKS_OPTIONAL.fullmatch(said.strip(" .")) for _, said in _remarks(folded)):
        return True
    if _LEADS_OPTIONAL.match(trimmed(folded)):
        return True
    return folded.rstrip(" .:").endswith(_ENDS_OPTIONAL)


def _holds(folded: str, hints: Sequence[str]) -> bool:
    # Not `any` over a generator, which takes twice as long; this is asked of every item.
    for hint in hints:  # noqa: SIM110
        if hint in folded:
            return True
    return False


def _remarks(folded: str) -> Iterator[tuple[bool, str]]:
    """Yield what is said in brackets at the start, at the end or before a colon or a dash.

    Brackets in the middle of a sentence belong to it. With each: whether they are square.
    """
    if not any(mark in folded for mark in _OPENING):
        return
    found = list(_BRACKETS.finditer(folded))
    if not found:
        return
    ends = [*(bracket.start() for bracket in found[1:]), len(folded)]
    trailing = set()
    for bracket, end in zip(reversed(found), reversed(ends), strict=True):
        if _SAYS_SOMETHING.search(folded, bracket.end(), end):
            break
        trailing.add(bracket)
    leads, start = True, 0
    for bracket in found:
        leads = leads and not _SAYS_SOMETHING.search(folded, start, bracket.start())
        start = bracket.end()
        if leads or bracket in trailing or _DIVIDED.match(folded, start):
            yield bracket.group()[0] in _SQUARE, bracket["said"]


def _as_said(found: re.Match[str]) -> str:
    return _spelled(found.groupdict().get("named") or found.group())


def _spelled(said: str) -> str:
    return said.upper() if _RANKED.fullmatch(said) else said
