"""The card for a note on an item, or on the launch."""

from collections.abc import Iterator

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from launchpad.checklist.model import Item
from launchpad.console.cards.card import Card
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.widgets.entry import Entry
from launchpad.launch.intents import AddNote


class NoteCard(Card):
    """Asks for one line of text. item: what the note is on, None for the launch."""

    def __init__(self, desk: Desk, item: Item | None, ink: Ink) -> None:
        super().__init__("Note", "enter records the note, esc leaves")
        self._desk = desk
        self._item = item
        self._about = ink.line(item.text if item else desk.state.title)

    def parts(self) -> Iterator[Widget]:
        """Yield what the note is about, and the line to write on."""
        yield Static(Content(self._about))
        yield Entry(placeholder="what happened", id="note")

    @on(Input.Submitted, "#note")
    async def confirm(self, event: Input.Submitted) -> None:
        """Record the note."""
        item = self._item.id if self._item else None
        await self.record(self._desk, AddNote(item, event.value))
