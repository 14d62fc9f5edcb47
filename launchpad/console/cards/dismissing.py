"""The card that says no to a trigger for a time."""

from collections.abc import Iterator

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from launchpad.checklist.durations import in_milliseconds
from launchpad.console.cards.card import Card
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.widgets.entry import Entry
from launchpad.launch.intents import DismissTrigger
from launchpad.launch.kinds import Body
from launchpad.launch.operations import RollbackStarted
from launchpad.launch.trigger_facts import TriggerDismissed


class DismissCard(Card):
    """Asks why, and for how long. Enter goes on from line to line, and acts on the last."""

    def __init__(self, desk: Desk, trigger: str, ink: Ink) -> None:
        hint = "enter goes on to the next line; after the time it acts; esc leaves"
        super().__init__(f"Dismiss the trigger {ink.line(trigger)}", hint)
        self._desk = desk
        self._trigger = trigger
        self._seen = desk.state.head.seq

    def concerns(self, body: Body) -> bool:
        """Also that it was dismissed already, or that the rollback began."""
        if isinstance(body, TriggerDismissed):
            return body.trigger == self._trigger
        return isinstance(body, RollbackStarted) or super().concerns(body)

    def parts(self) -> Iterator[Widget]:
        """Yield what it means, and the blanks."""
        yield Static(
            Content("It proposes nothing for that time. If it is not good then, it trips again.")
        )
        yield Entry(placeholder="the reason", id="reason")
        yield Entry(placeholder="for how long, such as 10m", id="for")

    def on_mount(self) -> None:
        """Begin at the reason."""
        self.query_one("#reason", Entry).focus()

    @on(Input.Submitted)
    async def go_on(self, event: Input.Submitted) -> None:
        """Go on to the time, or record it."""
        if event.input.id == "reason":
            self.query_one("#for", Entry).focus()
            return
        reason = self.query_one("#reason", Entry).value
        for_ms = in_milliseconds(event.value.strip())
        if not reason.strip():
            self.refuse("nothing was done: it needs a reason")
            self.query_one("#reason", Entry).focus()
        elif not for_ms:
            self.refuse("nothing was done: for how long? such as 90s, 10m or 1h")
        else:
            intent = DismissTrigger(self._trigger, reason, for_ms, self._seen)
            await self.record(self._desk, intent)
