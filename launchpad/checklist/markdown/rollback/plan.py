"""The rollback that a document describes in prose, as steps that a person carries out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from launchpad.checklist.markdown.blocks import CODE, Block
from launchpad.checklist.markdown.durations import Timing, timing
from launchpad.checklist.markdown.prose import Piece, plain_lines
from launchpad.checklist.markdown.rollback.alternatives import second_alternative
from launchpad.checklist.markdown.rollback.drafts import Draft, Found, remark_ms
from launchpad.checklist.markdown.rollback.parts import Part, divide, has_tasks, within
from launchpad.checklist.markdown.rollback.steps import find_steps
from launchpad.checklist.markdown.rollback.triggers import find_triggers
from launchpad.checklist.markdown.rollback.words import (
    announces_another_plan,
    may_announce_another_plan,
    may_announce_plan,
    speaks_of_another_plan,
    speaks_of_rollback,
    tells_of_readiness,
)
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.model import ReadingWarning, Rollback, Step
from launchpad.checklist.slug import unique_ids

_REMARK = re.compile(r"\(([^()]{1,80})\)")


@dataclass(frozen=True, slots=True)
class FoundRollback:
    """The rollback, None without one, and what its section takes from the rest of the document.

    lines: 1-based, of its section; trigger_lines: of the triggers, which may lie elsewhere;
    fences: by the line a fence of its section starts on, the index of the step that it belongs
    to, None for the whole.
    """

    rollback: Rollback | None = None
    warnings: tuple[ReadingWarning, ...] = ()
    lines: range = range(0)
    trigger_lines: frozenset[int] = frozenset()
    fences: Mapping[int, int | None] = field(default_factory=dict)


def find_rollback(tree: Tree) -> FoundRollback:
    """Return the rollback, and a warning for all that only looks like one.

    Its steps are manual, and nothing of it is ever run: commands are part of the instructions.
    """
    if not (speaks_of_rollback(tree.text) or speaks_of_another_plan(tree.text)):
        return FoundRollback()
    parts = divide(tree)
    found: FoundRollback | None = None
    warnings: list[ReadingWarning] = []
    read_until = 0
    for start, part in enumerate(parts):
        if start < read_until or not part.begins_plan():
            continue
        inside = within(parts, start)
        read_until = start + len(inside)
        if found and found.rollback:
            first = f"is left out: the one on line {found.rollback.line} is used"
            warnings.append(_warning(part.line, part.title, first))
            continue
        end = parts[read_until].line if read_until < len(parts) else len(tree.lines) + 1
        found = _read(tree, parts, inside, range(part.line, end))
        warnings.extend(found.warnings)
    if found and found.rollback:
        return replace(found, warnings=tuple(warnings))
    return _other_plan(tree, parts, warnings)


def _other_plan(
    tree: Tree, parts: Sequence[Part], warnings: Sequence[ReadingWarning]
) -> FoundRollback:
    """Read the first plan for going back that is not called a rollback, and warn of the others.

    One with tasks stays a part of the checklist.
    """
    doubts: list[ReadingWarning] = []
    for start, part in enumerate(parts):
        certain = announces_another_plan(part.title)
        if not certain and not may_announce_another_plan(part.title):
            continue
        inside = within(parts, start)
        tasks = any(has_tasks(one) for one in inside)
        if certain and not tasks:
            follows = start + len(inside)
            end = parts[follows].line if follows < len(parts) else len(tree.lines) + 1
            found = _read(tree, parts, inside, range(part.line, end))
            return replace(found, warnings=(*warnings, *doubts, *found.warnings))
        if not tasks:
            said = "may be how to go back, but was not read as a rollback plan"
            doubts.append(_warning(part.line, part.title, said))
    every = (*warnings, *doubts)
    return FoundRollback(warnings=tuple(every or _mentions(parts)))


def _mentions(parts: Sequence[Part]) -> Iterator[ReadingWarning]:
    for part in parts:
        if may_announce_plan(part.title):
            yield _warning(part.line, part.title, "speaks of a rollback, but was not understood")


def _read(tree: Tree, every: Sequence[Part], parts: Sequence[Part], lines: range) -> FoundRollback:
    """Read the parts of one rollback's section, its own heading's first; every: the document's."""
    heading = parts[0]
    found = find_steps(parts)
    if not found.steps:
        return _nothing(heading, "looks like a rollback, but no step was found")
    ready = sum(tells_of_readiness(step.title) for step in found.steps)
    if 2 * ready >= len(found.steps):
        return _nothing(heading, "lists what has to be ready, and no steps")
    timings = [timing(step.title) for step in found.steps]
    budget, budget_doubts = _budget(parts, found)
    triggers, trigger_doubts, trigger_lines = find_triggers(every, parts)
    rollback = Rollback(
        line=heading.line,
        steps=_steps(tree, found.steps, timings),
        budget_ms=budget,
        authority_text=found.authority,
        instructions="\n".join(plain_lines(tree, found.aside)),
        triggers=triggers,
    )
    doubts = [(step.line, said.doubts) for step, said in zip(found.steps, timings, strict=True)]
    warnings = (
        *(
            _warning(line, doubt, "looks like a time, but was not understood")
            for line, said in (*budget_doubts, *doubts)
            for doubt in said
        ),
        *(
            ReadingWarning(line, "this list in the rollback was not read as steps")
            for line in found.unread
        ),
        *_alternatives(parts),
        *trigger_doubts,
    )
    return FoundRollback(rollback, warnings, lines, trigger_lines, _fences(found))


def _alternatives(parts: Sequence[Part]) -> Iterator[ReadingWarning]:
    second = second_alternative(parts)
    if second:
        said = "alternatives in the rollback are read as one list of steps"
        yield ReadingWarning(second.line, f"{said}: \u201c{second.text.rstrip(': ')}\u201d")


def _nothing(heading: Part, why: str) -> FoundRollback:
    return FoundRollback(warnings=(_warning(heading.line, heading.title, why),))


def _fences(found: Found) -> dict[int, int | None]:
    whole: dict[int, int | None] = {block.line: None for block in _code(found.aside)}
    for index, step in enumerate(found.steps):
        whole.update({block.line: index for block in _code(step.body)})
    return whole


def _code(pieces: Sequence[Piece]) -> Iterator[Block]:
    for piece in pieces:
        if isinstance(piece, Block):
            yield from (block for block in (piece, *piece.walk()) if block.kind in CODE)


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
    headings = [part for part in parts if part is parts[0] or part.begins_plan()]
    said = [timing(part.title) for part in headings]
    budgets = (one.deadline_ms if one.expected_ms is None else one.expected_ms for one in said)
    remarks = (remark for part in headings for remark in _REMARK.findall(part.title))
    remarked = next(filter(None, map(remark_ms, remarks)), None)
    budget = next((one for one in budgets if one), remarked or found.budget_ms)
    doubts = [(part.line, one.doubts) for part, one in zip(headings, said, strict=True)]
    return budget, doubts


def _warning(line: int, quoted: str, said: str) -> ReadingWarning:
    return ReadingWarning(line, f"\u201c{quoted}\u201d {said}")
