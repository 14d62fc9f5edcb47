"""The fields of an item that is a table's row: its cells under heads that name one."""

from collections.abc import Iterator

from launchpad.checklist.markdown.blocks import Block
from launchpad.checklist.markdown.fields.names import field_kind


def column_fields(row: Block) -> Iterator[tuple[str, str]]:
    """Yield the heads and the words of a row's cells; of those that say something."""
    table = row.parent.parent if row.parent else None
    if table is None or not table.children or not table.children[0].children:
        return
    heads = table.children[0].children[0].children
    for head, cell in zip(heads, row.children, strict=False):
        if cell.text and field_kind(head.text):
            yield head.text, cell.text
