"""The task-list items that a GitHub reader sees, and what only looks like one."""

import re
from collections.abc import Iterator
from dataclasses import replace

from markdown_it.token import Token

from launchpad.checklist.markdown.blocks import Block
from launchpad.checklist.markdown.boxes.words import OUTCOMES, word_key
from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.places import placing
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.model import ReadingWarning, Span

_CONTENT = frozenset(
    {
        "code_block",
        "fence",
        "heading_open",
        "hr",
        "html_block",
        "paragraph_open",
        "table_open",
    }
)
# Not a footnote, nor brackets that a link's address or name follows.
_LOOKS_BOXED = re.compile(r"\[(?P<inside>[^\[\]\n^]{0,3})\](?![(\[:])")
_CROSSES = frozenset("xX")


def look_alikes(tree: Tree) -> Iterator[ReadingWarning]:
    """Yield a warning for each list entry that is written like a task, but shown as none."""
    for block in tree.root.walk():
        said = block.said if block.kind == "list_item" else None
        if said is None or block.box is not None:
            continue
        found = _LOOKS_BOXED.match(said.content)
        first = next((token for token in said.children or () if token.content or token.tag), None)
        if found and first and first.type == "text" and _is_tick(found["inside"].strip()):
            yield ReadingWarning(
                block.children[0].line,
                "this looks like a task, but GitHub shows none: "
                f"\u201c{block.children[0].text}\u201d",
            )


def _is_tick(inside: str) -> bool:
    """Tell what is written into a box from an abbreviation or a number in brackets."""
    if len(inside) > 1 and inside.isalnum():
        return word_key(inside) in OUTCOMES or _CROSSES.issuperset(inside)
    return not inside.isdigit()


def find_tasks(tree: Tree) -> tuple[Entry, ...]:
    """Return the document's task-list items in document order."""
    tasks: list[Entry] = []
    ends: list[int] = []
    # For each list item that is open, the index of its task, None for a plain one.
    open_items: list[int | None] = []
    # The task that the next lines belong to: none once a task within it has ended.
    owner: int | None = None
    blocks = (block for block in tree.root.walk() if block.kind == "list_item")
    for token in tree.tokens:
        if token.type == "list_item_open":
            block = next(blocks)
            if block.said is None or block.box is None:
                open_items.append(None)
                continue
            depth = sum(index is not None for index in open_items)
            owner = len(tasks)
            open_items.append(owner)
            tasks.append(_task(tree, block, block.said, depth))
            ends.append(tasks[-1].line)
        elif token.type == "list_item_close":
            if open_items.pop() is not None:
                owner = None
        elif owner is not None and token.type in _CONTENT and token.map:
            ends[owner] = max(ends[owner], _last_line(tree, token.map[1]))
    return tuple(replace(task, end_line=end) for task, end in zip(tasks, ends, strict=True))


def _task(tree: Tree, block: Block, said: Token, depth: int) -> Entry:
    box = placing(tree, said)(0) - 2
    line = tree.line_at(box)
    paragraph = block.children[0]
    return Entry(
        kind="task",
        text=paragraph.text,
        label=paragraph.label,
        checked=block.box != " ",
        line=line,
        end_line=line,
        depth=depth,
        block=block,
        box=Span(box, box + 1),
    )


def _last_line(tree: Tree, end: int) -> int:
    while end > 1 and not tree.line_text(end).strip():
        end -= 1
    return end
