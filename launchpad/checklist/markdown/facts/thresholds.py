"""What has to hold of a figure, in the words people write it: "p95 latency \u2264 300 ms"."""

import re
from typing import NamedTuple

from launchpad.checklist.model import Comparator

_LONGEST = 300
_SIGNS: dict[str, Comparator] = {
    "<": "<",
    "\uff1c": "<",
    "<=": "<=",
    "=<": "<=",
    "\u2264": "<=",
    "\u2266": "<=",
    "\u2a7d": "<=",
    ">": ">",
    "\uff1e": ">",
    ">=": ">=",
    "\u2265": ">=",
    "\u2267": ">=",
    "\u2a7e": ">=",
    "=": "=",
    "==": "=",
}
_AT_MOST = (
    r"(?:at most|up to|max(?:imum|\.)?(?: of)?|not? (?:more|higher|greater|longer|slower) than|"
    r"(?:not|never) exceed(?:ing|s)?|(?:less|lower|fewer) than or equal to)"
)
_AT_LEAST = (
    r"(?:at least|min(?:imum|\.)?(?: of)?|not? (?:less|lower|fewer) than|"
    r"(?:not|never) (?:drop|fall|go)(?:s|ping|ing)? below|"
    r"(?:more|greater|higher) than or equal to)"
)
_ABOVE = r"(?:above|over|beyond|exceed(?:s|ing)?|(?:more|greater|higher|longer|slower|larger) than)"
_WORDS: dict[Comparator, str] = {
    "<=": _AT_MOST,
    ">=": _AT_LEAST,
    "<": r"(?:under|below|(?:less|lower|fewer|faster|smaller|shorter) than)",
    ">": _ABOVE,
    "=": r"(?:equals?(?: to)?|exactly)",
}
_BEHIND: dict[Comparator, str] = {
    ">=": r"(?:\+(?!\w)| ?or (?:more|higher|above|greater|over)\b| ?min(?:imum)?\b)",
    "<=": r"(?: ?or (?:less|lower|fewer|below|under|faster)\b| ?max(?:imum)?\b)",
}
_AHEAD = r"(?=[$\u20ac\xa3\xa5]?[-+\u2212]?\d)"
# An arrow, a heredoc and "a=1" compare nothing.
_SIGN = re.compile(
    r"(?<![-=<>!~\u2248])(?P<said>[<>]=?|=<|[\u2264-\u2267\u2a7d\u2a7e\uff1c\uff1e]|"
    rf"(?<=[\s:(])==?) ?{_AHEAD}"
)
_WORDED = tuple(
    (sign, re.compile(rf"(?<![\w-]){words} {_AHEAD}")) for sign, words in _WORDS.items()
)
_FOLLOWED = tuple((sign, re.compile(words)) for sign, words in _BEHIND.items())
_STRAY = re.compile(r"[<>\u2264-\u2267\u2a7d\u2a7e\uff1c\uff1e]|[=!]=")
_FIGURE = re.compile(
    r"(?P<currency>[$\u20ac\xa3\xa5]?)(?P<minus>[-+\u2212]?)"
    r"(?:(?P<grouped>[1-9]\d{0,2}(?:[,'\u2019 ]\d{3}){1,4})(?P<part>\.\d{1,9})?|"
    r"(?P<whole>\d{1,15})(?:[.,](?P<decimals>\d{1,9}))?)"
    # Neither more digits nor a range's other end: those would be another figure.
    r"(?!\d|[.,'\u2019:]\d| ?(?:-|[\u2013\u2014]|to|\.\.\.?) ?[$\u20ac\xa3\xa5]?\d)"
)
_THOUSANDS = 3
_QUALIFIER = (
    r"(?:across|after|against|as|at|average|avg|before|between|by|compared|during|for|from|in|"
    r"mean|measured|median|on|over|per|relative|sustained|than|throughout|under|versus|vs|when|"
    r"while|with|within|p\d{2,4}|daily|weekly|monthly)"
)
_RATE = r"(?: ?/ ?[^\W\d_]{1,20}| per [^\W\d_]{1,20})?"
_KNOWN = (
    r"(?:(?:[%\u2030\xd7]|\xb0[cf]?|percent|bps|[m\xb5\u03bcn]?s|secs?|seconds?|milliseconds?|mins?|"
    r"minutes?|hrs?|hours?|h|days?|weeks?|[kmgt]?i?b|[kmgt]bps|qps|rps|tps|rpm|iops|x)(?!\w))"
)
_COUNTED = rf"(?!{_QUALIFIER}\b|(?:and|or|to)\b)[^\W\d_]{{1,20}}(?:-[^\W\d_]{{1,20}})?"
_UNIT = re.compile(
    rf" ?(?:{_KNOWN}{_RATE}|/ ?\d{{1,4}}(?![\d.])|out of \d{{1,4}}|per [^\W\d_]{{1,20}}|"
    rf"/ ?[^\W\d_]{{1,20}}|{_COUNTED}(?: {_COUNTED}){{0,2}}{_RATE})",
    re.IGNORECASE,
)
_KNOWN_UNIT = re.compile(rf" ?{_KNOWN}{_RATE}", re.IGNORECASE)
_QUALIFIED = re.compile(rf"(?:[,;] ?|@ ?)?(?P<said>{_QUALIFIER}\b.*)", re.IGNORECASE)
_ANOTHER = re.compile(r"\b(?:and|or|unless|except|but)\b", re.IGNORECASE)
_REMARK = re.compile(r"[(\[](?P<said>[^()\[\]]*)[)\]]")
_LONGEST_REMARK, _LONGEST_NAME = 80, 120
_EDGES = " :\uff1a-\u2013\u2014=*\u2022|"
_LEADS = re.compile(r"(?:(?:if|when|whenever|once) )?(?:(?:the|an?|any) )?", re.IGNORECASE)
_COPULA = re.compile(
    r" (?:is|are|be|been|being|remains?|stays?|kept|keeps?|held|should|must|shall|will|has|have|"
    r"does|do|to|goes|rises|drops|falls|climbs|reaches|of|at|by)$",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"(?:\b(?:not|never|no)|n['\u2019]t)(?: be)?$", re.IGNORECASE)
_UNWRITTEN = re.compile(r"[:\uff1a]? ?_{2,}[^(\[]{0,20}$")
_AIMED = re.compile(
    r"(?:(?:target|threshold|goal|limit|slo|sla|objective|budget|required?|must be|should be)"
    r"s? ?[:=\uff1a]? ?)?",
    re.IGNORECASE,
)
_OF = re.compile(r"^of (?:all |the )?", re.IGNORECASE)
_OTHER_FIGURE = re.compile(r"(?<![\w(])\d")
_MEASURED = re.compile(r"[:=\uff1a] ?[~\u2248]? ?\d")


class Threshold(NamedTuple):
    """What a figure is compared with; the values are those of `model.Metric`."""

    name: str
    comparator: Comparator
    value: str
    unit: str


def read_threshold(text: str) -> Threshold | None:
    """Return what a text compares with one number, None where it is not understood.

    Remarks such as "(p95)" and "for 5 minutes" become part of the name, in brackets. A range, a
    second comparison and a figure without a comparator are not understood.
    """
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return None
    text = text.strip(" .;*")
    signs = list(_SIGN.finditer(text))
    if len(signs) == 1:
        place = signs[0]
        return _compared(text, place.start(), place.end(), _SIGNS[place["said"]], worded=False)
    if signs or _STRAY.search(text):
        return None
    folded = text.lower() if len(text.lower()) == len(text) else text
    found = [(word, sign) for sign, words in _WORDED if (word := words.search(folded))]
    if not found:
        return _followed(text)
    # "no more than" and "more than" end on the same figure: the longer one is meant.
    word, sign = min(found, key=lambda one: (one[0].start(), -one[0].end()))
    return _compared(text, word.start(), word.end(), sign, worded=True)


def _compared(
    text: str, start: int, end: int, sign: Comparator, *, worded: bool
) -> Threshold | None:
    before, behind = text[:start], text[end:]
    bracket = max(before.rfind("("), before.rfind("["))
    if bracket > max(before.rfind(")"), before.rfind("]")):
        said = before[bracket + 1 :]
        inside, _, rest = behind.replace("]", ")").partition(")")
        before = _UNWRITTEN.sub("", before[:bracket].rstrip())
        if not _AIMED.fullmatch(said) or rest.strip(" .") or _MEASURED.search(before):
            return None
        behind = inside
    figure = _FIGURE.match(behind)
    if figure is None or (value := _decimal(figure)) is None:
        return None
    name, rest = _name(before), behind[figure.end() :]
    leading = not before.strip(_EDGES)
    unit = (_KNOWN_UNIT if leading else _UNIT).match(rest)
    rest = rest[unit.end() if unit else 0 :].strip()
    if leading:
        name, rest = _name(_OF.sub("", rest)), ""
        if _OTHER_FIGURE.search(name):
            return None
    remark = _remark(rest, worded=worded)
    if not _is_name(name) or remark is None:
        return None
    said = unit.group().strip() if unit else ""
    said = said.replace("/ ", "/") if said.startswith("/") else said
    return Threshold(f"{name}{remark}", sign, value, figure["currency"] + said)


def _followed(text: str) -> Threshold | None:
    """Read a comparator behind its figure: "Uptime: 99.9% or higher"."""
    name, colon, rest = text.replace("\uff1a", ":").rpartition(":")
    figure = _FIGURE.match(rest.strip()) if colon else None
    if figure is None or (value := _decimal(figure)) is None or not _is_name(_name(name)):
        return None
    rest = rest.strip()[figure.end() :]
    unit = _KNOWN_UNIT.match(rest)
    rest = rest[unit.end() if unit else 0 :]
    for sign, words in _FOLLOWED:
        if found := words.match(rest):
            remark = _remark(rest[found.end() :].strip(), worded=True)
            said = figure["currency"] + (unit.group().strip() if unit else "")
            return None if remark is None else Threshold(_name(name) + remark, sign, value, said)
    return None


def _decimal(figure: re.Match[str]) -> str | None:
    minus = "-" if figure["minus"] in {"-", "\u2212"} else ""
    if figure["grouped"]:
        whole = "".join(filter(str.isdigit, figure["grouped"]))
        return f"{minus}{whole}{figure['part'] or ''}"
    decimals = figure["decimals"]
    if decimals is None:
        return minus + figure["whole"]
    comma = figure.group()[-len(decimals) - 1] == ","
    if comma and len(decimals) == _THOUSANDS and figure["whole"].strip("0"):
        return None
    return f"{minus}{figure['whole']}.{decimals}"


def _name(text: str) -> str:
    said = _LEADS.sub("", text.strip(_EDGES), count=1)
    for _ in range(4):
        said = _COPULA.sub("", said).rstrip(_EDGES)
    return said


def _is_name(name: str) -> bool:
    if not name or len(name) > _LONGEST_NAME or _NEGATED.search(name) or _STRAY.search(name):
        return False
    return any(map(str.isalpha, name))


def _remark(rest: str, *, worded: bool) -> str | None:
    """Return what follows a figure as a remark in brackets, None where it may be more than that.

    worded: whether the comparator was a word; then a sentence may go on behind the figure.
    """
    if not rest:
        return ""
    said = " ".join(found["said"].strip() for found in _REMARK.finditer(rest))
    plain = _REMARK.sub("", rest).strip(" .,;")
    if _ANOTHER.search(plain) or (_ANOTHER.search(said) and any(map(str.isdigit, said))):
        return None
    if plain:
        qualified = _QUALIFIED.fullmatch(plain)
        if worded and qualified is None:
            return None
        plain = qualified["said"] if qualified else plain
        said = f"{plain}, {said}" if said else plain
    if len(said) > _LONGEST_REMARK:
        return None
    return f" ({said})" if said else ""
