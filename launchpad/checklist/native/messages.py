"""What is told to others when the launch goes, holds, goes back or is done."""

from typing import get_args

from launchpad.checklist.model import Message, Occasion
from launchpad.checklist.native.fields import Fields, Reader
from launchpad.checklist.native.nodes import Mapping, Node
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.references import use_references
from launchpad.checklist.native.values import duration_ms, paragraphs, scalar

OCCASIONS: tuple[Occasion, ...] = get_args(Occasion)


def messages(node: Node, reading: Reading) -> tuple[Message, ...]:
    """Read the text for each occasion, and when the next one is due."""
    with Fields(node, reading) as fields:
        read = [
            fields.may(occasion, _told(occasion, fields.place_of(occasion).line), None)
            for occasion in OCCASIONS
        ]
    return tuple(message for message in read if message)


def _told(occasion: Occasion, line: int) -> Reader[Message]:
    def message(node: Node, reading: Reading) -> Message:
        if not isinstance(node, Mapping):
            return Message(occasion, _text(node, reading), line)
        with Fields(node, reading) as fields:
            return Message(
                occasion,
                text=fields.must("text", _text, ""),
                line=line,
                next_update_ms=fields.may("next-update", duration_ms, None),
            )

    return message


def _text(node: Node, reading: Reading) -> str:
    use_references(scalar(node), reading, ("variable",))
    return paragraphs(node, reading)
