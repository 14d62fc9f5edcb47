"""The columns of a table that people sign, going by their heads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from launchpad.checklist.markdown.labels import bare
from launchpad.checklist.model import BlankKind


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    head: its words; kind: what is written into it, None where it only tells something; signs:
    that it has one makes a table one that people sign; names_role: it tells which role signs.
    """

    head: str
    kind: BlankKind | None
    signs: bool
    names_role: bool


# Each is matched against a whole head; the first that matches counts.
_SIGNED: tuple[tuple[str, BlankKind], ...] = (
    (r"(?:.+ )?initial(?:s|ed)?(?: by)?", "initials"),
    (r"(?:.+ )?(?:signatures?|sign[ -]?offs?)(?: by)?|signed(?:[ -]off)?(?: by)?", "signature"),
    (r"(?:.+ )?approver(?:['\u2019]s)?(?: name)?|(?:.+ )?signatory", "name"),
    (r"(?:.+ )?(?:approved|authori[sz]ed|certified|performed|verified|witnessed) by", "name"),
)
_OF_SIGNING = "(?:approval|sign[ -]?off|signature|signing)"
_SIGNED_THEN = "(?:approved|signed)"
_BESIDE: tuple[tuple[str, BlankKind], ...] = (
    (r"(?:(?:full|print|printed) )?name", "name"),
    (rf"(?:{_OF_SIGNING} )?date|date {_SIGNED_THEN}|{_SIGNED_THEN} on", "date"),
    (rf"(?:{_OF_SIGNING} )?time|time {_SIGNED_THEN}|{_SIGNED_THEN} at|timestamp", "time"),
    (r"date ?(?:/|&|and) ?time", "datetime"),
    (r"status|decision|approved|approval|verdict|go ?/ ?no[ -]?go", "meaning"),
)
_COLUMNS = tuple(
    (re.compile(pattern, re.IGNORECASE), kind, signs)
    for columns, signs in ((_SIGNED, True), (_BESIDE, False))
    for pattern, kind in columns
)
_ROLE = re.compile(
    r"(?:approver |approving |signing |job )?(?:roles?|title|function|position|stakeholder)s?",
    re.IGNORECASE,
)
_APPROVAL = re.compile(r"approvals?|sign[ -]?offs?", re.IGNORECASE)
_BESIDE_APPROVALS = frozenset({"date", "datetime", "name", "time"})
# A table of a document's versions tells who approved them; nobody signs there.
_VERSION = re.compile(r"(?:document )?(?:revision|rev|version|ver)\b.*", re.IGNORECASE)
_EDITED = re.compile(
    r"authors?|(?:summary of |description of )?changes?(?: made)?|description|edited by",
    re.IGNORECASE,
)


def find_columns(heads: Sequence[str]) -> tuple[Column, ...]:
    """Return what the columns with these heads hold."""
    return tuple(_column(bare(head), first=index == 0) for index, head in enumerate(heads))


def are_signed(columns: Sequence[Column]) -> bool:
    """Tell a table that people sign from one of dates, owners or versions."""
    heads = [column.head for column in columns]
    if not heads or _VERSION.fullmatch(heads[0]):
        return False
    if any(map(_VERSION.fullmatch, heads)) and any(map(_EDITED.fullmatch, heads)):
        return False
    kinds = {column.kind for column in columns[1:]}
    approvals = _APPROVAL.fullmatch(heads[0]) and kinds & _BESIDE_APPROVALS
    asked = "approved" in map(str.casefold, heads) and any(column.names_role for column in columns)
    if asked and {"name", "date"} <= {column.kind for column in columns}:
        return True
    return bool(approvals) or any(column.signs for column in columns)


def _column(head: str, *, first: bool) -> Column:
    for pattern, kind, signs in _COLUMNS:
        if pattern.fullmatch(head):
            # What stands first in a row is what is approved.
            told = first and _APPROVAL.fullmatch(head)
            return Column(head, None if told else kind, signs and not told, names_role=False)
    return Column(head, None, signs=False, names_role=_ROLE.fullmatch(head) is not None)
