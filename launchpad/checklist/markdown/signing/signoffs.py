"""Sign-offs: blanks that belong together, rows of tables, and items that a role approves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from launchpad.checklist.markdown.blocks import Block
from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.signing.blanks import LabelledBlank, find_blanks
from launchpad.checklist.markdown.signing.headings import Parts, asks_for_contacts, find_parts
from launchpad.checklist.markdown.signing.roles import (
    is_person,
    lacks_role,
    signing_role,
)
from launchpad.checklist.markdown.signing.slots import Signing, Slot
from launchpad.checklist.markdown.signing.tables import find_signed_tables
from launchpad.checklist.markdown.signing.words import (
    PERSONAL,
    Wording,
    sounds_like_signing,
    split_label,
    wording,
)
from launchpad.checklist.markdown.tables import Table
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.model import Blank, ReadingWarning

_TICKED = frozenset({"task", "glyph"})
_WHEN: frozenset[str] = frozenset({"date", "time", "datetime"})
_LABELS: dict[str, str] = {
    "date": "Date",
    "datetime": "Date/Time",
    "initials": "Initials",
    "name": "Name",
    "signature": "Signature",
    "time": "Time",
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A blank of a sign-off; label: its own; entry: the item whose first paragraph it is in."""

    blank: LabelledBlank
    wording: Wording
    label: str
    entry: Entry | None


_Group = list[_Part]


def find_signoffs(
    tree: Tree, tables: Sequence[Table] = (), entries: Sequence[Entry] = ()
) -> Signing:
    """Return the document's sign-offs, and a warning for all that only looks like one."""
    signed = find_signed_tables(tables)
    parts = find_parts(tree)
    ticked = [entry for entry in entries if entry.kind in _TICKED]
    groups, doubtful = _groups(tree, parts, ticked)
    signing, doubts = _of_roles(parts, ticked, groups)
    slots = [*signed.slots, *(slot for slot, _ in signing)]
    warnings = [*signed.warnings, *doubts]
    held = {id(group) for _, group in signing}
    for group in groups:
        if id(group) in held:
            continue
        if _is_signed(group, parts):
            slots.append(_slot(group, parts))
        else:
            doubtful += [part.blank for part in group]
    warnings += [_warning(blank) for blank in doubtful if _looks_like_one(blank)]
    return Signing(
        slots=tuple(sorted(slots, key=_line)),
        warnings=tuple(sorted(dict.fromkeys(warnings), key=_line)),
        taken=signed.taken,
    )


def _line(found: Slot | ReadingWarning) -> int:
    return found.line


def _groups(
    tree: Tree, parts: Parts, ticked: Iterable[Entry]
) -> tuple[list[_Group], list[LabelledBlank]]:
    items = {id(entry.block): entry for entry in ticked}
    groups: list[_Group] = []
    doubtful: list[LabelledBlank] = []
    for block, blanks in groupby(find_blanks(tree), key=attrgetter("block")):
        first, *more = blanks
        entry = items.get(id(first.item)) if first.item else None
        unread = entry is None and first.item is not None and first.item.box is not None
        calls = parts.are_contacts(block) or asks_for_contacts(block.text)
        for blank in (first, *more):
            part = None if unread else _part(blank, entry)
            if part and groups and _continues(tree, groups[-1], part):
                groups[-1].append(part)
            elif calls and not sounds_like_signing(blank.label):
                continue
            elif part and (
                blank.colon
                or (blank.dash and parts.are_signed(block))
                or not (part.wording.follows or part.wording.role)
            ):
                groups.append([part])
            else:
                doubtful.append(blank)
    return groups, doubtful


def _part(blank: LabelledBlank, entry: Entry | None) -> _Part | None:
    label = blank.label or _LABELS.get(blank.asked or "", "")
    found = wording(label)
    if found is None and entry:
        # An item says what is done before it asks for anything.
        done, label = split_label(label)
        found = wording(label)
        found = replace(found, subject=done) if found and not found.role else None
    if found and blank.asked not in {None, "anything", found.kind}:
        same = (blank.asked in PERSONAL) == (found.kind in PERSONAL)
        found = replace(found, kind=blank.asked) if found.role or same else None
    return _Part(blank, found, label, entry) if found else None


def _continues(tree: Tree, group: _Group, part: _Part) -> bool:
    last, blank = group[-1].blank, part.blank
    if part.wording.subject or part.wording.kind in {other.wording.kind for other in group}:
        return False
    if blank.block is last.block:
        if blank.line == last.line:
            return True
        near = blank.line == last.line + 1
    else:
        near = last.closes and blank.opens and part.entry is None
        near = near and _is_next(tree, last.block, blank.block)
    dated = any(other.wording.kind in _WHEN for other in group)
    return near and (part.wording.follows or not dated)


def _is_next(tree: Tree, before: Block, block: Block) -> bool:
    """Tell whether only empty lines stand between two blocks, be they in a quote or not."""
    lines = range(before.end_line + 1, block.line)
    return not any(tree.line_text(line).strip("> \t") for line in lines)


def _is_signed(group: _Group, parts: Parts) -> bool:
    """Tell a sign-off from a date, a name or a role that stands alone: nobody signs with those."""
    if any(part.wording.subject and not part.wording.role for part in group):
        return True
    signed_here = parts.are_signed(group[0].blank.block)
    role = next((part.wording.subject for part in group if part.wording.role), None)
    if role is not None:
        return signed_here or (len(group) > 1 and is_person(role))
    kinds = {part.wording.kind for part in group if not part.wording.plain}
    if kinds & PERSONAL or signed_here:
        return bool(kinds) or signed_here
    return any(part.wording.plain and part.blank.asked is None for part in group)


def _of_roles(
    parts: Parts, ticked: Iterable[Entry], groups: Iterable[_Group]
) -> tuple[list[tuple[Slot, _Group]], list[ReadingWarning]]:
    """Return the items that are a role's sign-off, each with the group of blanks on its lines."""
    waiting: dict[int, _Group] = {}
    for group in groups:
        waiting.setdefault(group[0].blank.line, group)
    found: list[tuple[Slot, _Group]] = []
    doubts: list[ReadingWarning] = []
    for entry in ticked:
        if not parts.are_signed(entry.block):
            continue
        role = signing_role(entry.label, entry.text)
        if role:
            group = _held_by(entry, waiting)
            blanks = tuple(map(_blank, group))
            slot = Slot(role, entry.line, blanks, role=role, item_line=entry.line)
            found.append((slot, group))
        elif lacks_role(entry.label, entry.text):
            quoted = f"\u201c{entry.label or entry.text}\u201d"
            said = f"{quoted} looks like a role's sign-off, but no role was understood"
            doubts.append(ReadingWarning(entry.line, said))
    return found, doubts


def _held_by(entry: Entry, waiting: dict[int, _Group]) -> _Group:
    """Take the first blanks on an item's lines, those of an item within it left out."""
    for line in range(entry.line, entry.end_line + 1):
        if line in waiting and waiting[line][0].entry in {None, entry}:
            return waiting.pop(line)
    return []


def _slot(group: _Group, parts: Parts) -> Slot:
    entry = group[0].entry
    subjects = [part.wording.subject for part in group if part.wording.subject]
    label = subjects[0] if subjects else ""
    return Slot(
        label=label,
        line=group[0].blank.line,
        blanks=tuple(map(_blank, group)),
        role=label if is_person(label) or any(part.wording.role for part in group) else "",
        item_line=entry.line if entry else _numbered(group, parts),
    )


def _numbered(group: _Group, parts: Parts) -> int | None:
    """Return the line of the numbered step whose own initials a group asks for, None of others."""
    item = group[0].blank.item
    if item is None or item.parent is None or item.parent.kind != "ordered_list":
        return None
    own = any(part.wording.kind == "initials" for part in group)
    return item.line if own and not parts.are_signed(item) else None


def _blank(part: _Part) -> Blank:
    return Blank(part.wording.kind, part.label, part.blank.span)


def _looks_like_one(blank: LabelledBlank) -> bool:
    if sounds_like_signing(blank.label):
        return True
    found = wording(blank.label)
    return (
        blank.asked is None
        and found is not None
        and not (found.role or found.plain)
        and blank.colon
    )


def _warning(blank: LabelledBlank) -> ReadingWarning:
    quoted = f"\u201c{blank.label}\u201d"
    if blank.item and blank.item.box:
        place = "inside an item"
    elif blank.block.kind == "heading":
        place = "inside a heading"
    else:
        return ReadingWarning(
            blank.line, f"the blank for {quoted} looks like a sign-off, but was not understood"
        )
    return ReadingWarning(blank.line, f"the blank for {quoted} {place} is not filled in")
