"""Entries without a box that have something to do: numbered ones, headings with commands."""

from collections.abc import Collection, Container, Iterator, Sequence
from itertools import islice
from operator import attrgetter

from launchpad.checklist.markdown.blocks import CODE, LISTS, Block
from launchpad.checklist.markdown.commands.snippets import FoundSnippet
from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.outline.top_parts import TopPart, TopParts
from launchpad.checklist.markdown.tree import Tree
from launchpad.text.safe import one_line

# How many blocks may stand between a list and what belongs to its last entry.
_MOST_BETWEEN = 8
_ENDS_NUMBERING = frozenset({"heading", "hr"})


def find_step_entries(
    tree: Tree,
    snippets: Sequence[FoundSnippet],
    entries: Sequence[Entry],
    taken: Container[int],
) -> tuple[Entry, ...]:
    """Return the entries that have no box, in document order.

    entries: those with a box; taken: the 1-based lines that are something else. All numbered
    entries beside one with a command are there, so that what is done by hand between two commands
    is not lost. A heading is none where boxes stand directly beneath it: these are what is to do.
    """
    commands: dict[Block, str] = {}
    for one in snippets:
        if one.fence.line not in taken:
            commands.setdefault(one.fence, one.text)
    if not commands:
        return ()
    boxed = {entry.block for entry in entries}
    ends: dict[Block, int] = {}
    numbered: dict[Block, None] = {}
    loose: list[Block] = []
    for fence in commands:
        holder = _holder(fence, boxed)
        if holder is None:
            loose.append(fence)
        elif holder not in boxed:
            ends[holder] = max(holder.end_line, fence.end_line)
            numbered.update(dict.fromkeys(_numbered_around(holder)))
    for item in _items(numbered):
        ends.setdefault(item, item.end_line)
    unboxed = {item: end for item, end in ends.items() if item.box is None and item not in boxed}
    known = boxed.union(unboxed)
    found = [
        _of_item(item, end, commands, depth=sum(outer in known for outer in _ancestors(item)))
        for item, end in unboxed.items()
        if item.line not in taken
    ]
    if loose:
        found.extend(_of_headings(tree, loose, entries, taken))
    return tuple(sorted(found, key=attrgetter("line")))


def owners(snippets: Sequence[FoundSnippet], entries: Sequence[Entry]) -> tuple[int | None, ...]:
    """Return for each command the index of the entry it belongs to, None where there is none.

    That is the innermost entry it lies in. A fence right behind a list, which somebody forgot to
    indent, belongs to the list's last entry, and one beside the only entry of a heading to that.
    """
    if not snippets:
        return ()
    by_block = {entry.block: index for index, entry in enumerate(entries)}
    *_, root = _ancestors(snippets[0].fence)
    parts = TopParts(root)
    order = sorted(range(len(entries)), key=lambda index: entries[index].line)
    lines = [entries[index].line for index in order]
    alone: dict[TopPart | None, int | None] = {None: None}
    found: dict[Block, int | None] = {}
    for fence in dict.fromkeys(one.fence for one in snippets):
        holder = _holder(fence, by_block)
        if holder in by_block:
            found[fence] = by_block[holder]
            continue
        part = parts.at(fence.line)
        if part and part not in alone:
            held = list(islice(parts.held(part, lines), 2))
            alone[part] = order[held[0]] if len(held) == 1 else by_block.get(part.block)
        found[fence] = alone[part]
    return tuple(found[one.fence] for one in snippets)


def _holder(fence: Block, boxed: Container[Block]) -> Block | None:
    """Return the list's entry that a fence belongs to: one with a box, else a numbered one."""
    items = [block for block in _ancestors(fence) if block.kind == "list_item"]
    if not items:
        return _entry_before(fence, boxed)
    for item in items:
        if item in boxed:
            return item
    return next((item for item in items if _list_of(item).kind == "ordered_list"), items[0])


def _entry_before(fence: Block, boxed: Container[Block]) -> Block | None:
    """Return the last entry of the list that a fence stands behind without being indented.

    It stands right behind that, or in the middle of its numbers.
    """
    beside, place = fence.beside, fence.place
    close = True
    for before in reversed(beside[max(place - _MOST_BETWEEN, 0) : place]):
        if before.kind in LISTS:
            own = (close and before.children[-1] in boxed) or _is_interrupted(before, close=close)
            return before.children[-1] if own else None
        if before.kind in _ENDS_NUMBERING:
            return None
        close = close and before.kind in CODE
    return None


def _is_interrupted(block: Block, *, close: bool) -> bool:
    """Tell whether what stands behind a list is in the middle of its numbers."""
    if block.kind != "ordered_list":
        return False
    started = _start(block) > 1 or len(block.children) == 1
    return (close and started) or _next_list(block, 1) is not None


def _numbered_around(item: Block) -> Iterator[Block]:
    """Yield the numbered lists that an entry lies in."""
    for block in (item, *_ancestors(item)):
        if block.parent and block.parent.kind == "ordered_list":
            yield block.parent


def _items(numbered: Collection[Block]) -> Iterator[Block]:
    """Yield the entries of numbered lists, and of those that go on with their numbers."""
    seen = set(numbered)
    for block in numbered:
        yield from block.children
        for step in (-1, 1):
            other = _next_list(block, step)
            while other and other not in seen:
                seen.add(other)
                yield from other.children
                other = _next_list(other, step)


def _next_list(block: Block, step: int) -> Block | None:
    """Return the numbered list before or behind one where the numbers go on, None without."""
    beside, place = block.beside, block.place
    place += step
    while 0 <= place < len(beside) and beside[place].kind not in _ENDS_NUMBERING:
        other = beside[place]
        if other.kind == "ordered_list":
            first, second = (block, other) if step > 0 else (other, block)
            return other if _start(second) == _start(first) + len(first.children) else None
        place += step
    return None


def _start(block: Block) -> int:
    return int(block.token.attrs.get("start", 1))


def _list_of(item: Block) -> Block:
    return item.parent or item


def _ancestors(block: Block) -> Iterator[Block]:
    while block.parent:
        block = block.parent
        yield block


def _of_item(item: Block, end: int, commands: dict[Block, str], *, depth: int) -> Entry:
    first = item.children[0] if item.children else item
    # An entry may be nothing but its command.
    text = first.text or one_line(commands.get(first, ""))
    return Entry(
        kind="step",
        text=text,
        label=first.label,
        checked=False,
        line=item.line,
        end_line=end,
        depth=depth,
        block=item,
    )


def _of_headings(
    tree: Tree, loose: Sequence[Block], entries: Sequence[Entry], taken: Container[int]
) -> Iterator[Entry]:
    """Yield the headings that these fences stand directly beneath."""
    parts = TopParts(tree.root)
    lines = sorted(entry.line for entry in entries)
    # Where each ends; those that are no steps end nowhere.
    ends: dict[TopPart | None, int] = {None: 0}
    for fence in loose:
        part = parts.at(fence.line)
        if part and part not in ends:
            busy = part.line in taken or next(parts.held(part, lines), None) is not None
            ends[part] = 0 if busy else parts.end_line(part)
        if ends[part]:
            ends[part] = max(ends[part], fence.end_line)
    for part, end in ends.items():
        if part is None or not end:
            continue
        yield Entry(
            kind="step",
            text=part.title or part.block.text,
            label=part.title or part.block.label,
            checked=False,
            line=part.line,
            end_line=end,
            depth=0,
            block=part.block,
        )
