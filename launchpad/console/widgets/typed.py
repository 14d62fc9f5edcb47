"""An input line for a word that has to be typed: what is pasted into it is refused."""

from textual.events import Paste
from textual.message import Message

from launchpad.console.widgets.entry import Entry


class TypedWord(Entry):
    """An Entry that takes keys only. A word that was pasted says nothing about who is there."""

    class PasteRefused(Message):
        """Something was pasted; nothing of it was taken."""

    def _on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        self.post_message(self.PasteRefused())

    def action_paste(self) -> None:
        """Refuse what was copied within the program, too."""
        self.post_message(self.PasteRefused())
