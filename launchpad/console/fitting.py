"""Fitting text into cells, so that what tells texts apart stays visible."""

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size
from textual.content import Content


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


def alike(texts: Iterable[str], width: int) -> frozenset[str]:
    """Return those texts that would look the same as another one when cut to width at the end."""
    seen: dict[str, set[str]] = {}
    for text in texts:
        if cell_len(text) > width:
            seen.setdefault(set_cell_size(text, max(width - 1, 0)), set()).add(text)
    return frozenset(text for group in seen.values() if len(group) > 1 for text in group)
