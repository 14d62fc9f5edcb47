"""The task-list items that a GitHub reader sees."""

from dataclasses import dataclass, replace

from markdown_it.token import Token

from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.markdown.words import leading_bold, words
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


@dataclass(frozen=True, slots=True)
class Task:
    """A task-list item before it has an id and a phase; its fields are those of `model.Item`."""

    text: str
    label: str
    checked: bool
    line: int
    end_line: int
    depth: int
    box: Span


def find_tasks(tree: Tree) -> tuple[Task, ...]:
    """Return the document's task-list items in document order."""
    tasks: list[Task] = []
    ends: list[int] = []
    # For each list item that is open, the index of its task, None for a plain one.
    open_items: list[int | None] = []
    # The task that the next lines belong to: none once a task within it has ended.
    owner: int | None = None
    for number, token in enumerate(tree.tokens):
        if token.type == "list_item_open":
            inline = tree.tokens[number + 2]
            if "box" not in inline.meta:
                open_items.append(None)
                continue
            depth = sum(index is not None for index in open_items)
            owner = len(tasks)
            open_items.append(owner)
            tasks.append(_task(tree, inline, depth))
            ends.append(tasks[-1].line)
        elif token.type == "list_item_close":
            if open_items.pop() is not None:
                owner = None
        elif owner is not None and token.type in _CONTENT and token.map:
            ends[owner] = max(ends[owner], _last_line(tree, token.map[1]))
    return tuple(replace(task, end_line=end) for task, end in zip(tasks, ends, strict=True))


def _task(tree: Tree, inline: Token, depth: int) -> Task:
    box = tree.offset(inline, 0) - 2
    children = inline.children or []
    line = tree.line_at(box)
    return Task(
        text=words(children),
        label=leading_bold(children),
        checked=inline.meta["box"] != " ",
        line=line,
        end_line=line,
        depth=depth,
        box=Span(box, box + 1),
    )


def _last_line(tree: Tree, end: int) -> int:
    while end > 1 and not tree.line_text(end).strip():
        end -= 1
    return end
