"""The card that asks whether a checklist is to become a launch."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class OpenCard(ModalScreen[bool]):
    """Asks once; its key is not the one that opened it."""

    BINDINGS = [
        Binding("o", "dismiss(True)", "open the launch", id="opening.confirm"),
        Binding("escape", "dismiss(False)", "back", id="opening.leave"),
    ]

    def __init__(self, title: str, name: str, items: int) -> None:
        super().__init__()
        self._text = f"{title}\n{name}, {items} items"

    def compose(self) -> ComposeResult:
        """Say what would be opened."""
        with Vertical(id="card"):
            yield Static(Content.styled("Open a launch of this checklist?", "bold"))
            yield Static(Content(self._text))
            yield Static(Content.styled("o opens it, esc goes back", "$foreground-muted"))
