"""An input line that nothing harmful can be typed or pasted into."""

from textual.widgets import Input

from launchpad.text.safe import safe


class Entry(Input):
    """An Input whose value never holds a character that a terminal obeys."""

    def validate_value(self, value: str) -> str:
        """Make pasted control characters visible before they are drawn."""
        return safe(value)
