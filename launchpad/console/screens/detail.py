"""One item or sign-off in full, over the whole screen."""

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
    ]

    def __init__(self, content: Content) -> None:
        super().__init__()
        self._content = content

    def compose(self) -> ComposeResult:
        """Show the text."""
        with VerticalScroll(id="card"):
            yield Static(self._content)
            yield Static(Content.styled("\nesc goes back", "$foreground-muted"))

    def action_down(self) -> None:
        """Move down."""
        self.query_one("#card", VerticalScroll).scroll_down(animate=False)

    def action_up(self) -> None:
        """Move up."""
        self.query_one("#card", VerticalScroll).scroll_up(animate=False)
