"""Tasks whose words hold further boxes: what they are called without these."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from launchpad.checklist.markdown.box_lines import read_line
from launchpad.checklist.markdown.box_marks import Glyphs, marked_lines
from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.tree import Tree


def without_boxes(tree: Tree, tasks: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the tasks, each called by the words before the boxes in it, if there are any.

    Those boxes are entries themselves, and filling them in must not rename the task.
    """
    glyphs = Glyphs("\n".join(task.block.said.content for task in tasks if task.block.said))
    return tuple(_without_boxes(tree, task, glyphs) for task in tasks) if glyphs else tuple(tasks)


def _without_boxes(tree: Tree, task: Entry, glyphs: Glyphs) -> Entry:
    said = task.block.said
    if said is None or not glyphs.within(said.content):
        return task
    text = " ".join(_before_boxes(tree, task)).rstrip(": \uff1a")
    return replace(task, text=text) if text else task


def _before_boxes(tree: Tree, task: Entry) -> Iterator[str]:
    inline = task.block.said
    for line in marked_lines(tree, inline) if inline else ():
        reading = read_line(line, among_boxes=False)
        starts = reading.own is not None and not reading.own.bracketed
        if not starts and not reading.choosing and not reading.row:
            yield line.whole
        else:
            yield line.text
            return
