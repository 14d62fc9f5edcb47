"""Sign-offs: labelled blanks that belong together and that somebody signs."""

from collections.abc import Sequence
from dataclasses import dataclass

from launchpad.checklist.markdown.blanks import LabelledBlank, Where, find_blanks
from launchpad.checklist.markdown.signoff_words import Wording, speaks_of_signing, wording
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.model import Blank, ReadingWarning, Span

_UNFILLED: dict[Where, str] = {
    "item": "inside an item",
    "heading": "inside a heading",
    "table": "in a table",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A sign-off before it has an id and a phase; label: "" where only its phase names it."""

    label: str
    line: int
    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A blank of a sign-off, and where it will be written."""

    blank: LabelledBlank
    wording: Wording
    span: Span


def find_signoffs(tree: Tree) -> tuple[tuple[Slot, ...], tuple[ReadingWarning, ...]]:
    """Return the sign-offs, and a warning for each blank that only looks like one."""
    groups: list[list[_Part]] = []
    doubtful: list[LabelledBlank] = []
    for blank in find_blanks(tree):
        found = wording(blank.label)
        if found is None or blank.span is None or blank.where != "paragraph":
            doubtful.append(blank)
            continue
        part = _Part(blank, found, blank.span)
        if groups and _continues(groups[-1], part):
            groups[-1].append(part)
        elif (found.follows or found.role) and not blank.colon:
            doubtful.append(blank)
        else:
            groups.append([part])
    signed = [group for group in groups if _is_signed(group)]
    doubtful.extend(part.blank for group in groups if not _is_signed(group) for part in group)
    warnings = dict.fromkeys(_warning(blank) for blank in doubtful if _looks_like_one(blank))
    return tuple(map(_slot, signed)), tuple(warnings)


def _continues(group: Sequence[_Part], part: _Part) -> bool:
    last, blank = group[-1].blank, part.blank
    if part.wording.subject or part.wording.kind in {other.wording.kind for other in group}:
        return False
    if blank.block == last.block:
        if blank.line == last.line:
            return True
        near = blank.line == last.line + 1
    else:
        near = blank.block == last.block + 1 and last.closes and blank.opens
    dated = any(other.wording.kind in {"date", "time"} for other in group)
    return near and (part.wording.follows or not dated)


def _is_signed(group: Sequence[_Part]) -> bool:
    """Tell a sign-off from a date or a role that stands alone: nobody signs with those."""
    if any(part.wording.role for part in group):
        return len(group) > 1
    return any(part.wording.subject or part.wording.kind not in {"date", "time"} for part in group)


def _slot(group: Sequence[_Part]) -> Slot:
    label = next((part.wording.subject for part in group if part.wording.subject), "")
    blanks = tuple(Blank(part.wording.kind, part.blank.label, part.span) for part in group)
    return Slot(label, group[0].blank.line, blanks)


def _looks_like_one(blank: LabelledBlank) -> bool:
    if speaks_of_signing(blank.label):
        return True
    found = wording(blank.label)
    return found is not None and not found.role and (blank.colon or blank.where == "table")


def _warning(blank: LabelledBlank) -> ReadingWarning:
    quoted = f"\u201c{blank.label}\u201d"
    place = _UNFILLED.get(blank.where)
    if place:
        return ReadingWarning(blank.line, f"the blank for {quoted} {place} is not filled in")
    return ReadingWarning(
        blank.line, f"the blank for {quoted} looks like a sign-off, but was not understood"
    )
