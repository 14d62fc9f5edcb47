"""What stands in the way below 80 by 24: keys must not act on rows that cannot be seen."""

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

SMALLEST = Size(80, 24)


def too_small(size: Size) -> bool:
    """Say whether a terminal is too small for the console."""
    return size.width < SMALLEST.width or size.height < SMALLEST.height


class SmallScreen(ModalScreen[None]):
    """Says how large the terminal must be. It takes no keys."""

    def compose(self) -> ComposeResult:
        """Say so."""
        yield Static(
            Content(
                f"Launchpad needs {SMALLEST.width}x{SMALLEST.height}.\n"
                "Make the terminal larger; the launch goes on."
            ),
            id="small",
        )
