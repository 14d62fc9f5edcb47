"""What reaches the console's screens from outside their own keys: past-tense facts."""

from collections.abc import Sequence

from textual.message import Message
from textual.screen import Screen

from launchpad.console.cards.proposal import ProposalCard
from launchpad.console.sight import Sight
from launchpad.launch.event import Event


class LogMoved(Message):
    """The log holds more events than before."""

    def __init__(self, events: Sequence[Event]) -> None:
        super().__init__()
        self.events = events


class Seen(Message):
    """A look beside the events saw something new."""

    def __init__(self, sight: Sight) -> None:
        super().__init__()
        self.sight = sight


class LogLost(Message):
    """The log can no longer be read; why, in one line."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class LogFound(Message):
    """The log can be read again after it was lost."""


class Announced(Message):
    """Something happened that everybody is to know now. why: for a banner, safe."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class RollbackWasProposed(Message):
    """A trigger proposes a rollback: its card is to come up. why: for a banner, safe."""

    def __init__(self, card: ProposalCard, why: str) -> None:
        super().__init__()
        self.card = card
        self.why = why


class RollbackBegan(Message):
    """Somebody started a rollback: a screen is to come up. why: for a banner, safe."""

    def __init__(self, screen: Screen[None], why: str) -> None:
        super().__init__()
        self.screen = screen
        self.why = why
