"""The card that shows one's own last record in full before it is taken back."""

from collections.abc import Iterator

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from launchpad.console.cards.card import Card
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.launch.intents import UndoRecord
from launchpad.launch.moment import day, second
from launchpad.launch.state import OwnRecord


class UndoCard(Card):
    """Shows a record; enter takes it back."""

    BINDINGS = [Binding("enter", "take_back", "take it back", id="undo.confirm")]

    def __init__(self, desk: Desk, record: OwnRecord, ink: Ink) -> None:
        super().__init__("Take back your last record?", "enter takes it back, esc leaves it")
        self._desk = desk
        self._record = record
        self._ink = ink

    def parts(self) -> Iterator[Widget]:
        """Yield the record."""
        record = self._record
        subject = f"{self._ink.line(record.subject)}: " if record.subject else ""
        yield Static(
            Content(
                f"{day(record.at)} {second(record.at)}   {record.kind}\n"
                f"{subject}{self._ink.lines(record.text)}"
            )
        )

    async def action_take_back(self) -> None:
        """Record that it was taken back."""
        await self.record(self._desk, UndoRecord(self._record.seq))
