"""What the signs beside a document's headings mean, where the document says so itself.

A tick beside a heading is decoration in one document and a state in the next; only a legend tells.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from launchpad.checklist.markdown.blocks import LISTS, Block
from launchpad.checklist.markdown.labels import bare
from launchpad.checklist.markdown.prose import paragraph_lines
from launchpad.checklist.markdown.tree import Tree

_NAMES = frozenset(
    f"{lead}{name}"
    for lead in ("", "status ", "state ", "progress ", "checklist ", "symbol ", "emoji ", "icon ")
    for name in ("legend", "key", "symbols", "icons", "indicators", "markers", "emojis")
) | {"l\u00e9gende", "legende", "leyenda", "legenda", "\u56fe\u4f8b", "\u51e1\u4f8b"}
_HINTS = (
    "legend",
    "key",
    "symbol",
    "icon",
    "indicator",
    "marker",
    "emoji",
    "gende",
    "yenda",
    "\u4f8b",
)
_LONGEST_NAME = max(map(len, _NAMES))
_LONGEST_MEANING = 40
# A sign with what colours it, and the marks that people put around it.
_SIGN = "[\u2190-\u2bff\u3000-\u303f\U0001f000-\U0001faff]"
_SIGNS = re.compile(rf"{_SIGN}(?:\ufe0f|{_SIGN}){{0,7}}")
_NAME_END = re.compile(rf"[:\uff1a]|{_SIGN}")
_EXPLAINED = re.compile(r"\s[-\u2013\u2014]\s|[:;.]\s")
_REMARK = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")
_STATED = re.compile(
    r"(?:[(\[]|: )(?P<state>done|completed?|finished|in[ -]progress|wip|not started|pending|"
    r"blocked|on hold|to[ -]?do|deferred|skipped)[)\]]?"
)
_LONGEST_STATED = 16


@dataclass(frozen=True, slots=True)
class Legend:
    """A document's legend.

    meanings: of each sign, in small letters, safe; lines: the 1-based lines it stands on.
    """

    meanings: Mapping[str, str]
    lines: frozenset[int]

    def state(self, title: str) -> str | None:
        """Return what the sign at a title's start or end means, None without one of the legend."""
        found = {self.meanings.get(sign) for sign in _edge_signs(title)} - {None}
        return found.pop() if len(found) == 1 else None


def declared_state(title: str, legend: Legend | None) -> str | None:
    """Return the state that a heading declares: by a legend's sign, or in brackets at its end."""
    state = legend.state(title) if legend else None
    if state:
        return state
    tail = title[-_LONGEST_STATED:].casefold()
    start = max(tail.rfind("("), tail.rfind("["), tail.rfind(": "))
    stated = _STATED.fullmatch(tail[start:]) if start > 0 else None
    return stated["state"] if stated else None


def find_legend(tree: Tree) -> Legend | None:
    """Return what the document's legends say, None where it has none."""
    meanings: dict[str, str] = {}
    lines: set[int] = set()
    for line, sign, meaning in _entries(tree.root):
        meanings.setdefault(sign, meaning)
        lines.add(line)
    return Legend(meanings, frozenset(lines)) if meanings else None


def _entries(parent: Block) -> Iterator[tuple[int, str, str]]:
    """Yield the entries of all legends: 1-based line, sign, meaning."""
    # Under a heading a legend goes on to the next one; under a line of text it is the next block.
    under: Block | None = None
    for block in parent.children:
        if block.kind == "blockquote":
            yield from _entries(block)
        elif block.kind == "heading":
            under = block if _is_name(block.text) else None
        elif block.kind == "paragraph":
            named = _named(block)
            if named or under:
                yield from _in_paragraph(block)
            under = block if named else under if under and under.kind == "heading" else None
        elif under:
            yield from _in_block(block)
            under = under if under.kind == "heading" else None


def _is_name(text: str) -> bool:
    return len(text) <= 2 * _LONGEST_NAME and bare(text).casefold() in _NAMES


def _named(paragraph: Block) -> bool:
    start = paragraph.inline.content[: 2 * _LONGEST_NAME] if paragraph.inline else ""
    folded = start.casefold()
    if not any(hint in folded for hint in _HINTS):
        return False
    return _behind_name(start.partition("\n")[0]) is not None


def _behind_name(text: str) -> str | None:
    """Return what follows a legend's name, None where a text does not start with one."""
    end = _NAME_END.search(text, 0, 2 * _LONGEST_NAME)
    start = end.start() if end else len(text)
    return text[start:].lstrip(":\uff1a ") if _is_name(text[:start]) else None


def _in_paragraph(block: Block) -> Iterator[tuple[int, str, str]]:
    for line in paragraph_lines(block.inline) if block.inline else ():
        rest = _behind_name(line.text)
        yield from ((line.line, *pair) for pair in _pairs(line.text if rest is None else rest))


def _in_block(block: Block) -> Iterator[tuple[int, str, str]]:
    if block.kind in LISTS:
        for item in block.children:
            if item.said is not None and item.box is None:
                yield from ((item.line, *pair) for pair in _pairs(item.children[0].text))
    elif block.kind == "table":
        for row in (row for part in block.children[1:] for row in part.children):
            text = " ".join(cell.text for cell in row.children[:2])
            yield from ((row.line, *pair) for pair in _pairs(text))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield the signs of a text, each with the words behind it, or before it if it ends in one."""
    found = list(_SIGNS.finditer(text))
    if not found:
        return
    leads = not bare(text[: found[0].start()])
    starts = [0, *(signs.end() for signs in found)]
    ends = [*(signs.start() for signs in found), len(text)]
    for position, signs in enumerate(found):
        beside = position + 1 if leads else position
        said = _EXPLAINED.split(text[starts[beside] : ends[beside]].strip(" :-"), maxsplit=1)[0]
        meaning = bare(said).lower()
        marks = set(_each(signs.group()))
        if 0 < len(meaning) <= _LONGEST_MEANING and len(marks) == 1:
            yield marks.pop(), meaning


def _edge_signs(title: str) -> Iterator[str]:
    """Yield the signs before the first word and behind the last, remarks in brackets apart."""
    plain = _REMARK.sub("", title)
    for edge in (plain, plain[::-1]):
        for character in edge:
            if character.isalnum():
                break
            yield from _each(character)


def _each(signs: str) -> Iterator[str]:
    return (sign for sign in signs if unicodedata.category(sign).startswith("S"))
