"""A document's top level divided at its headings, and at the bold lines used as headings."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from launchpad.checklist.markdown.blocks import Block
from launchpad.checklist.markdown.headings import bold_titles


@dataclass(slots=True, eq=False)
class TopPart:
    """A heading, or a bold line, with what stands directly beneath it: filled while it is found.

    block: the heading, or the paragraph that the bold line is in; text, label: as of an entry;
    line and end_line: 1-based, inclusive.
    """

    block: Block
    text: str
    label: str
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class TopParts:
    """Where each part starts, None for what stands under no heading.

    A rule ends what stands under a bold line, and goes back to the heading.
    """

    starts: Sequence[int]
    parts: Sequence[TopPart | None]

    def at(self, line: int) -> TopPart | None:
        """Return the part that a 1-based line lies directly in."""
        index = bisect_right(self.starts, line) - 1
        return self.parts[index] if index >= 0 else None


def find_top_parts(root: Block) -> TopParts:
    """Return the parts of a document in its order."""
    starts: list[int] = []
    parts: list[TopPart | None] = []
    heading: TopPart | None = None
    for block in root.children:
        if block.kind == "heading":
            heading = TopPart(block, block.text, block.label, block.line, block.end_line)
            starts.append(block.line)
            parts.append(heading)
        elif block.kind == "hr":
            starts.append(block.line)
            parts.append(heading)
        else:
            for part in _bold(block):
                starts.append(part.line)
                parts.append(part)
            if parts and (last := parts[-1]):
                last.end_line = block.end_line
    return TopParts(starts, parts)


def _bold(block: Block) -> Iterator[TopPart]:
    """Yield a paragraph's last line if it is bold, or its first if no other is."""
    inline = block.inline
    if inline is None or ("**" not in inline.content and "__" not in inline.content):
        return
    titles = bold_titles(inline)
    alone = not any(titles[1:])
    if titles[-1] or (titles[0] and alone):
        place = len(titles) - 1 if titles[-1] else 0
        title = titles[place]
        yield TopPart(block, title, title, block.line + place, block.end_line)
