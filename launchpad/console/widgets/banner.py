"""A red line over whatever is open, for what must be known now and can wait until it closes."""

from textual.content import Content
from textual.widgets import Static


class Banner(Static):
    """Lies over the first line of a screen and takes no keys."""

    def __init__(self, text: str) -> None:
        super().__init__(Content.styled(f" {text}", "bold reverse $text-error"), markup=False)
