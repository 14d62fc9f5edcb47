"""Fitting text into cells, so that what tells texts apart stays visible."""

import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content

# What is said between commas, colons and the like.
_CLAUSE = re.compile(r"(?:[^,;:]|[,;:](?! ))+(?:[,;:] |$)")
_BETWEEN = " ,;:"


def fit(text: str, width: int, cut: str) -> str:
    """Return text in exactly width cells: padded, or cut at its end with a mark."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + cut


def fit_front(text: str, width: int, cut: str) -> str:
    """Return text in exactly width cells: padded, or cut at its front with a mark."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    tail = text
    while cell_len(tail) > width - 1:
        tail = tail[1:]
    return set_cell_size(cut + tail, width)


def fit_content(content: Content, width: int, cut: str) -> Content:
    """Return styled text in exactly width cells: padded, or cut at its end with a mark."""
    if content.cell_length <= width:
        return content.pad_right(width - content.cell_length)
    kept = content.truncate(width - 1)
    return (kept + cut).pad_right(width - kept.cell_length - cell_len(cut))


def fit_parts(parts: Sequence[tuple[str, str]], gap: str, width: int, cut: str) -> Content:
    """Return parts, each a text and its style, joined into at most width cells.

    What has no room ends with a mark, and never inside a clause that holds a figure: the "1h" of
    "1h32m" would be read as another time.
    """
    line = Content(gap).join(Content.styled(text, style) for text, style in parts)
    if line.cell_length <= width:
        return line
    fitting = Content()
    for text, style in parts:
        joined = fitting + gap if fitting else fitting
        room = width - joined.cell_length - cell_len(cut)
        if cell_len(text) > room:
            kept = _without_half_figures(text, max(room, 0))
            return joined + Content.styled(kept + cut, style) if kept else fitting + cut
        fitting = joined + Content.styled(text, style)
    return fitting


def _without_half_figures(text: str, width: int) -> str:
    """Return the front of a text in at most width cells; a clause with figures is whole or left."""
    kept = set_cell_size(text, width).rstrip()
    for clause in _CLAUSE.finditer(text):
        whole = clause.start() + len(clause[0].rstrip(_BETWEEN))
        if clause.start() < len(kept) < whole and any(map(str.isdigit, clause[0])):
            return text[: clause.start()].rstrip(_BETWEEN)
    return kept


def alike(texts: Iterable[str], width: int) -> frozenset[str]:
    """Return those texts that would look the same as another one when cut to width at the end."""
    seen: dict[str, set[str]] = {}
    for text in texts:
        if cell_len(text) > width:
            seen.setdefault(set_cell_size(text, max(width - 1, 0)), set()).add(text)
    return frozenset(text for group in seen.values() if len(group) > 1 for text in group)
