"""Which parts of a rollback's section are its steps, and what else stands there.

A section's steps are its numbered or timed headings, its ordered lists and its tasks; where it
has none of these, its plain bullets; where it has no list either, its fences, each one step. A
fence is never split: what has to be pasted together, a loop or a here-document, stays together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from launchpad.checklist.markdown.durations import field_ms
from launchpad.checklist.markdown.prose import CODE, LISTS, Block, Line, paragraph_lines
from launchpad.checklist.markdown.rollback_parts import Part
from launchpad.checklist.markdown.rollback_words import wording


@dataclass(slots=True)
class Draft:
    """A step before it has an id and times; body: what stands beneath its title."""

    title: str
    label: str
    line: int
    body: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Found:
    """What a section holds, in document order.

    aside: what is neither a step nor of one; unread: the lines of lists that might be steps, but
    were not taken for any; budget_ms: of the whole rollback, where a line of its own gives it.
    """

    steps: list[Draft] = field(default_factory=list)
    aside: list[Block] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    authority: str = ""
    budget_ms: int | None = None


def find_steps(parts: Sequence[Part]) -> Found:
    """Read the parts of a rollback's section; the first is its own heading's."""
    found = Found()
    holders = list(_holders(parts, found))
    strong = bool(found.steps) or any(
        _is_strong(block) for part in holders for block in part.blocks
    )
    rests = [_take_lists(part, found, strong=strong) for part in holders]
    listed = bool(found.steps)
    for part, rest in zip(holders, rests, strict=True):
        # A fence beside other steps is a step where a heading of its own says what it is for.
        own = part.wording in {"other", "plan"} and part.title
        if own or not listed:
            rest = _take_fences(part, part.title or parts[0].title, rest, found)
        if rest and part is not parts[0] and part.title:
            found.aside.append(_titled(part))
        found.aside.extend(rest)
        if strong:
            found.unread.extend(_unread(rest))
    found.steps.sort(key=lambda step: step.line)
    return found
