"""The boxes in a piece of inline Markdown, drawn or in brackets, and their places."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from launchpad.checklist.markdown.boxes.words import (
    CROSSED,
    OPEN,
    STATES,
    TICKED,
    VARIATIONS,
    glyph_result,
    is_box,
)
from launchpad.checklist.markdown.places import first_line, placing
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.markdown.words import words
from launchpad.checklist.model import Result, Span
from launchpad.text.safe import one_line

_GLYPHS = f"{OPEN}{TICKED}{CROSSED}{''.join(STATES)}"
# Brackets that a link's address or name follows are the link's.
_MARK = re.compile(rf"[{_GLYPHS}][{VARIATIONS}]?|\[[ xX]\](?![(\[])|\([ xX]\)")
_BRACKETED = ("[ ]", "[x]", "[X]", "( )", "(x)", "(X)")
_SEEN = frozenset({"text", "code_inline", "html_inline", "image"})
_WORD_ENDS = re.compile(r"[\w\])}]")
_WORD_STARTS = re.compile(r"[\s/|,;]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A box, or a glyph that may be one, and what is said until the next.

    glyph: as it stands in the document; tokens: what follows it on its line; text: the words of
    those, safe; box: the characters to replace, None where their place was not found.
    """

    glyph: str
    tokens: tuple[Token, ...]
    text: str
    box: Span | None

    def saying(self, tokens: Sequence[Token]) -> "Mark":
        """Return it with other words behind it."""
        return replace(self, tokens=tuple(tokens), text=words(tokens))

    @property
    def result(self) -> Result | None:
        """What it says by itself."""
        return glyph_result(self.glyph)

    @property
    def ticked(self) -> bool:
        """Whether anything is drawn in it, of several boxes the one that was chosen."""
        return self.result is not None or self.glyph[0] == CROSSED

    @property
    def is_box(self) -> bool:
        """Whether it is a box wherever it stands, rather than perhaps an ornament."""
        return is_box(self.glyph)

    @property
    def round(self) -> bool:
        """Whether it is made of parentheses, which are a box only beside others of their kind."""
        return self.glyph.startswith("(")

    @property
    def bracketed(self) -> bool:
        """Whether it is made of brackets."""
        return self.glyph in _BRACKETED


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line as a reader sees it.

    lead: what stands before its first mark; text: the words of that, safe; line: 1-based.
    """

    lead: tuple[Token, ...]
    text: str
    marks: tuple[Mark, ...]
    line: int

    @property
    def whole(self) -> str:
        """All its words, with its marks."""
        said = (self.text, *(f"{mark.glyph} {mark.text}" for mark in self.marks))
        return one_line(" ".join(said))


class Glyphs:
    """Whether there is a mark in a text, asked quickly again and again of parts of one document."""

    def __init__(self, text: str) -> None:
        self._found = tuple(
            mark for mark in (*_BRACKETED, *_GLYPHS) if mark[0] in text and mark in text
        )

    def __bool__(self) -> bool:
        """Tell whether there is any mark that could be no ornament."""
        return any(map(is_box, self._found))

    def within(self, text: str) -> bool:
        """Tell whether a part of the document may hold a mark."""
        return any(mark in text for mark in self._found)


def marked_lines(tree: Tree, inline: Token) -> Iterator[MarkedLine]:
    """Yield the lines of a paragraph; one without marks is all lead.

    What follows a line that starts with a mark goes on with it, up to the next mark.
    """
    whole: MarkedLine | None = None
    more: list[Token] = []
    for line in _lines(
        tree, inline, inline.content, placing(tree, inline), first_line(tree, inline)
    ):
        if whole and not line.marks:
            more += (Token("softbreak", "br", 0), *line.lead)
            continue
        if whole:
            yield _continued(whole, more)
        whole, more = (line, []) if line.marks and not line.text else (None, [])
        if not whole:
            yield line
    if whole:
        yield _continued(whole, more)


def marked_cell(tree: Tree, inline: Token, span: Span) -> Iterator[MarkedLine]:
    """Yield the lines of a table's cell, which are divided by `<br>`. span: the cell's."""
    raw = tree.text[span.start : span.end]
    yield from _lines(tree, inline, raw, lambda index: span.start + index, tree.line_at(span.start))


_Place = Callable[[int], int]
# A mark, its place in the text or -1, and what follows it; what leads a line has no mark.
_Part = tuple[str, int, list[Token]]


def _lines(tree: Tree, inline: Token, raw: str, place: _Place, line: int) -> Iterator[MarkedLine]:
    """Divide inline tokens into lines and marks.

    The tokens know no places, but the marks follow each other as they do in the raw text. Where
    there are more or fewer, such as for a glyph in a link's address, no place can be told.
    """
    children = inline.children or []
    shown = sum(
        1 for token in children if token.type in _SEEN for _ in _MARK.finditer(token.content)
    )
    found = [match.start() for match in _MARK.finditer(raw)]
    places = iter(found if len(found) == shown else [-1] * shown)
    parts: list[_Part] = [("", -1, [])]
    for token in children:
        breaks = token.type in {"softbreak", "hardbreak"}
        if token.type == "text":
            first, *rest = _divided(token, raw, place, places)
            parts[-1][2].extend(first[2])
            parts.extend(rest)
            continue
        if token.type in _SEEN:
            for _ in _MARK.finditer(token.content):
                next(places)
        if breaks or (token.type == "html_inline" and _BREAK.match(token.content)):
            yield _line(tree, parts, line)
            parts = [("", -1, [])]
            line += breaks
        else:
            parts[-1][2].append(token)
    yield _line(tree, parts, line)


def _continued(line: MarkedLine, more: Sequence[Token]) -> MarkedLine:
    *marks, last = line.marks
    return replace(line, marks=(*marks, last.saying([*last.tokens, *more])))


def _divided(token: Token, raw: str, place: _Place, places: Iterator[int]) -> Iterator[_Part]:
    """Divide a text into what stands before its marks, and each mark with what follows it."""
    text = token.content
    glyph, at, start = "", -1, 0
    for match in _MARK.finditer(text):
        index = next(places)
        if _stands_alone(text, match, raw, index):
            yield glyph, at, [Token("text", "", 0, content=text[start : match.start()])]
            glyph, start = match.group(), match.end()
            at = place(index) if index >= 0 else -1
    yield glyph, at, [Token("text", "", 0, content=text[start:])]


def _stands_alone(text: str, match: re.Match[str], raw: str, index: int) -> bool:
    """Tell a box in brackets from an index, an escaped bracket, or a word in brackets."""
    if match.group() not in _BRACKETED:
        return True
    if index > 0 and raw[index - 1] == "\\":
        return False
    before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() :][:1]
    return not (_WORD_ENDS.match(before) or (after and not _WORD_STARTS.match(after)))


def _line(tree: Tree, parts: Sequence[_Part], line: int) -> MarkedLine:
    (_, _, lead), *rest = parts
    # What is opened before the first mark, such as bold type, also holds what follows the mark.
    text = words(lead)
    opened = [] if text else lead
    marks = []
    for number, (glyph, offset, said) in enumerate(rest):
        tokens = (*said,) if number else (*opened, *said)
        box = None
        if offset >= 0 and tree.text.startswith(glyph, offset):
            line = tree.line_at(offset)
            inside = 1 if glyph in _BRACKETED else 0
            box = Span(offset + inside, offset + len(glyph) - inside)
        marks.append(Mark(glyph, tokens, words(tokens), box))
    return MarkedLine(tuple(lead), text, tuple(marks), line)
