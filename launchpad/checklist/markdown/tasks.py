"""The task-list items that a GitHub reader sees."""

from dataclasses import replace

from markdown_it.token import Token

from launchpad.checklist.markdown.blocks import Block
from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.places import placing
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.model import Span

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
