"""The heading, or the bold line used as one, that a line of a document stands directly beneath."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from launchpad.checklist.markdown.blocks import Block
from launchpad.checklist.markdown.outline.headings import bold_titles


@dataclass(frozen=True, slots=True, eq=False)
class TopPart:
    """A heading, or a bold line.

    block: the heading, or the paragraph that the bold line is in; index: its place at the top
    level; title: a bold line's words, "" of a heading; line: 1-based.
    """

    block: Block
    index: int
    title: str
    line: int


class TopParts:
    """The parts of a document, each looked for once, and only where something asks for it."""

    def __init__(self, root: Block) -> None:
        self._blocks = root.children
        self._lines = [block.line for block in root.children]
        self._own: dict[int, TopPart | None] = {}
        self._around: dict[int, TopPart | None] = {}

    def at(self, line: int) -> TopPart | None:
        """Return the part that a 1-based line lies in, None under no heading.

        A rule ends what stands under a bold line, and goes back to the heading.
        """
        index = bisect_right(self._lines, line) - 1
        passed: list[int] = []
        part = None
        while index >= 0:
            if index in self._around:
                part = self._around[index]
                break
            passed.append(index)
            if self._blocks[index].kind == "hr":
                index = self._heading_before(index) + 1
            elif own := self._begun_at(index):
                part = own
                break
            index -= 1
        self._around.update(dict.fromkeys(passed, part))
        return part

    def end_line(self, part: TopPart) -> int:
        """Return the last 1-based line of a part that says something."""
        end = part.block.end_line
        for block in self._following(part):
            end = block.end_line
        return end

    def held(self, part: TopPart, lines: Sequence[int]) -> Iterator[int]:
        """Yield the places of those of some sorted 1-based lines that lie directly in a part."""
        end = self.end_line(part)
        place = bisect_right(lines, part.line - 1)
        while place < len(lines) and lines[place] <= end:
            if self.at(lines[place]) is part:
                yield place
            place += 1

    def _following(self, part: TopPart) -> Iterator[Block]:
        for index in range(part.index + 1, len(self._blocks)):
            if self._begun_at(index):
                return
            yield self._blocks[index]

    def _heading_before(self, index: int) -> int:
        heading = self._blocks[index].heading
        return bisect_right(self._lines, heading.line) - 1 if heading else -1

    def _begun_at(self, index: int) -> TopPart | None:
        """Return the part that a block begins: a paragraph's last line, or its first alone."""
        if index not in self._own:
            self._own[index] = _part(self._blocks[index], index)
        return self._own[index]


def _part(block: Block, index: int) -> TopPart | None:
    if block.kind == "heading":
        return TopPart(block, index, "", block.line)
    inline = block.inline
    if inline is None or ("**" not in inline.content and "__" not in inline.content):
        return None
    titles = bold_titles(inline)
    if titles[-1]:
        return TopPart(block, index, titles[-1], block.line + len(titles) - 1)
    if titles[0] and not any(titles[1:]):
        return TopPart(block, index, titles[0], block.line)
    return None
