"""A document divided at every heading, and at the lines people use as headings."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from launchpad.checklist.markdown.blocks import Block
from launchpad.checklist.markdown.native_parts import is_native
from launchpad.checklist.markdown.prose import Line, Piece, paragraph_lines
from launchpad.checklist.markdown.rollback.words import (
    ASIDES,
    Wording,
    announces_plan,
    wording,
)
from launchpad.checklist.markdown.tree import Tree

# Below Markdown's six levels of headings: a bold line; one that says what stands in a rollback;
# what follows such a line's own list.
_BOLD, _BOLD_WITHIN, _UNTITLED = 7, 8, 9


@dataclass(slots=True)
class Part:
    """A heading, or a line used as one, and the blocks beneath it.

    title, label: "" without; line: 1-based. It is filled while a document is divided, and only
    read afterwards.
    """

    title: str
    label: str
    level: int
    line: int
    wording: Wording
    blocks: list[Piece] = field(default_factory=list)

    def begins_plan(self) -> bool:
        """Tell whether it is the heading of a rollback."""
        return announces_plan(self.title)


def divide(tree: Tree) -> tuple[Part, ...]:
    """Return the parts of a document in document order."""
    parts = [Part("", "", _UNTITLED, 1, "other")]
    for block in tree.root.children:
        if is_native(block):
            continue
        if block.kind == "heading":
            parts.append(Part(block.text, "", block.level, block.line, wording(block.text)))
        elif block.kind == "hr":
            parts.append(Part("", "", _BOLD, block.line, "other"))
        elif block.inline:
            for one in paragraph_lines(block.inline):
                part = _headed(one)
                if part:
                    parts.append(part)
                else:
                    _append(parts, one, one.line)
        else:
            _append(parts, block, block.line)
    return tuple(parts)


def within(parts: Sequence[Part], start: int) -> Sequence[Part]:
    """Return a part and all that follow it until a heading of its own level or a higher one."""
    level = parts[start].level
    end = start + 1
    while end < len(parts) and parts[end].level > level:
        end += 1
    return parts[start:end]


def has_tasks(part: Part) -> bool:
    """Tell whether a part's lists have boxes."""
    blocks = (block for block in part.blocks if isinstance(block, Block))
    return any(item.box is not None for block in blocks for item in block.walk())


def _headed(line: Line) -> Part | None:
    """Return the part that a line of a paragraph is the heading of, if it is used as one."""
    if line.blank:
        return None
    if line.bold:
        said = wording(line.text)
        level = _BOLD if said == "other" or announces_plan(line.text) else _BOLD_WITHIN
        return Part(line.text, line.label, level, line.line, said)
    if line.label and wording(line.label) == "step":
        return Part(line.text, line.label, _BOLD_WITHIN, line.line, "step")
    if line.text.endswith(":"):
        said = wording(line.text)
        if said in {*ASIDES, "commands"}:
            return Part(line.text, "", _BOLD_WITHIN, line.line, said)
    return None


def _append(parts: list[Part], block: Piece, line: int) -> None:
    part = parts[-1]
    # Triggers or names under a mere line end with their list: what follows is about the rollback.
    owns_one = part.level == _BOLD_WITHIN and part.wording in ASIDES
    if owns_one and any(isinstance(other, Block) for other in part.blocks):
        part = Part("", "", _UNTITLED, line, "other")
        parts.append(part)
    part.blocks.append(block)
