"""What a launch is judged by: the plain entries of a document's lists of criteria."""

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter

from launchpad.checklist.markdown.blocks import LISTS
from launchpad.checklist.markdown.facts.captions import Captioned, entries
from launchpad.checklist.markdown.labels import bare
from launchpad.checklist.markdown.rollback.words import speaks_of_rollback
from launchpad.checklist.model import Criterion

_LONGEST_TITLE = 120
# The title itself, and two between it and the list, such as "Performance" and "Each time:".
_REACH = 3
_OF_WHAT = (
    r"(?:acceptance|approval|closing|closure|commit|completion|cutover|decision|deployment|done|"
    r"entrance|entry|evaluation|exit|gate|go|go[- ]?live|graduation|launch|mvp|no[- ]go|pass|"
    r"fail|performance|production|promotion|quality|readiness|release|ship|shipping|sign[- ]?off|"
    r"success|validation|verification)"
)
_LED = r"(?:.{0,60}[\s/:])?"
_TITLE = re.compile(
    rf"(?:{_LED}{_OF_WHAT} )?criteri(?:a|on)(?: (?:for|of|to) .{{1,60}})?|"
    rf"{_LED}definition of (?:done|ready)(?: .{{1,60}})?|done when|what done looks like|"
    rf"{_LED}review (?:check)?points?|{_LED}(?:quality|release|launch|go[ /]?no[- ]?go) gates?|"
    r"(?:abnahme|akzeptanz|erfolgs|freigabe|go-?live-?)kriterien|"
    r"crit[\u00e8e]res (?:de |d['\u2019])(?:acceptation|r\u00e9ussite|sortie|succ\u00e8s).{0,60}|"
    r"criterios de (?:aceptaci\u00f3n|\u00e9xito|lanzamiento|salida).{0,60}|"
    r"crit\u00e9rios de (?:aceita\u00e7\u00e3o|sucesso).{0,60}|"
    r"criteri di (?:accettazione|successo|uscita).{0,60}|"
    r"(?:\u6210\u529f|\u53d7\u3051?\u5165\u308c?|\u5b8c\u4e86|\u5408\u683c)"
    r"(?:\u57fa\u6e96|\u6761\u4ef6)|\u5b8c\u4e86\u306e\u5b9a\u7fa9|"
    r"(?:\u6210\u529f|\u9a8c\u6536|\u63a5\u53d7|\u5b8c\u6210)\u6807\u51c6"
)
# Under a heading of criteria these are something else; on what a launch is stopped is not what
# it is judged by.
_OTHER = re.compile(
    r"\b(?:abort|assumptions?|background|contacts?|exceptions?|exclusions?|known issues|"
    r"legend|metrics|next steps?|notes?|non-goals?|examples?|out of scope|references?|resources|"
    r"risks?|see also|stop|triggers?)\b"
)


def find_criteria(
    parts: Iterable[Captioned],
) -> tuple[tuple[Criterion, ...], frozenset[int]]:
    """Return the criteria, and the 1-based lines that they stand on.

    parts: the document's; section: the heading, or the line used as one, that speaks of
    criteria; others may stand between it and the list, such as "Performance".
    """
    found: list[Criterion] = []
    lines: set[int] = set()
    for captioned in parts:
        section = _section(captioned)
        if section is None:
            continue
        for entry in entries(captioned.block):
            text = entry.children[0].text
            if text:
                found.append(Criterion(text, section, entry.line))
                lines.update(range(entry.line, entry.end_line + 1))
    # What is nested in an entry that only announces it comes after the entries beside that.
    return tuple(sorted(found, key=attrgetter("line"))), frozenset(lines)


def _section(captioned: Captioned) -> str | None:
    if captioned.block.kind not in LISTS:
        return None
    for title in captioned.titles[:_REACH]:
        said = _announces_criteria(title)
        if said is not None:
            taken = said and not any(map(speaks_of_rollback, captioned.titles))
            return bare(title) if taken else None
    return None


@lru_cache(maxsize=1024)
def _announces_criteria(title: str) -> bool | None:
    """Tell whether a title speaks of criteria, None where one above it may."""
    plain = bare(title).casefold()
    if len(plain) > _LONGEST_TITLE or _OTHER.search(plain):
        return False
    return _TITLE.fullmatch(plain) is not None or None
