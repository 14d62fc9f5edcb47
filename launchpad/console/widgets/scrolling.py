"""Scroll bars for terminals that have only ASCII."""

from textual.scrollbar import ScrollBar, ScrollBarRender


class WholeCells(ScrollBarRender):
    """Draws a scroll bar's ends in whole cells, not in eighths of one."""

    VERTICAL_BARS = [" "] * 8
    HORIZONTAL_BARS = [" "] * 8


def scroll_in_whole_cells() -> None:
    """Draw this process's scroll bars without block glyphs."""
    ScrollBar.renderer = WholeCells
