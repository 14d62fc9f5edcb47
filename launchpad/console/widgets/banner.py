"""A red line over whatever is open, for what must be known now and can wait until it closes."""

from textual.content import Content
from textual.widgets import Static


class Banner(Static):
    """Lies over the first line of a screen and takes no keys.

    passing: it says what happened and goes; else it stays until what it announces comes up.
    """

    def __init__(self, text: str, *, passing: bool = False) -> None:
        style = f"bold reverse {'$text-warning' if passing else '$text-error'}"
        super().__init__(Content.styled(f" {text}", style), markup=False)
        self.set_class(passing, "-passing")
