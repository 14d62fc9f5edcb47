"""What people leave where a name or a number is still to be filled in."""

import re

_WORDS = frozenset(
    {
        *("", "none", "n/a", "na", "n.a", "tba", "tbc", "tbd"),
        *("to be assigned", "to be confirmed", "to be decided", "to be defined"),
        *("to be determined", "xxx", "keine", "aucun", "ninguno", "\u672a\u5b9a", "\u5f85\u5b9a"),
        *("?", "??", "???", "-", "--", "\u2013", "\u2014", "\u2026"),
    }
)
_THINGS = (
    r"(?:names?|person|owners?|assignee|contacts?|phones?|tel|telephone|mobile|cell|numbers?|"
    r"e-?mails?|mail|address|handle|users?|username|slack|channel|pager|info|details|here|date|"
    r"who|initials|fill in|insert|your|team|member|full|first|last|placeholder)"
)
_PLACEHOLDER = re.compile(
    r"[\[<{(]{1,2}\s{0,3}(?P<said>[^\[\]<>{}()]{0,60}?)\s{0,3}[\]>})]{1,2}|@(?:user)?name|_+"
)
_TO_BE_NAMED = re.compile(rf"{_THINGS}(?:[\s_/-]{{1,3}}{_THINGS}){{0,4}}")


def is_unfilled(text: str) -> bool:
    """Tell a blank, a dash, "TBD" or a placeholder such as "[Name]" from something filled in."""
    said = text.strip().casefold()
    if said.rstrip(".") in _WORDS:
        return True
    found = _PLACEHOLDER.fullmatch(said)
    if found is None:
        return False
    within = found["said"]
    return not within or within in _WORDS or _TO_BE_NAMED.fullmatch(within) is not None
