"""What an item is called: the words that its id is made of, which no filling in may change."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.labels import bare
from launchpad.checklist.markdown.signing.roles import is_role
from launchpad.checklist.markdown.signing.slots import Slot
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.model import Blank, ReadingWarning

_COLON = re.compile(r"[:\uff1a]")
_MOST_COLONS = 8
_LONGEST_LEAD = 60
_LAST_WORD = re.compile(r"[^\W\d_]{1,12}\s?$")
# What a label ends in that asks for a part of a sign-off.
_ASKING = frozenset(
    {
        *("accepted", "approval", "approved", "approver", "at", "by", "certified", "date", "dated"),
        *("here", "initial", "initialed", "initials", "name", "off", "on", "sign", "signature"),
        *("signed", "signoff", "time", "timestamp"),
    }
)
# A run of underscores to write upon, or a placeholder in brackets.
_BLANK = re.compile(r"_[ ./-]{0,3}_|\[[^\W\d_]")


def item_name(label: str, text: str) -> str:
    """Return the words that an item is named by. label: the bold run it starts with.

    Without one, its words up to the first label that asks for a part of a sign-off, or to the role
    that it starts with: a filled document has a name or a date behind that. So that both are
    named alike, it does not matter whether there is a blank.
    """
    if label:
        return label
    for number, colon in zip(range(_MOST_COLONS), _COLON.finditer(text), strict=False):
        start = colon.start()
        word = _LAST_WORD.search(text, max(0, start - 14), start)
        if word and word.group().strip().casefold() in _ASKING:
            return text[:start]
        if number == 0 and start <= _LONGEST_LEAD and is_role(bare(text[:start])):
            return text[:start]
    return text


def with_names_kept(
    tree: Tree, slots: Sequence[Slot], entries: Iterable[Entry]
) -> tuple[tuple[Slot, ...], tuple[ReadingWarning, ...]]:
    """Return the sign-offs without the blanks that an item would be renamed by, and a warning each.

    An id that changed with an export would be another item to whoever reads that.
    """
    if not any(slot.blanks for slot in slots):
        return (*slots,), ()
    named_on = _named_by_blanks(entries)
    lost: list[Blank] = []
    kept = []
    for slot in slots:
        renaming = {blank for blank in slot.blanks if tree.line_at(blank.span.start) in named_on}
        lost.extend(blank for blank in slot.blanks if blank in renaming)
        blanks = tuple(blank for blank in slot.blanks if blank not in renaming)
        kept.append(replace(slot, blanks=blanks) if renaming else slot)
    return tuple(kept), tuple(
        ReadingWarning(
            tree.line_at(blank.span.start),
            f"the blank for \u201c{blank.label}\u201d inside an item is not filled in",
        )
        for blank in lost
    )


def _named_by_blanks(entries: Iterable[Entry]) -> set[int]:
    """Return the 1-based lines of the entries that have a blank in their name."""
    lines: set[int] = set()
    for entry in entries:
        if _BLANK.search(item_name(entry.label, entry.text)):
            block = entry.block
            own = block.children[0] if block.kind == "list_item" else None
            lines.update(range(entry.line, (own.end_line if own else entry.end_line) + 1))
    return lines
