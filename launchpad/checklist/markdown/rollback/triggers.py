"""What a document rolls back on: the entries under its triggers, anywhere in it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from launchpad.checklist.markdown.blocks import LISTS, Block
from launchpad.checklist.markdown.prose import Line
from launchpad.checklist.markdown.rollback.drafts import first_line, said_triggers
from launchpad.checklist.markdown.rollback.parts import Part, has_tasks
from launchpad.checklist.markdown.rollback.trigger_words import understood
from launchpad.checklist.markdown.rollback.words import announces_abort, announces_triggers
from launchpad.checklist.model import ReadingWarning, Trigger
from launchpad.checklist.slug import unique_ids


def find_triggers(
    parts: Sequence[Part], inside: Sequence[Part]
) -> tuple[tuple[Trigger, ...], tuple[ReadingWarning, ...], frozenset[int]]:
    """Return the triggers, a warning for each that was not understood, and the lines they take.

    parts: of the whole document, where a heading has to speak of rolling back, or of stopping and
    hold no tasks; inside: those of the rollback's section, where a line may name one as well.
    """
    within = {id(part) for part in inside}
    said: list[tuple[str, int]] = []
    for part in parts:
        own = id(part) in within
        inside_one = part.wording == "triggers" and own
        aborts = announces_abort(part.title) and not has_tasks(part)
        if inside_one or aborts or announces_triggers(part.title):
            said.extend(_entries(part))
        elif own and part.wording not in {"step", "authority"}:
            said.extend(_named(part))
    ids = unique_ids((text for text, _ in said), "trigger")
    triggers = tuple(
        _trigger(trigger_id, text, line) for trigger_id, (text, line) in zip(ids, said, strict=True)
    )
    warnings = tuple(not_understood(one) for one in triggers if not one.understood)
    return triggers, warnings, frozenset(line for _, line in said)


def not_understood(trigger: Trigger) -> ReadingWarning:
    """Return the warning about a trigger that only people watch."""
    said = f"the rollback trigger \u201c{trigger.text}\u201d was not understood"
    return ReadingWarning(trigger.line, said)


def _trigger(trigger_id: str, text: str, line: int) -> Trigger:
    said, trigger = understood(text), Trigger(id=trigger_id, line=line, text=text)
    # How long it lasts is counted in results of probes, whose interval nothing here says.
    if said is None or said.timed.lasts_ms is not None:
        return trigger
    until_ms = trigger.active_until_ms if said.timed.until_ms is None else said.timed.until_ms
    return replace(
        trigger,
        healthy_when=said.healthy_when,
        trip_after=said.timed.in_a_row,
        active_until_ms=until_ms,
    )


def _entries(part: Part) -> Iterator[tuple[str, int]]:
    """Yield the words and lines of a part's lists and tables, or, without any, of its lines."""
    blocks = [block for block in part.blocks if isinstance(block, Block)]
    if any(block.kind in LISTS or block.kind == "table" for block in blocks):
        for block in blocks:
            yield from _in_block(block)
        return
    for line in part.blocks:
        if isinstance(line, Line) and not line.blank and not line.text.endswith(":"):
            yield line.text, line.line


def _named(part: Part) -> Iterator[tuple[str, int]]:
    """Yield the triggers that lines and plain bullets name after a colon."""
    for block in part.blocks:
        if isinstance(block, Line):
            lines = [block]
        elif block.kind == "bullet_list":
            plain = (item for item in block.children if item.box is None)
            lines = [line for line in map(first_line, plain) if line]
        else:
            continue
        yield from ((said_triggers(line), line.line) for line in lines if said_triggers(line))


def _in_block(block: Block) -> Iterator[tuple[str, int]]:
    if block.kind == "table":
        for row in (row for body in block.children[1:] for row in body.children):
            yield ": ".join(cell.text for cell in row.children if cell.text), row.line
    for item in block.children if block.kind in LISTS else ():
        lists = [child for child in item.children if child.kind in LISTS]
        said = " ".join(child.text for child in item.children if child.kind == "paragraph")
        if lists and (said.endswith(":") or not said):
            # What it announces are the triggers.
            for inner in lists:
                yield from _in_block(inner)
        elif said:
            yield said, item.line
