"""Blanks to write upon, each with the words before it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it.token import Token

from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.markdown.words import words
from launchpad.checklist.model import Span

Where = Literal["paragraph", "item", "heading", "table"]

_LEAVES = frozenset({"code_block", "fence", "hr", "html_block", "inline"})
_PARENTS: dict[str, Where] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "td_open": "table",
    "th_open": "table",
}
_REMARK = re.compile(r"\([^()]*\)")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class LabelledBlank:
    """A run of underscores and its label.

    label: the words on its line since the last blank; colon: whether they end in one; line:
    1-based; block: the number of its paragraph among all the document's blocks; opens, closes:
    whether it stands on that paragraph's first and last line; span: None in a table.
    """

    label: str
    colon: bool
    where: Where
    line: int
    block: int
    opens: bool
    closes: bool
    span: Span | None


def find_blanks(tree: Tree) -> Iterator[LabelledBlank]:
    """Yield the document's blanks in document order."""
    block = 0
    headers: list[str] = []
    column = 0
    for opening, token in zip(tree.tokens, tree.tokens[1:], strict=False):
        if opening.type == "table_open":
            headers = []
        elif opening.type == "tr_open":
            column = 0
        if token.type not in _LEAVES:
            continue
        block += 1
        if token.type != "inline":
            continue
        where: Where = "item" if "box" in token.meta else _PARENTS[opening.type]
        header = ""
        if opening.type == "th_open":
            headers.append(words(token.children or ()))
        elif opening.type == "td_open":
            header, column = headers[column], column + 1
        yield from _in_block(tree, token, where, block, header)


def _in_block(
    tree: Tree, inline: Token, where: Where, block: int, header: str
) -> Iterator[LabelledBlank]:
    before: list[Token] = []
    first, end = inline.map or (0, 0)
    for token in inline.children or ():
        if token.type in {"softbreak", "hardbreak"}:
            before = []
        elif token.type != "blank":
            before.append(token)
        else:
            said = words(before) or header
            span = None if where == "table" else _span(tree, inline, token)
            line = tree.line_at(span.start) if span else first + 1
            yield LabelledBlank(
                label=_EDGES.sub("", _REMARK.sub("", said)),
                colon=said.endswith(":"),
                where=where,
                line=line,
                block=block,
                opens=line == first + 1,
                closes=line == end,
                span=span,
            )
            before = []


def _span(tree: Tree, inline: Token, blank: Token) -> Span:
    last = tree.offset(inline, blank.meta["end"] - 1)
    return Span(tree.offset(inline, blank.meta["start"]), last + 1)
