"""The fields of an item that is a table's row: its cells under heads that name one."""

import re
from collections.abc import Iterator

from launchpad.checklist.markdown.blocks import Block
from launchpad.checklist.markdown.boxes.words import CROSSED, OPEN, TICKED, heads_a_status
from launchpad.checklist.markdown.fields.names import field_kind
from launchpad.checklist.markdown.labels import trimmed
from launchpad.checklist.markdown.signing.columns import find_columns
from launchpad.checklist.markdown.unfilled import is_unfilled

_BOXES = (*OPEN, TICKED, CROSSED, "[ ]", "[x]", "[X]", "( )", "(x)", "(X)")
# What only numbers a row: under a head that says so, or in the first column.
_NUMBERING = frozenset({"", "no", "nr", "num", "number", "id", "item", "step", "n\u00b0"})
_NUMBER = re.compile(
    r"[#(]?(?:\d{1,6}(?:[.\-]\d{1,4}){0,5}|"
    r"(?![Tt]\s?[-+\u2212\u2013])[A-Za-z]{1,8}[-_ .]?\d{1,6}(?:[.\-]\d{1,4}){0,3})[.):]?"
)


def column_fields(row: Block, text: str) -> Iterator[tuple[str, str]]:
    """Yield the heads and the words of a row's cells; of those that say something.

    text: the item's words, which begin with one of the cells.
    """
    table = row.parent.parent if row.parent else None
    if table is None or not table.children or not table.children[0].children:
        return
    heads = table.children[0].children[0].children
    columns = find_columns([head.text for head in heads])
    for head, column, cell in zip(heads, columns, row.children, strict=False):
        known = field_kind(head.text) is not None
        if cell.text and (known or (not column.signs and _is_field(head, cell, text))):
            yield head.text, cell.text


def _is_field(head: Block, cell: Block, text: str) -> bool:
    """Tell a field from the row's name, its number, and a box."""
    said, name = cell.text, trimmed(head.text).casefold()
    if not name or heads_a_status(head.text) or is_unfilled(said) or not trimmed(said):
        return False
    if any(box in said for box in _BOXES) or text.startswith(said):
        return False
    numbers = name in _NUMBERING or not cell.place
    return not (numbers and _NUMBER.fullmatch(said))
