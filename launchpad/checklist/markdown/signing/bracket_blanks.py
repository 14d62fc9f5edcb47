"""Blanks in brackets: `Approved by: [Name]`, `Date: [YYYY-MM-DD]`."""

import re
from typing import Literal

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

from launchpad.checklist.model import BlankKind

Asked = BlankKind | Literal["anything"]

_YEAR, _MONTH, _DAY = "[yj]{2,4}", "m{1,2}", "[dt]{1,2}"
_CALENDAR = "|".join(
    "[-/. ]".join(order)
    for order in ((_YEAR, _MONTH, _DAY), (_DAY, _MONTH, _YEAR), (_MONTH, _DAY, _YEAR))
)
_CLOCK = r"hh?:mm(?::ss)?(?: (?:am/pm|utc))?"
_ASKING = r"(?:(?:add|enter|fill in|insert|print|printed|type|your|the|full|legal) ){0,3}"
_SIGNER = r"(?:(?:approver|signer|signatory|reviewer|lead|manager|person)(?:'s|\u2019s)? )?"
# Each is matched against everything between the brackets.
_PLACEHOLDERS: tuple[tuple[str, Asked], ...] = (
    (r"tbd|tbc|tba|to be (?:determined|confirmed|filled in)", "anything"),
    (rf"(?:{_CALENDAR}),? {_CLOCK}", "datetime"),
    (_CLOCK, "time"),
    (_CALENDAR, "date"),
    (rf"{_ASKING}date ?(?:/|&|and) ?time(?: here)?", "datetime"),
    (rf"{_ASKING}(?:time|timestamp)(?: here)?", "time"),
    (rf"{_ASKING}(?:(?:approval|signing|sign[ -]?off) )?date(?: here| signed)?", "date"),
    (rf"{_ASKING}{_SIGNER}initials?(?: here)?", "initials"),
    (rf"{_ASKING}{_SIGNER}signature(?: here)?|sign(?: here)?", "signature"),
    (rf"{_ASKING}{_SIGNER}name(?: here)?(?: ?(?:,|/|&|and) ?(?:job )?(?:title|role))?", "name"),
    (rf"{_ASKING}(?:approver|signatory|signer)", "name"),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), asked) for pattern, asked in _PLACEHOLDERS)
_LONGEST = 40
# In brackets that are neither the text of a link nor the label of what follows.
_BRACKETS = re.compile(rf"\\?\[([^\W\d_][^\[\]\\\n]{{1,{_LONGEST}}})\\?\](?![(\[:])")


def asked_for(placeholder: str) -> Asked | None:
    """Return what words in brackets ask for, None if they are no placeholder."""
    said = placeholder.strip()
    return next((asked for pattern, asked in _COMPILED if pattern.fullmatch(said)), None)


def bracket_blank(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read a placeholder in brackets as a blank, before it can be taken for a link.

    The token's `meta` says what it asks for, and where it starts and ends in what was parsed.
    """
    start = state.pos
    if state.src[start] not in "[\\":
        return False
    found = _BRACKETS.match(state.src, start, state.posMax)
    asked = asked_for(found[1]) if found else None
    if not found or asked is None or (start > 0 and state.src[start - 1] in "!]"):
        return False
    if normalizeReference(found[1]) in state.env.get("references", ()):
        return False
    if not silent:
        token = state.push("blank", "", 0)
        token.content = f"[{found[1]}]"
        token.meta = {"start": start, "end": found.end(), "asked": asked}
    state.pos = found.end()
    return True
