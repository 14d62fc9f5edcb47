"""Boxes that are no GFM tasks: drawn ones, boxes within a line, the rows of a table."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from launchpad.checklist.markdown.blocks import LISTS, Block
from launchpad.checklist.markdown.boxes.lines import (
    COLONS,
    BoxedLine,
    is_in_sentence,
    named_behind,
    read_line,
    read_upright,
)
from launchpad.checklist.markdown.boxes.marks import Glyphs, Mark, MarkedLine, marked_lines
from launchpad.checklist.markdown.boxes.rows import table_entries
from launchpad.checklist.markdown.boxes.words import CROSSED, OPEN, TICKED, heads_a_status
from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.tables import Table
from launchpad.checklist.markdown.tasks import look_alikes
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.markdown.words import leading_bold
from launchpad.checklist.model import ReadingWarning

_DRAWN = frozenset(OPEN + TICKED + CROSSED)
_EMPHASIS = " *_~"
_CONTENT = frozenset({"code_block", "fence", "heading", "html_block", "paragraph", "table"})

Found = Iterator[Entry | ReadingWarning]


def find_boxes(
    tree: Tree, tables: Sequence[Table], taken: Container[int]
) -> tuple[tuple[Entry, ...], tuple[ReadingWarning, ...]]:
    """Return the entries of kind "table", "glyph" and "inline" in document order, and doubts.

    tables: the document's; taken: the 1-based lines that are something else, such as a legend.
    """
    # Tasks' own boxes are in no token, so that a document of tasks is done with here.
    glyphs = Glyphs("\n".join(token.content for token in tree.tokens if token.type == "inline"))
    if not glyphs and not any(map(heads_a_status, (head for one in tables for head in one.heads))):
        return (), tuple(one for one in look_alikes(tree) if one.line not in taken)
    of_block = {id(table.block): table for table in tables}
    found = list(_Finder(tree, of_block, taken, glyphs).within(tree.root, 0, None))
    told = {one.line for one in found}
    found.extend(one for one in look_alikes(tree) if one.line not in told and one.line not in taken)
    return (
        tuple(one for one in found if isinstance(one, Entry)),
        tuple(one for one in found if isinstance(one, ReadingWarning)),
    )


@dataclass(frozen=True, slots=True)
class _Finder:
    """What stays the same while a document is walked through."""

    tree: Tree
    tables: Mapping[int, Table]
    taken: Container[int]
    glyphs: Glyphs

    def within(self, block: Block, depth: int, before: Block | None) -> Found:
        """Yield what is found in a block that lies in as many entries as `depth` says.

        before: what was said before it, for boxes without words of their own.
        """
        if block.kind == "table":
            table = self.tables[id(block)]
            yield from table_entries(self.tree, table, self.taken, depth, self.glyphs)
        elif block.kind in LISTS:
            yield from self._list(block, depth, before)
        elif block.kind == "paragraph":
            lines = self._marked(block)
            yield from self._lines(block, lines, depth, before, among_boxes=False)
        else:
            for child in block.children:
                yield from self.within(child, depth, before)
                before = child if _introduces(child) else before

    def _list(self, block: Block, depth: int, before: Block | None) -> Found:
        drawn = [item for item in block.children if _is_drawn(item)]
        if drawn and all(item.said and len(item.children) == 1 for item in block.children):
            lines = [line for item in block.children for line in self._marked(item.children[0])]
            upright = self._upright(lines, block, depth, before)
            if upright is not None and len(lines) == len(block.children):
                yield from upright
                return
        for item in block.children:
            yield from self._item(item, depth, before, among_boxes=bool(drawn))

    def _item(self, item: Block, depth: int, before: Block | None, *, among_boxes: bool) -> Found:
        children = item.children
        if item.said:
            first, *children = children
            lines = self._marked(first)
            own = None
            if item.box is None and lines and lines[0].line not in self.taken:
                own = read_line(lines[0], among_boxes=among_boxes).own
            if own:
                yield from _own(own, item, lines[0].line, _end(item), depth)
            depth += own is not None or item.box is not None
            yield from self._lines(first, lines, depth, before, among_boxes=among_boxes, item=item)
            before = first
        for child in children:
            yield from self.within(child, depth, before)
            before = child if _introduces(child) else before

    def _marked(self, paragraph: Block) -> list[MarkedLine]:
        """Return a paragraph's lines, none where no box is on any of them."""
        if paragraph.inline is None or not self.glyphs.within(paragraph.inline.content):
            return []
        return list(marked_lines(self.tree, paragraph.inline))

    def _lines(
        self,
        paragraph: Block,
        lines: Sequence[MarkedLine],
        depth: int,
        before: Block | None,
        *,
        among_boxes: bool,
        item: Block | None = None,
    ) -> Found:
        """Yield what is on a paragraph's lines, but what the list item is that starts with it."""
        upright = self._upright(lines, paragraph, depth, before)
        if upright is not None:
            yield from upright
            return
        end = paragraph.end_line
        ends = []
        for line in reversed(lines):
            ends.append(end)
            end = line.line - 1 if line.marks else end
        for line, end in zip(lines, reversed(ends), strict=True):
            if line.line in self.taken or not line.marks:
                continue
            reading = read_line(line, among_boxes=among_boxes)
            own_line = item is not None and item.box is not None and line is lines[0]
            if own_line and not (reading.own or reading.roll_call):
                yield from _within_task(reading, line)
                continue
            if reading.own and not (item and _is_part(reading.own, item, line, lines)):
                yield from _own(reading.own, paragraph, line.line, max(line.line, end), depth)
            yield from _beside(reading, line, paragraph, depth, before)

    def _upright(
        self, lines: Sequence[MarkedLine], block: Block, depth: int, before: Block | None
    ) -> list[Entry | ReadingWarning] | None:
        """Return the choosing between outcomes below each other, None where these are none."""
        reading = read_upright(lines)
        if reading is None or any(line.line in self.taken for line in lines):
            return None
        return [*_choosing(reading, block, lines[0].line, lines[-1].line, depth, before)]


def _is_part(mark: Mark, item: Block, line: MarkedLine, lines: Sequence[MarkedLine]) -> bool:
    """Tell a box that is the list item's own, or stands in a sentence that a task goes on with."""
    return line is lines[0] or (item.box is not None and is_in_sentence(mark, lines))


def _own(mark: Mark, block: Block, line: int, end: int, depth: int) -> Found:
    """Yield the entry of a box that a line or a list item starts with."""
    text = mark.text.lstrip("-\u2013\u2014:. ")
    yield Entry(
        kind="inline" if mark.bracketed else "glyph",
        text=text,
        label=leading_bold(mark.tokens),
        checked=mark.result == "passed",
        line=line,
        end_line=end,
        depth=depth,
        block=block,
        box=mark.box,
    )
    yield from _misplaced(mark, text, line)


def _beside(
    reading: BoxedLine, line: MarkedLine, block: Block, depth: int, before: Block | None
) -> Found:
    """Yield the entries of the boxes within a line, and what was not understood of it."""
    if reading.choosing:
        if before is None or (before.kind == "heading" and not before.text.endswith(COLONS)):
            reading = named_behind(reading)
        yield from _choosing(reading, block, line.line, line.line, depth, before)
    elif reading.doubt:
        yield ReadingWarning(line.line, reading.doubt)
    for mark in reading.row:
        text = reading.said or mark.text.strip(" /|,;\u00b7\u2022\u3001\uff0c\uff0f\uff5c\u060c")
        yield Entry(
            kind="inline",
            text=text,
            label=leading_bold(line.lead if reading.said else mark.tokens),
            checked=mark.result == "passed",
            line=line.line,
            end_line=line.line,
            depth=depth,
            block=block,
            box=mark.box,
            roll_call=reading.roll_call,
        )
        yield from _misplaced(mark, text, line.line)


def _within_task(reading: BoxedLine, line: MarkedLine) -> Iterator[ReadingWarning]:
    """Warn of boxes on a task's own line, which are part of its words: it has one box."""
    if reading.choosing or reading.row:
        yield ReadingWarning(
            line.line, f"the boxes within the task \u201c{line.whole}\u201d are not filled in"
        )
    elif reading.doubt:
        yield ReadingWarning(line.line, reading.doubt)


def _choosing(
    reading: BoxedLine, block: Block, line: int, end: int, depth: int, before: Block | None
) -> Found:
    choosing = reading.choosing
    if choosing:
        said = before.text.rstrip(": \uff1a") if before else ""
        yield Entry(
            kind="inline",
            text=choosing.text or said or " / ".join(choice.label for choice in choosing.choices),
            label=choosing.label,
            checked=choosing.checked,
            line=line,
            end_line=end,
            depth=depth,
            block=block,
            choices=choosing.choices,
        )
    if reading.doubt:
        yield ReadingWarning(line, reading.doubt)


def _misplaced(mark: Mark, text: str, line: int) -> Iterator[ReadingWarning]:
    if mark.box is None:
        yield ReadingWarning(line, f"the box of \u201c{text}\u201d cannot be filled in")
    elif mark.glyph.startswith(CROSSED):
        yield ReadingWarning(
            line, f"the box of \u201c{text}\u201d may say done or failed: it is read as not ticked"
        )


def _is_drawn(item: Block) -> bool:
    """Tell whether a list item starts with a drawn box."""
    said = item.said
    return bool(said and said.content.lstrip(_EMPHASIS)[:1] in _DRAWN and item.box is None)


def _introduces(block: Block) -> bool:
    """Tell whether a block says what the boxes after it are about."""
    if block.kind == "heading":
        return True
    text = block.text if block.kind == "paragraph" else ""
    return bool(text) and (text.endswith((":", "?", "\uff1a", "\uff1f")) or text == block.label)


def _end(item: Block) -> int:
    """Return the last line of a list item that belongs to no entry within it."""
    end = item.line
    for block in item.walk():
        if block.kind == "list_item" and (block.box is not None or _is_drawn(block)):
            break
        if block.kind in _CONTENT:
            end = max(end, block.end_line)
    return end
