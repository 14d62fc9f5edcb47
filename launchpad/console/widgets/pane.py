"""Text that is drawn again and again, and goes over the wire only when it changed."""

from textual.content import Content
from textual.widgets import Static


class Pane(Static):
    """A Static that is drawn by others, as often as they like."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id, markup=False)
        self._shown = Content()

    def show(self, content: Content) -> None:
        """Show a text. Only where its size differs is the screen laid out anew."""
        if content.is_same(self._shown):
            return
        resized = content.cell_length != self._shown.cell_length
        self._shown = content
        self.update(content, layout=resized)
