"""Lists that are moved through with arrows or j and k, and whose cursor stays on its row."""

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from launchpad.console.rows import Row


class Choices(OptionList):
    """Rows that are drawn by others. Nothing re-sorts under the cursor, whatever arrives."""

    BINDINGS = [
        Binding("down,j", "cursor_down", "down", show=False, id="list.down"),
        Binding("up,k", "cursor_up", "up", show=False, id="list.up"),
        Binding("home", "first", "first", show=False, id="list.first"),
        Binding("end", "last", "last", show=False, id="list.last"),
        Binding("pageup", "page_up", "page up", show=False, id="list.page-up"),
        Binding("pagedown", "page_down", "page down", show=False, id="list.page-down"),
        Binding("enter", "select", "open", show=False, id="list.open"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id, markup=False, compact=True)
        self._drawn: dict[str, Content] = {}
        self._order: tuple[str, ...] = ()

    @property
    def chosen(self) -> str | None:
        """The id of the row under the cursor."""
        option = self.highlighted_option
        return option.id if option else None

    def show(self, rows: Sequence[Row]) -> None:
        """Draw these rows: only those that changed where the order is the same."""
        order = tuple(row.id for row in rows)
        if order == self._order:
            for number, row in enumerate(rows):
                if not row.content.is_same(self._drawn[row.id]):
                    self._draw_row(number, row.content)
        else:
            chosen = self.chosen
            self.set_options(Option(row.content, row.id, disabled=not row.chosen) for row in rows)
            self._order = order
            self._put_cursor(chosen)
        self._drawn = {row.id: row.content for row in rows}

    def _draw_row(self, number: int, content: Content) -> None:
        """Draw one row anew, which takes one line like every other.

        OptionList's own way repaints the whole list: 1.2 kB for each latency that moved.
        """
        self.options[number]._set_prompt(content)  # noqa: SLF001 - Textual is pinned for such needs
        self._option_render_cache.clear()
        self.refresh_line(number)

    def _put_cursor(self, chosen: str | None) -> None:
        if chosen in self._order:
            self.highlighted = self._order.index(chosen)
        else:
            self.action_first()
