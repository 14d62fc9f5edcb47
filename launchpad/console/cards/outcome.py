"""The card for an item's outcomes other than a tick: choose one, say why."""

from launchpad.checklist.model import Item
from launchpad.console.cards.choosing import ChoosingCard
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.launch.intents import RecordResult
from launchpad.launch.kinds import RESULTS, Body, ItemResulted


class OutcomeCard(ChoosingCard):
    """Asks for an item's outcome and its reason."""

    def __init__(self, desk: Desk, item: Item, ink: Ink) -> None:
        super().__init__(
            desk, title="Outcome", about=ink.line(item.text), options=RESULTS, line="reason"
        )
        self._item = item
        self._seen = desk.state.head.seq

    def concerns(self, body: Body) -> bool:
        """Also that somebody else recorded an outcome of the item."""
        recorded = isinstance(body, ItemResulted) and body.item == self._item.id
        return recorded or super().concerns(body)

    def intent(self, choice: int, text: str) -> RecordResult:
        """Return the outcome as an intent."""
        return RecordResult(self._item.id, RESULTS[choice], text, self._seen)
