"""The rollback that a document describes in prose, as steps that a person carries out."""

from collections.abc import Sequence

from launchpad.checklist.markdown.durations import Timing, timing
from launchpad.checklist.markdown.prose import plain_lines
from launchpad.checklist.markdown.rollback_drafts import Draft, Found
from launchpad.checklist.markdown.rollback_parts import Part, divide, within
from launchpad.checklist.markdown.rollback_steps import find_steps
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
                _warning(
                    part.line, part.title, f"is left out: the one on line {rollback.line} is used"
                )
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


def _read(tree: Tree, parts: Sequence[Part]) -> tuple[Rollback | None, tuple[ReadingWarning, ...]]:
    """Read the parts of one rollback's section, its own heading's first."""
    heading = parts[0]
    found = find_steps(parts)
    if not found.steps:
        return None, (
            _warning(heading.line, heading.title, "looks like a rollback, but no step was found"),
        )
    ready = sum(tells_of_readiness(step.title) for step in found.steps)
    if 2 * ready >= len(found.steps):
        return None, (
            _warning(heading.line, heading.title, "lists what has to be ready, and no steps"),
        )
    timings = [timing(step.title) for step in found.steps]
    budget, budget_doubts = _budget(parts, found)
    rollback = Rollback(
        line=heading.line,
        steps=_steps(tree, found.steps, timings),
        budget_ms=budget,
        authority_text=found.authority,
        instructions="\n".join(plain_lines(tree, found.aside)),
    )
    doubts = [(step.line, said.doubts) for step, said in zip(found.steps, timings, strict=True)]
    return rollback, (
        *(
            _warning(line, doubt, "looks like a time, but was not understood")
            for line, said in (*budget_doubts, *doubts)
            for doubt in said
        ),
        *(
            ReadingWarning(line, "this list in the rollback was not read as steps")
            for line in found.unread
        ),
    )


def _steps(tree: Tree, drafts: Sequence[Draft], timings: Sequence[Timing]) -> tuple[Step, ...]:
    names = [
        draft.label if draft.label and said.text.startswith(draft.label) else said.text
        for draft, said in zip(drafts, timings, strict=True)
    ]
    return tuple(
        Step(
            id=step_id,
            title=said.text,
            line=draft.line,
            kind="manual",
            instructions="\n".join(plain_lines(tree, draft.body)),
            expected_ms=said.expected_ms,
            deadline_ms=said.deadline_ms,
        )
        for step_id, draft, said in zip(unique_ids(names, "step"), drafts, timings, strict=True)
    )


def _budget(
    parts: Sequence[Part], found: Found
) -> tuple[int | None, list[tuple[int, tuple[str, ...]]]]:
    """Return the time the whole rollback may take, and what looks like one in its headings."""
    headings = [part for part in parts if part.begins_plan()]
    said = [timing(part.title) for part in headings]
    budgets = (one.deadline_ms if one.expected_ms is None else one.expected_ms for one in said)
    budget = next((one for one in budgets if one), found.budget_ms)
    doubts = [(part.line, one.doubts) for part, one in zip(headings, said, strict=True)]
    return budget, doubts


def _warning(line: int, quoted: str, said: str) -> ReadingWarning:
    return ReadingWarning(line, f"\u201c{quoted}\u201d {said}")
