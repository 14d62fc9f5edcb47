"""Lines that are drawn by others again and again, of which only those that changed are sent."""

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget


class Lines(Widget):
    """Text in lines that are as wide as the widget."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id, markup=False)
        self._lines: list[Content] = []

    def render(self) -> Content:
        """Return the text."""
        return Content("\n").join(self._lines)

    def show(self, content: Content) -> None:
        """Show a text. Only where it has more or fewer lines is the screen laid out anew."""
        before, self._lines = self._lines, list(content.split("\n"))
        if len(before) != len(self._lines):
            self.refresh(layout=True)
            return
        changed = [
            Region(0, row, self.size.width, 1)
            for row, (old, new) in enumerate(zip(before, self._lines, strict=True))
            if not new.is_same(old)
        ]
        if changed:
            self.refresh(*changed)
