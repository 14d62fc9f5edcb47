"""Blanks to write upon, each with the words before it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from launchpad.checklist.markdown.blocks import Block
from launchpad.checklist.markdown.labels import bare
from launchpad.checklist.markdown.leaves import leaves_with
from launchpad.checklist.markdown.places import first_line, placing
from launchpad.checklist.markdown.signing.bracket_blanks import Asked
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.markdown.words import words
from launchpad.checklist.model import Span

# What blanks hold: a letter tells a placeholder from a box, which is what most brackets are.
_MARKS = ("__", "\\_", re.compile(r"\[[^\W\d_]"))
_COLONS = (":", "\uff1a")
_DASHES = ("\u2013", "\u2014", " -")


@dataclass(frozen=True, slots=True)
class LabelledBlank:
    """A run of underscores, or a placeholder in brackets, and its label.

    label: the words on its line since the last blank; colon, dash: whether they end in one; asked:
    what a placeholder itself asks for, None of underscores; block: the paragraph or heading it
    stands in; line: 1-based; opens, closes: whether it stands on the block's first and last line.
    """

    label: str
    colon: bool
    dash: bool
    asked: Asked | None
    block: Block
    line: int
    opens: bool
    closes: bool
    span: Span

    @property
    def item(self) -> Block | None:
        """The list item that starts with it, None where it stands anywhere else."""
        parent = self.block.parent
        starts = parent and parent.kind == "list_item" and parent.children[0] is self.block
        return parent if starts else None


def find_blanks(tree: Tree) -> Iterator[LabelledBlank]:
    """Yield the blanks of the document's paragraphs and headings, in document order."""
    for block in leaves_with(tree, _MARKS):
        if block.inline:
            yield from _in_block(tree, block, block.inline)


def labelled(inline: Token) -> Iterator[tuple[str, Token]]:
    """Yield the blanks in a block's content, each behind the words on its line since the last."""
    before: list[Token] = []
    for token in inline.children or ():
        if token.type == "blank":
            yield words(before), token
        if token.type in {"blank", "softbreak", "hardbreak"}:
            before = []
        else:
            before.append(token)


def _in_block(tree: Tree, block: Block, inline: Token) -> Iterator[LabelledBlank]:
    found = tuple(labelled(inline))
    if not found:
        return
    place = placing(tree, inline)
    first, last = first_line(tree, inline), inline.map[1] if inline.map else 0
    for said, token in found:
        start = place(token.meta["start"])
        line = tree.line_at(start)
        yield LabelledBlank(
            label=bare(said),
            colon=said.endswith(_COLONS),
            dash=said.endswith(_DASHES),
            asked=token.meta.get("asked"),
            block=block,
            line=line,
            opens=line == first,
            closes=line == last,
            span=Span(start, start + token.meta["end"] - token.meta["start"]),
        )
