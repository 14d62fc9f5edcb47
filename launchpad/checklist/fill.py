"""Filling a document in: boxes, blanks and a launch log behind it, every other byte as it was."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from launchpad.checklist.encoding import Source
from launchpad.checklist.markdown.boxes.writing import is_ticked, marked, ticked, vocabulary_of
from launchpad.checklist.markdown.ending import before_marker
from launchpad.checklist.markdown.tree import MARKER
from launchpad.checklist.model import BlankKind, Checklist, Choice, Result, Span
from launchpad.text.safe import one_line, safe

_LINE_END = re.compile(r"\r\n?|\n")
_INLINE_MARKUP = re.compile(r"[\\`*_\[\]<>&~|]")
# Signs that text damaged by cp1252 cannot carry, and what says the same: three of their bytes are
# undefined there.
_CARRIED = str.maketrans({"\u2610": "\u2b1c", "\u274c": "\u2716", "\u23f3": "\U0001f6a7"})


def fill(
    source: Source,
    checklist: Checklist,
    *,
    results: Mapping[str, Result | None],
    blanks: Mapping[str, Mapping[BlankKind, str]],
    appendix: str,
) -> bytes:
    """Return a Markdown document filled in, in its own encoding.

    checklist: what was read from this source; results: by item id, None for not done; an item
    left out keeps its boxes as they are; blanks: plain texts by sign-off id and kind, an empty
    one leaves its blank; appendix: Markdown that is put behind a marker line, nothing where it is
    empty. Ids that the document has no place for are passed over: items are also added while a
    launch is under way.
    """
    # The places in the checklist count characters of the text as it was repaired when it was read.
    source = replace(source, damage=checklist.damage)
    text = source.readable
    boxes = _boxes(checklist, text, results)
    if source.damage:
        boxes = ((span, new.translate(_CARRIED)) for span, new in boxes)
    edits = sorted([*boxes, *_blanks(checklist, text, blanks)], key=_start)
    pieces: list[str] = []
    position = 0
    for span, new in edits:
        pieces += text[position : span.start], new
        position = span.end
    filled = "".join([*pieces, text[position:]])
    return source.to_bytes(filled + _launch_log(source.name, filled, appendix))


def _boxes(
    checklist: Checklist, text: str, results: Mapping[str, Result | None]
) -> Iterator[tuple[Span, str]]:
    boxes = [item.box for item in checklist.items() if item.box and item.kind == "table"]
    vocabulary = vocabulary_of(_at(text, box) for box in boxes)
    for item in checklist.items():
        if item.id not in results:
            continue
        result = results[item.id]
        if item.choices:
            chosen = _chosen(item.choices, text, result)
            for choice in item.choices:
                box = _at(text, choice.box)
                yield choice.box, ticked(box, chosen=choice is chosen)
        elif item.box:
            yield item.box, marked(_at(text, item.box), result, vocabulary)


def _chosen(choices: Sequence[Choice], text: str, result: Result | None) -> Choice | None:
    """Return the choice to tick: the one that is, where several stand for the same result."""
    fitting = [choice for choice in choices if choice.result == result]
    ticked_ones = [choice for choice in fitting if is_ticked(_at(text, choice.box))]
    return next(iter(ticked_ones or fitting), None)


def _blanks(
    checklist: Checklist, text: str, blanks: Mapping[str, Mapping[BlankKind, str]]
) -> Iterator[tuple[Span, str]]:
    for signoff in checklist.signoffs:
        values = blanks.get(signoff.id, {})
        for blank in signoff.blanks:
            value = one_line(values.get(blank.kind, ""))
            if value:
                yield blank.span, _written(text, blank.span, value)


def _written(text: str, span: Span, value: str) -> str:
    escaped = _INLINE_MARKUP.sub(r"\\\g<0>", value)
    if not _at(text, span).strip():
        return f" {escaped} "
    # A backslash right before it would take the bar between two cells for a character.
    bar = text.startswith("|", span.end)
    return f"{escaped} " if bar and escaped.endswith("\\") else escaped


def _at(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _start(edit: tuple[Span, str]) -> int:
    return edit[0].start


def _launch_log(name: str, text: str, appendix: str) -> str:
    if not appendix:
        return ""
    newline = ([match.group() for match in _LINE_END.finditer(text)] or ["\n"])[-1]
    lines = [safe(line) for line in _LINE_END.split(appendix.rstrip("\r\n"))]
    body = newline.join((MARKER, "", *lines, ""))
    return before_marker(name, text, newline) + body
