"""Alternatives in a rollback: lists of which only one is meant to be worked through."""

import re
from collections.abc import Sequence

from launchpad.checklist.markdown.blocks import CODE, LISTS, Block
from launchpad.checklist.markdown.prose import Line
from launchpad.checklist.markdown.rollback.parts import Part
from launchpad.checklist.markdown.rollback.words import ASIDES

# A letter or a number behind it, or what it is about: "Option B", and "Scenario: no data".
_NAMED = re.compile(
    r"[^\w]{0,4}(?:option|scenario|variant|case|alternative|path|method|approach)"
    r"(?: (?:[a-z]|\d{1,2}|[ivx]{1,4}|one|two|three|four)\b|"
    r" ?[:\u2013\u2014])",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"[^\w]{0,4}(?:if|otherwise|else|or|alternatively)\b", re.IGNORECASE)


def second_alternative(parts: Sequence[Part]) -> Line | None:
    """Return the caption of a rollback's second alternative, None where all is one list of steps.

    It stands above a list that begins anew, or above commands, after others of the rollback.
    """
    before = False
    for position, part in enumerate(parts):
        if part.wording in ASIDES:
            continue
        title = Line(part.title, part.label, bold=True, line=part.line, blank=False)
        caption = title if position and _announces(part.title, heading=True) else None
        for block in part.blocks:
            if isinstance(block, Line):
                caption = block if _announces(block.text) else caption
            elif _may_be_one(block, caption):
                if before and caption and _begins(block):
                    return caption
                before, caption = True, None
    return None


def _announces(text: str, *, heading: bool = False) -> bool:
    if _NAMED.match(text):
        return True
    return (heading or text.endswith(":")) and _CONDITION.match(text) is not None


def _may_be_one(block: Block, caption: Line | None) -> bool:
    """Tell a list, or commands that an alternative's name stands above, from all else."""
    if block.kind in CODE:
        return caption is not None and _NAMED.match(caption.text) is not None
    return block.kind in LISTS


def _begins(block: Block) -> bool:
    return block.kind != "ordered_list" or int(block.token.attrs.get("start", 1)) <= 1
