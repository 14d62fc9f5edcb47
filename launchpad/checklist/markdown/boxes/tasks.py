"""Tasks whose words hold further boxes: what they are called without these."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from launchpad.checklist.markdown.boxes.lines import is_in_sentence, read_line, read_upright
from launchpad.checklist.markdown.boxes.marks import Glyphs, MarkedLine, marked_lines
from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.tree import Tree


def without_boxes(tree: Tree, tasks: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the tasks, each called by the words before the boxes in it, if there are any.

    Those boxes are entries themselves, and filling them in must not rename the task. On its own
    line they are none: they stay part of its words, and what stands before them is its label.
    """
    glyphs = Glyphs("\n".join(task.block.said.content for task in tasks if task.block.said))
    return tuple(_without_boxes(tree, task, glyphs) for task in tasks) if glyphs else tuple(tasks)


def _without_boxes(tree: Tree, task: Entry, glyphs: Glyphs) -> Entry:
    said = task.block.said
    if said is None or not glyphs.within(said.content):
        return task
    lines = list(marked_lines(tree, said))
    text = " ".join(filter(None, _before_boxes(lines))).rstrip(": \uff1a")
    if not text:
        return task
    label = task.label if text.startswith(task.label) else text
    if _holds_boxes(lines[0]):
        whole = lines[0].whole if any(line.marks for line in lines[1:]) else task.text
        return replace(task, text=whole, label=label or text)
    return replace(task, text=text, label=label)


def _holds_boxes(line: MarkedLine) -> bool:
    """Tell whether boxes on a task's own line are part of its words, behind others."""
    reading = read_line(line, among_boxes=False)
    if reading.own or reading.roll_call or not line.text:
        return False
    return bool(reading.choosing or reading.row)


def _before_boxes(lines: Sequence[MarkedLine]) -> Iterator[str]:
    """Yield the words before the boxes, or those of the boxes where there are none before."""
    upright = read_upright(lines)
    for line in lines:
        reading = upright if upright and line.marks else read_line(line, among_boxes=False)
        own, choosing = reading.own, reading.choosing
        part = own is None or line is lines[0] or is_in_sentence(own, lines)
        if part and not choosing and not reading.row:
            yield line.whole
            continue
        yield line.text
        if own and part:
            yield f"{own.glyph} {own.text}"
        elif choosing and line is lines[0] and not line.text:
            yield " / ".join(choice.label for choice in choosing.choices)
        return
