"""The wordings before a blank that make it part of a sign-off."""

import re
from dataclasses import dataclass

from launchpad.checklist.model import BlankKind


@dataclass(frozen=True, slots=True)
class Wording:
    """What a label asks for.

    subject: what is signed, "" where the label does not say; follows: it completes a sign-off
    that was begun before it, rather than beginning one; role: only a short label, which stands
    for a person's role if more of a sign-off follows it.
    """

    kind: BlankKind
    subject: str = ""
    follows: bool = False
    role: bool = False


_ACTS = (
    "accepted|acknowledged|approved|authori[sz]ed|certified|checked|completed|confirmed|"
    "initialed|performed|prepared|released|reviewed|signed|signed[ -]off|tested|verified|"
    "witnessed"
)
_OF = "(?:'s|\u2019s)?"

# Each is matched against a whole label; the first that matches counts. What completes a sign-off
# names no subject.
_FOLLOWING: tuple[tuple[str, BlankKind], ...] = (
    (rf"date|dated|on|(?:{_ACTS}) on|date (?:{_ACTS})", "date"),
    (r"time|at|date ?(?:/|&|and) ?time", "time"),
    (r"by", "initials"),
)
_BEGINNING: tuple[tuple[str, BlankKind], ...] = (
    (r"(?P<subject>.+ complet(?:e|ed|ion)) (?:time|at)", "time"),
    (rf"(?:(?P<subject>.+?){_OF} )?initial(?:s|ed)?(?: by)?", "initials"),
    (rf"(?:(?P<subject>.+?){_OF} )?signature", "signature"),
    (r"signed(?: by)?|sign(?:ed)?[ -]?off(?: by)?", "signature"),
    (rf"(?:(?:full|print|printed|your|signer|approver){_OF} )?name", "name"),
    (rf"(?:{_ACTS}) by", "name"),
    (rf"(?P<subject>(?!(?:to|must|should) be ).+ (?:{_ACTS})) by", "name"),
    (r"approved|certified", "name"),
    (r"(?P<subject>.+ (?:approved|certified|signed[ -]off))", "name"),
)
_COMPILED = tuple(
    (re.compile(pattern, re.IGNORECASE), kind, follows)
    for wordings, follows in ((_FOLLOWING, True), (_BEGINNING, False))
    for pattern, kind in wordings
)

_ROLE = re.compile(r"[^\W\d_][^\d_:;,%<>=]{1,40}")
_MOST_WORDS = 5
_NO_ROLE = re.compile(
    r"\b(?:branch|build|commit|company|cost|count|coverage|department|duration|email|environment|"
    r"host|id|latency|link|name|notes?|number|phone|port|position|project|rate|reason|ref|"
    r"reference|release|result|score|server|status|tag|target|threshold|ticket|time|title|total|"
    r"url|value|version)s?\b",
    re.IGNORECASE,
)
_SIGNING = re.compile(
    rf"\b(?:{_ACTS}|approv\w*|authori[sz]\w*|certif\w*|initials?|sign|sign[ -]?offs?|signature)\b",
    re.IGNORECASE,
)


def wording(label: str) -> Wording | None:
    """Return what a label asks for, None if it is none that belongs to a sign-off."""
    for pattern, kind, follows in _COMPILED:
        match = pattern.fullmatch(label)
        if match:
            return Wording(kind, match.groupdict().get("subject") or "", follows=follows)
    if _ROLE.fullmatch(label) and len(label.split()) <= _MOST_WORDS and not _NO_ROLE.search(label):
        return Wording("name", label, role=True)
    return None


def speaks_of_signing(text: str) -> bool:
    """Tell whether a label speaks of signing, approving or verifying."""
    return _SIGNING.search(text) is not None
