"""The key that copies a command, on every screen that shows one."""

from collections.abc import Mapping, Sequence

from textual.binding import Binding
from textual.screen import Screen

from launchpad.checklist.model import Snippet
from launchpad.console.copying import copied
from launchpad.text.safe import one_line


class CopyingScreen(Screen[None]):
    """Copies the commands of what the screen is on, one after the other."""

    BINDINGS = [
        Binding(
            "y",
            "copy",
            "copy a command",
            show=False,
            id="command.copy",
            tooltip="a command of what the cursor is on, to the clipboard",
        )
    ]

    _last: str | None = None

    def to_copy(self) -> tuple[Sequence[Snippet], Mapping[str, str]]:
        """Return the commands of what the screen is on, and the launch's variables."""
        raise NotImplementedError

    def action_copy(self) -> None:
        """Copy the next command, and say what became of it."""
        snippets, values = self.to_copy()
        found = copied(snippets, self._last, values)
        self._last = found.id
        if found.text:
            self.app.copy_to_clipboard(found.text)
        self.app.clear_notifications()
        self.notify(one_line(found.said), markup=False, timeout=6)
