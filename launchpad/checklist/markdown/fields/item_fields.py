"""What a document says of an item beside its words: who does it, how urgent it is, and why."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from launchpad.checklist.markdown.boxes.words import OPEN
from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.fields.columns import column_fields
from launchpad.checklist.markdown.fields.estimates import estimate_ms
from launchpad.checklist.markdown.fields.lines import bullet_fields, line_fields
from launchpad.checklist.markdown.fields.names import field_kind
from launchpad.checklist.markdown.fields.remarks import NOTHING, find_remarks
from launchpad.checklist.markdown.qualities import is_optional, priority
from launchpad.checklist.markdown.unfilled import is_unfilled
from launchpad.checklist.model import Field, ReadingWarning

_TITLED = re.compile(r"(?:title|task|item)\s?[:\uff1a]\s?(?=\S)", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
# A word, behind a glyph or none.
_STATE = re.compile(r"[^\w\[<{]{0,6}[^\W_]")
_UNWRITTEN = re.compile(r"[_\s/.-]*")
# A clock time and "3 points" are said under these names too.
_LOOSE_NAMES = frozenset({"time", "effort"})


@dataclass(frozen=True, slots=True)
class ItemFields:
    """The values of `model.Item` that stand beside or beneath an item's words.

    title: the item's words without "Title:" and without the lines that became fields, None where
    that changes nothing.
    """

    owner: str | None = None
    priority: str | None = None
    status: str | None = None
    optional: bool = False
    expected_ms: int | None = None
    fields: tuple[Field, ...] = ()
    title: str | None = None
    warnings: tuple[ReadingWarning, ...] = ()


def read_fields(entry: Entry) -> ItemFields:
    """Return what is said of an entry; a warning for each estimate that was not understood."""
    beneath: list[tuple[str, str]] = []
    text, end = entry.text, ""
    if entry.kind == "table":
        beneath = list(column_fields(entry.block, entry.text))
    elif entry.block.kind == "list_item":
        beneath, end = line_fields(entry.block)
        beneath.extend(bullet_fields(entry.block))
    if end and text.endswith(f" {end}"):
        text = text[: -len(end)].rstrip()
    remarks = find_remarks(text)
    if not beneath and remarks == NOTHING:
        return ItemFields(priority=priority(text), optional=is_optional(text))
    found = _Sorted()
    found.sort((*beneath, *remarks.fields))
    titled = _TITLED.match(text) if beneath else None
    title = text[titled.end() :] if titled else text
    doubts = (*remarks.doubts, *found.doubts)
    return ItemFields(
        owner=found.owner,
        priority=found.priority or priority(title),
        status=found.status,
        optional=is_optional(title),
        expected_ms=found.expected_ms if found.expected_ms is not None else remarks.expected_ms,
        fields=tuple(found.fields),
        title=title if title != entry.text else None,
        warnings=tuple(
            ReadingWarning(
                entry.line, f"\u201c{doubt}\u201d looks like a time, but was not understood"
            )
            for doubt in doubts
        ),
    )


@dataclass(slots=True)
class _Sorted:
    """Fields by where they go; filled while they are sorted, and only read afterwards."""

    owner: str | None = None
    priority: str | None = None
    status: str | None = None
    expected_ms: int | None = None
    fields: list[Field] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def sort(self, said: Iterable[tuple[str, str]]) -> None:
        """Put each field where it belongs; of two owners the second stays a field."""
        for name, value in said:
            kind = field_kind(name)
            filled = None if is_unfilled(value) else value
            if kind == "owner" and self.owner is None:
                self.owner = filled
            elif kind == "priority" and self.priority is None:
                self.priority = filled
            elif kind == "status" and self.status is None:
                self.status = value if _is_state(value) else None
            elif not _UNWRITTEN.fullmatch(value):
                self.fields.append(Field(name, value))
                if kind == "estimate":
                    self._estimate(name, value)

    def _estimate(self, name: str, value: str) -> None:
        length = estimate_ms(name, value)
        if length is not None and self.expected_ms is None:
            self.expected_ms = length
        elif length is None and name.casefold() not in _LOOSE_NAMES and _DIGIT.search(value):
            self.doubts.append(f"{name}: {value}")


def _is_state(value: str) -> bool:
    """Tell a status from boxes to tick, and from a blank."""
    return _STATE.match(value) is not None and not any(box in value for box in (*OPEN, "[ ]"))
