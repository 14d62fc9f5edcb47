"""What can be ticked in a document, before it has an id and a phase."""

from dataclasses import dataclass

from launchpad.checklist.markdown.blocks import Block
from launchpad.checklist.model import Choice, ItemKind, Span


@dataclass(frozen=True, slots=True)
class Entry:
    """An item that was found; its fields are those of `model.Item`.

    block: the list item, table row, paragraph or heading that it is; roll_call: the label of the
    roll call whose role it is, "" for what is none.
    """

    kind: ItemKind
    text: str
    label: str
    checked: bool
    line: int
    end_line: int
    depth: int
    block: Block
    box: Span | None = None
    choices: tuple[Choice, ...] = ()
    roll_call: str = ""
