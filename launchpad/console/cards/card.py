"""What all cards share: a frame, one question, a place for a refusal, escape to leave.

A card also says what somebody else decided meanwhile about what it asks.
"""

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.launch.event import Event
from launchpad.launch.intents import Intent
from launchpad.launch.kinds import Body, LaunchClosed, decode
from launchpad.launch.moment import second
from launchpad.launch.person import actor_initials
from launchpad.launch.refused import Refused
from launchpad.launch.state import LaunchState
from launchpad.log.errors import LogError
from launchpad.session.telling import tell


class Card(ModalScreen[bool]):
    """A card; dismissed with True once what it asks for is recorded."""

    BINDINGS = [Binding("escape", "leave_card", "back", id="card.leave")]

    def __init__(self, title: str, hint: str) -> None:
        super().__init__()
        self._title = title
        self._hint = hint
        self._recording = False

    def compose(self) -> ComposeResult:
        """Frame the card's own parts."""
        with VerticalScroll(id="card", can_focus=False):
            yield Static(Content.styled(self._title, "bold"), id="card-title")
            yield Static(id="meanwhile")
            yield from self.parts()
            yield Static(id="refusal")
            yield Static(Content.styled(self._hint, "$foreground-muted"), id="card-hint")

    def parts(self) -> Iterator[Widget]:
        """Yield what the card asks."""
        raise NotImplementedError

    def concerns(self, body: Body) -> bool:
        """Say whether what happened decides about what the card asks; each card adds its own."""
        return isinstance(body, LaunchClosed)

    def receive(self, events: Sequence[Event], state: LaunchState, ink: Ink) -> None:
        """Say what was decided meanwhile, the newest of it. What the card asks can still be done.

        state: the launch after these events.
        """
        for event in reversed(events):
            body = decode(event)
            if body is not None and self.concerns(body):
                who = ink.line(actor_initials(event.actor))
                told = ink.line(tell(event, state))
                said = f"decided meanwhile, {second(event.at)}: {who} {told}"
                pane = self.query_one("#meanwhile", Static)
                pane.update(Content.styled(said, "bold $text-error"))
                pane.add_class("-said")
                return

    def refuse(self, reason: str) -> None:
        """Say why not; the card stays."""
        self.query_one("#refusal", Static).update(Content.styled(reason, "bold $text-error"))

    async def record(self, desk: Desk, intent: Intent) -> None:
        """Submit an intent, and leave the card only when it is durable."""
        if self._recording:
            return
        self._recording = True
        try:
            await desk.submit(intent)
        except Refused as refused:
            self.refuse(str(refused))
        except LogError as error:
            self.refuse(f"NOT RECORDED: {error}")
        else:
            self.dismiss(result=True)
        finally:
            self._recording = False

    def action_leave_card(self) -> None:
        """Go back without recording anything."""
        self.dismiss(result=False)
