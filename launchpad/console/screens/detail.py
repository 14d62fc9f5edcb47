"""One item or sign-off in full, over the whole screen."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class DetailScreen(ModalScreen[None]):
    """Shows a text that is taller than its pane; the keys scroll it."""

    BINDINGS = [
        Binding("escape,enter", "dismiss", "back", id="detail.leave"),
        Binding("j", "down", show=False, id="detail.down"),
        Binding("k", "up", show=False, id="detail.up"),
        Binding("y", "copy", show=False, id="detail.copy"),
    ]

    def __init__(self, content: Content, copy: Callable[[], None] | None = None) -> None:
        """Show a text. copy: copies a command of what it is about, if it can have one."""
        super().__init__()
        self._content = content
        self._copy = copy

    def compose(self) -> ComposeResult:
        """Show the text."""
        with VerticalScroll(id="card"):
            yield Static(self._content)
            yield Static(Content.styled("esc goes back", "$foreground-muted"), id="detail-hint")

    def action_copy(self) -> None:
        """Copy what the screen below would."""
        if self._copy:
            self._copy()

    def action_down(self) -> None:
        """Move down."""
        self.query_one("#card", VerticalScroll).scroll_down(animate=False)

    def action_up(self) -> None:
        """Move up."""
        self.query_one("#card", VerticalScroll).scroll_up(animate=False)
