"""Who may start a rollback, where a document says it in words that name its own roles."""

import re
from collections.abc import Sequence

from launchpad.checklist.model import Role

_ANY = re.compile(
    r"any(?:one|body)?(?: (?:member|person|engineer)s?)? (?:of|on|from|in)(?: the)?"
    r"(?: [\w-]{1,30}){0,2} (?:team|crew|roll call)\b"
)
_ANYBODY = re.compile(
    r"\bany(?:one|body)\b|\beveryone\b|"
    r"\bany (?:[\w-]{1,30} ){0,3}(?:member|person|engineer|operator)s?\b"
)
_BETWEEN = re.compile(r"\s*(?:,|;|/|&|\bor\b|\band\b)\s*")
_ARTICLE = re.compile(r"^(?:the|our|any|either|only|one of) ")
# "can initiate it", "may decide to roll back": what they may do is known already.
_MAY = re.compile(r"\s+(?:can|may|must|has|have|is|are|decides?|initiates?)\b.*$")


def authority(text: str, present: Sequence[str], roles: Sequence[Role]) -> tuple[str, ...]:
    """Return the ids of the roles that a rollback's authority names, () where it does not.

    text: the document's words; present: the ids of the roles on its roll call, which is what
    "any member of the team" means; roles: all that the document names.
    """
    folded = text.casefold().strip(" .")
    if _ANY.match(folded):
        return tuple(present)
    ids = {role.title.casefold(): role.id for role in roles}
    named = [_ARTICLE.sub("", one) for one in _BETWEEN.split(_MAY.sub("", folded)) if one]
    # One name that is no role of the document, and who else may is not known.
    return tuple(dict.fromkeys(ids[one] for one in named)) if all(map(ids.get, named)) else ()


def names_somebody(text: str) -> bool:
    """Tell whether a rollback's authority is said to be somebody's, and not anybody's."""
    return _ANYBODY.search(text.casefold()) is None
