"""Headings, and the bold lines that people use as such.

Only what stands at the document's top level divides it: a heading in a list or a quote does not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from launchpad.checklist.markdown.blocks import CODE, LISTS, Block
from launchpad.checklist.markdown.outline.launch_times import launch_time
from launchpad.checklist.markdown.qualities import priority
from launchpad.checklist.markdown.rollback.words import announces_plan, speaks_of_rollback, wording
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.markdown.words import words
from launchpad.checklist.model import ReadingWarning

DEEPEST = 6
"""The deepest level of a real heading; a bold line is one or two levels below."""

_BOLD, _BOLD_WITHIN = DEEPEST + 1, DEEPEST + 2
_LONGEST = 100
_LAST = 10
_SENTENCE_ENDS = (".", "!", "?", "\u3002", "\uff01", "\uff1f", ",", ";")
_CARRIERS = LISTS | CODE | {"table"}
_BRACKETS = ("[ ]", "[x]", "[X]")
_BOXES = (*_BRACKETS, *"\u2610\u2611\u2612\u25a1\u25a2\u25fb\u25fd\u2b1c")
_BESIDE = re.compile(r"[^\w()]{0,40}(?:\([^()]{0,200}\)[^\w()]{0,40})?")
_BEHIND = re.compile(r"[^\w.!?,;)\u3002\uff01\uff1f]+")
# What does not begin a part of the document, but says something of one.
_ASIDE = re.compile(
    r"(?:expected (?:results?|outputs?|outcomes?|responses?)|notes?|nb|important|warning|caution|"
    r"attention|tips?|hints?|examples?)\W{0,9}|"
    r"(?:last )?(?:updated|reviewed|modified)\b.*|version \d.*|"
    r"(?:authors?|contact|created|date|duration|environment|(?:estimated |total )?time|goal|"
    r"owners?|prepared by|purpose|release|status|team|version)\s?[:\uff1a]\s?\S.*",
    re.IGNORECASE,
)
_MAY_ANNOUNCE = re.compile(
    r"authori|condition|criteria|decision|reason|rollback|scenario|threshold|trigger|\b(?:if|when|who)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, or a bold line that is used as one.

    level: 1 to 6, above that of a bold line, 0 of what stands for the document; title: safe;
    line: 1-based; at_ms, until_ms: as a phase's; priority: in the author's words; doubts: what
    looks like a launch time, but was not understood; bare: whether its time has no unit.
    """

    level: int
    title: str
    line: int
    at_ms: int | None = None
    until_ms: int | None = None
    priority: str | None = None
    doubts: tuple[str, ...] = ()
    bare: bool = False

    @property
    def timed(self) -> bool:
        """Whether it has a launch time of its own."""
        return self.at_ms is not None or self.until_ms is not None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a paragraph that is bold, and nothing else.

    carries: whether something to do follows, before the next of its kind.
    """

    title: str
    line: int
    carries: bool


def find_headings(tree: Tree) -> tuple[Heading, ...]:
    """Return the document's headings and the bold lines used as headings, in its order."""
    found: list[Heading] = []
    # Of each real heading that the next line stands under: its level, and whether it announces
    # a rollback, in which the first minutes are those after its own start.
    outer: list[tuple[int, bool]] = []
    within = False
    for one in _in_order(tree.root.children):
        if isinstance(one, Block):
            outer = [other for other in outer if other[0] < one.level]
            found.append(_heading(one.level, one.text, one.line, in_rollback=_in_rollback(outer)))
            outer.append((one.level, _announces_rollback(one.text)))
            within = False
            continue
        back = _in_rollback(outer)
        if not one.carries or _only_announces(one.title, in_rollback=back):
            heading = _heading(_BOLD, one.title, one.line, in_rollback=back)
            # A time with nothing to do of its own is that of the bold lines behind it.
            within = within or heading.timed
            if not heading.timed:
                continue
        else:
            level = _BOLD_WITHIN if within else _BOLD
            heading = _heading(level, one.title, one.line, in_rollback=back)
            if heading.timed:
                within, heading = False, replace(heading, level=_BOLD)
        found.append(heading)
    return _times_in_order(found)


def _times_in_order(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """Return the headings; a bare time after which an earlier one follows is in no minutes.

    "T-14", "T-7", "T-1 day": whoever writes that counts in days.
    """
    settled: list[Heading] = []
    earliest: int | None = None
    for heading in reversed(headings):
        at = heading.at_ms
        if heading.bare and at is not None and earliest is not None and earliest < at:
            doubts = (*heading.doubts, heading.title)
            settled.append(replace(heading, at_ms=None, until_ms=None, doubts=doubts, bare=False))
            continue
        if at is not None:
            earliest = at if earliest is None else min(earliest, at)
        settled.append(heading)
    return tuple(reversed(settled))


def heading_doubts(headings: Sequence[Heading]) -> tuple[ReadingWarning, ...]:
    """Return a warning for each time in a heading that was not understood."""
    return tuple(
        ReadingWarning(
            heading.line, f"\u201c{doubt}\u201d looks like a launch time, but was not understood"
        )
        for heading in headings
        for doubt in heading.doubts
    )


def _heading(level: int, title: str, line: int, *, in_rollback: bool) -> Heading:
    time = None if in_rollback else launch_time(title)
    if time is None:
        return Heading(level, title, line, priority=priority(title))
    return Heading(
        level=level,
        title=title,
        line=line,
        at_ms=time.at_ms,
        until_ms=time.until_ms,
        priority=priority(title),
        doubts=time.doubts,
        bare=time.bare,
    )


def _announces_rollback(title: str) -> bool:
    folded = title[: _LONGEST + 1].casefold()
    spoken = "back" in folded or "out" in folded
    return spoken and len(title) <= _LONGEST and announces_plan(title)


def _in_rollback(outer: Sequence[tuple[int, bool]]) -> bool:
    return any(announces for _, announces in outer)


def _only_announces(title: str, *, in_rollback: bool) -> bool:
    """Tell a line before a rollback's triggers or authority from one that begins a part."""
    if not _MAY_ANNOUNCE.search(title):
        return False
    kind = wording(title)
    back = in_rollback or speaks_of_rollback(title)
    return kind == "authority" or (back and kind == "triggers")


def _in_order(blocks: Sequence[Block]) -> Iterator[Block | _Line]:
    """Yield the headings and the bold lines of the top level."""
    found: list[Block | _Line] = []
    carries = False
    for block in reversed(blocks):
        if block.kind in _CARRIERS:
            carries = True
        elif block.kind == "heading":
            found.append(block)
            carries = False
        elif block.kind == "hr":
            carries = False
        elif block.kind == "blockquote":
            carries = carries or any(inner.kind in LISTS for inner in block.children)
        elif block.inline:
            lines = _bold_lines(block.inline, carries=carries)
            found.extend(reversed(lines))
            carries = (carries and not lines) or _boxed(block.inline.content)
    yield from reversed(found)


def _bold_lines(inline: Token, *, carries: bool) -> list[_Line]:
    """Return the bold lines of a paragraph that may begin a part of the document.

    That is its last line, or its first if the others are plain words, and any before a line with
    a box. carries: whether something to do follows the paragraph.
    """
    # One character is looked for much faster than two of the same.
    if not any(mark[0] in inline.content and mark in inline.content for mark in ("**", "__")):
        return []
    titles = bold_titles(inline)
    if not any(titles):
        return []
    boxed = [_boxed(said) for said in inline.content.split("\n")]
    first = inline.map[0] + 1 if inline.map else 1
    last, count = len(titles) - 1, sum(map(bool, titles))
    return [
        _Line(title, first + number, carries or any(boxed[number + 1 :]))
        for number, title in enumerate(titles)
        if title
        and (number == last or (number == 0 and count == 1) or any(boxed[number + 1 : number + 2]))
    ]


def _boxed(text: str) -> bool:
    # Looking for each is faster than an expression, which looks at each character.
    return any(map(text.__contains__, _BRACKETS if text.isascii() else _BOXES))


def bold_titles(inline: Token) -> list[str]:
    """Return for each line of a paragraph its words if it is bold, and nothing else; else ""."""
    return [_bold_title(line) for line in _split(inline.children or ())]


def _split(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each line of a paragraph."""
    line: list[Token] = []
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            yield line
            line = []
        else:
            line.append(token)
    yield line


def _bold_title(line: Sequence[Token]) -> str:
    """Return the words of a line that is one bold run and perhaps a remark, else ""."""
    runs, depth = 0, 0
    beside: list[Token] = []
    bold: list[Token] = []
    for token in line:
        if token.type == "blank":
            return ""
        if token.type == "strong_open":
            runs += depth == 0
            depth += 1
        elif token.type == "strong_close":
            depth -= 1
        else:
            (bold if depth else beside).append(token)
    if runs != 1 or not _BESIDE.fullmatch("".join(token.content for token in beside)):
        return ""
    said = "".join(token.content for token in bold)
    title = words(line).rstrip(": \uff1a")
    if len(title) > _LONGEST or _boxed(title) or _ASIDE.fullmatch(title):
        return ""
    ends = _BEHIND.sub("", said[-_LAST:]).endswith(_SENTENCE_ENDS)
    return "" if ends or not any(map(str.isalnum, said)) else title
