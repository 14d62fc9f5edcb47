"""The blocks around a block."""

from bisect import bisect_left
from collections.abc import Sequence

from launchpad.checklist.markdown.blocks import Block


def siblings(block: Block) -> tuple[Sequence[Block], int]:
    """Return the blocks beside one in the same entry, quote or document, and its place there."""
    beside = block.parent.children if block.parent else [block]
    # Not `index`, which looks at each of them.
    return beside, bisect_left(beside, block.line, key=_line)


def _line(block: Block) -> int:
    return block.line
