"""The wordings before a blank that make it part of a sign-off."""

import re
from dataclasses import dataclass

from launchpad.checklist.markdown.labels import bare
from launchpad.checklist.markdown.signing.roles import is_role
from launchpad.checklist.model import BlankKind

PERSONAL: frozenset[str] = frozenset({"initials", "name", "signature"})
"""The kinds of blanks that a person is known by."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a label asks for.

    subject: what is signed, "" where the label does not say; follows: it completes a sign-off
    that was begun before it, rather than beginning one; role: it is only a role's title, which
    asks for a name if more of a sign-off follows it; plain: only a name, which forms of all kinds
    ask for.
    """

    kind: BlankKind
    subject: str = ""
    follows: bool = False
    role: bool = False
    plain: bool = False


_ACTS = (
    "accepted|acknowledged|approved|authori[sz]ed|certified|checked|completed|confirmed|"
    "handed[ -]over|initialed|performed|prepared|released|reviewed|signed|signed[ -]off|tested|"
    "verified|witnessed"
)
_OF = "(?:'s|\u2019s)?"

# Each is matched against a whole label; the first that matches counts. What completes a sign-off
# names no subject.
_FOLLOWING: tuple[tuple[str, BlankKind], ...] = (
    (rf"date|dated|on|(?:{_ACTS}) on|date (?:{_ACTS})|(?:approval|sign[ -]?off) date", "date"),
    (r"time|at|timestamp", "time"),
    (r"date ?(?:/|&|and) ?time", "datetime"),
    (r"by", "initials"),
)
_NAME = rf"(?:(?:full|print|printed|your|signer|approver){_OF} )?name"
_BEGINNING: tuple[tuple[str, BlankKind], ...] = (
    (r"(?P<subject>.+ complet(?:e|ed|ion)) (?:time|at)", "time"),
    (rf"(?:(?P<subject>.+?){_OF} )?initial(?:s|ed)?(?: by)?", "initials"),
    (rf"(?:(?P<subject>.+?){_OF} )?signature", "signature"),
    (r"sign(?: here)?|signed(?: by)?|sign(?:ed)?[ -]?off(?: by)?", "signature"),
    (_NAME, "name"),
    (rf"(?:{_ACTS}) by", "name"),
    (rf"(?P<subject>(?!(?:to|must|should) be ).+ (?:{_ACTS})) by", "name"),
    (r"approved|certified|approver|approval", "name"),
    (r"(?P<subject>.+ (?:approved|certified|signed[ -]off))", "name"),
)
_COMPILED = tuple(
    (re.compile(pattern, re.IGNORECASE), kind, follows)
    for wordings, follows in ((_FOLLOWING, True), (_BEGINNING, False))
    for pattern, kind in wordings
)
_MARK = re.compile(r"[.;,:|\u2013\u2014\u2192\u3002\uff0c]\s?|\s-\s")
# Any other approval that a label ends in may be asked about, such as "Needs approval".
_APPROVAL = re.compile(r"(.+) (?:approval|approver|sign[ -]?off)", re.IGNORECASE)
_APPROVED = re.compile(
    r"(?:(?:final|cutover|deployment|go[ -]live|launch|production|release) ?){1,3}",
    re.IGNORECASE,
)
_PLAIN = re.compile(_NAME, re.IGNORECASE)
# In other languages a sign-off is not understood, but told of.
_SIGNING = re.compile(
    rf"\b(?:{_ACTS}|approv\w*|authori[sz]\w*|certif\w*|initials?|sign|sign[ -]?offs?|signature|"
    r"unterschrift|unterzeichnet|freigegeben|genehmigt|gepr\u00fcft|sign\u00e9|approuv\u00e9|valid\u00e9|firma|"
    r"firmado|aprobado|autorizado|assinatura|aprovado|firmato|approvato)\b|"
    r"\u7b7e\u540d|\u7b7e\u5b57|\u6279\u51c6|\u7f72\u540d|\u627f\u8a8d|\u30b5\u30a4\u30f3|"
    r"\u0627\u0644\u062a\u0648\u0642\u064a\u0639",
    re.IGNORECASE,
)

_FOREIGN = re.compile(
    r"unterschrift(?:en)?|k\u00fcrzel|visum|visa|signature du .{1,40}|firma|assinatura|"
    r"handtekening|underskrift|podpis|\u7b7e\u540d|\u7b7e\u5b57|\u7f72\u540d|\u627f\u8a8d|"
    r"\u30b5\u30a4\u30f3|\u043f\u043e\u0434\u043f\u0438\u0441\u044c|"
    r"\u0627\u0644\u062a\u0648\u0642\u064a\u0639",
    re.IGNORECASE,
)


def wording(label: str) -> Wording | None:
    """Return what a label asks for, None if it is none that belongs to a sign-off."""
    for pattern, kind, follows in _COMPILED:
        match = pattern.fullmatch(label)
        if match:
            subject = bare(match.groupdict().get("subject") or "")
            plain = _PLAIN.fullmatch(label) is not None
            return Wording(kind, subject, follows=follows, plain=plain)
    match = _APPROVAL.fullmatch(label)
    if match and (is_role(match[1]) or _APPROVED.fullmatch(match[1])):
        return Wording("name", match[1])
    return Wording("name", label, role=True) if is_role(label) else None


def split_label(label: str) -> tuple[str, str]:
    """Return what a label says before its last mark of punctuation, and what behind it."""
    marks = list(_MARK.finditer(label))
    if not marks:
        return "", label
    return bare(label[: marks[-1].start()]), bare(label[marks[-1].end() :])


def sounds_like_signing(text: str) -> bool:
    """Tell whether a label speaks of signing, approving or verifying."""
    return _SIGNING.search(text) is not None


def signs_elsewhere(head: str) -> bool:
    """Tell whether the head of a column asks for a signature in another language."""
    return _FOREIGN.fullmatch(head) is not None
