"""An input line that nothing harmful can be typed or pasted into."""

from textual.widgets import Input

from launchpad.text.safe import safe


class Entry(Input):
    """An Input whose value never holds a character that a terminal obeys."""

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str,
        id: str,  # noqa: A002 - Textual's own word
        disabled: bool = False,
    ) -> None:
        super().__init__(value, placeholder, id=id, disabled=disabled, compact=True)

    def validate_value(self, value: str) -> str:
        """Make pasted control characters visible before they are drawn."""
        return safe(value)
