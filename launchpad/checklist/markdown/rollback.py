"""The rollback that a document describes in prose, as steps that a person carries out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from launchpad.checklist.markdown.durations import Timing, field_ms, timing
from launchpad.checklist.markdown.prose import plain_lines
from launchpad.checklist.markdown.rollback_parts import Part, divide, within
from launchpad.checklist.markdown.rollback_steps import Draft, Found, find_steps
from launchpad.checklist.markdown.rollback_words import (
    may_announce_plan,
    speaks_of_rollback,
    tells_of_readiness,
)
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.model import ReadingWarning, Rollback, Step
from launchpad.checklist.slug import unique_ids


def find_rollback(tree: Tree) -> tuple[Rollback | None, tuple[ReadingWarning, ...]]:
    """Return the rollback, None without one, and a warning for all that only looks like one.

    Its steps are manual, and nothing of it is ever run: commands are part of the instructions.
    """
    if not speaks_of_rollback(tree.text):
        return None, ()
    parts = divide(tree)
    rollback: Rollback | None = None
    warnings: list[ReadingWarning] = []
    read_until = 0
    for start, part in enumerate(parts):
        if start < read_until or not part.begins_plan():
            continue
        inside = within(parts, start)
        read_until = start + len(inside)
        if rollback:
            warnings.append(
                _warning(part.line, part.title, f"is left out: the one on line {rollback.line} is used")
            )
            continue
        rollback, doubts = _read(tree, inside)
        warnings.extend(doubts)
    if rollback is None and not warnings:
        warnings.extend(
            _warning(part.line, part.title, "speaks of a rollback, but was not understood")
            for part in parts
            if may_announce_plan(part.title)
        )
    return rollback, tuple(warnings)
