"""Filling a document in: boxes, blanks and a launch log behind it, every other byte as it was."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from launchpad.checklist.encoding import Source
from launchpad.checklist.markdown.ending import before_marker
from launchpad.checklist.markdown.tree import MARKER
from launchpad.checklist.model import BlankKind, Checklist, Span
from launchpad.text.safe import one_line, safe

_LINE_END = re.compile(r"\r\n?|\n")
_INLINE_MARKUP = re.compile(r"[\\`*_\[\]<>&~|]")


def fill(
    source: Source,
    checklist: Checklist,
    *,
    ticked: Mapping[str, bool],
    blanks: Mapping[str, Mapping[BlankKind, str]],
    appendix: str,
) -> bytes:
    """Return a Markdown document filled in, in its own encoding.

    checklist: what was read from this source; ticked: by item id, an item left out keeps its box
    as it is; blanks: plain texts by sign-off id and kind, an empty one leaves its blank;
    appendix: Markdown that is put behind a marker line, nothing where it is empty. Ids that the
    document has no place for are passed over: items are also added while a launch is under way.
    """
    # The places in the checklist count characters of the text as it was repaired when it was read.
    source = replace(source, damage=checklist.damage)
    text = source.readable
    edits = sorted([*_boxes(checklist, text, ticked), *_blanks(checklist, blanks)], key=_start)
    pieces: list[str] = []
    position = 0
    for span, new in edits:
        pieces += text[position : span.start], new
        position = span.end
    filled = "".join([*pieces, text[position:]])
    return source.to_bytes(filled + _launch_log(source.name, filled, appendix))


def _boxes(
    checklist: Checklist, text: str, ticked: Mapping[str, bool]
) -> Iterator[tuple[Span, str]]:
    for item in checklist.items():
        # A box that already says so stays as it is: `X` ticks as well as `x`.
        if item.box and item.id in ticked and ticked[item.id] != _is_ticked(text, item.box):
            yield item.box, "x" if ticked[item.id] else " "


def _is_ticked(text: str, box: Span) -> bool:
    return text[box.start : box.end] in {"x", "X"}


def _blanks(
    checklist: Checklist, blanks: Mapping[str, Mapping[BlankKind, str]]
) -> Iterator[tuple[Span, str]]:
    for signoff in checklist.signoffs:
        values = blanks.get(signoff.id, {})
        for blank in signoff.blanks:
            value = one_line(values.get(blank.kind, ""))
            if value:
                yield blank.span, _INLINE_MARKUP.sub(r"\\\g<0>", value)


def _start(edit: tuple[Span, str]) -> int:
    return edit[0].start


def _launch_log(name: str, text: str, appendix: str) -> str:
    if not appendix:
        return ""
    newline = ([match.group() for match in _LINE_END.finditer(text)] or ["\n"])[-1]
    lines = [safe(line) for line in _LINE_END.split(appendix.rstrip("\r\n"))]
    body = newline.join((MARKER, "", *lines, ""))
    return before_marker(name, text, newline) + body
