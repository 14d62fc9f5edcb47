"""The cards that hold a rollback up and let it go on."""

from collections.abc import Iterator

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from launchpad.console.cards.card import Card
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.widgets.entry import Entry
from launchpad.launch.intents import PauseRollback, ResumeRollback


class PauseCard(Card):
    """Asks why no further step is to start."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Pause the rollback", "enter pauses it, esc leaves it running")
        self._desk = desk

    def parts(self) -> Iterator[Widget]:
        """Yield what it means, and the line for the reason."""
        yield Static(Content("No further step starts. What runs goes on, and so does the clock."))
        yield Entry(placeholder="why", id="reason")

    @on(Input.Submitted, "#reason")
    async def confirm(self, event: Input.Submitted) -> None:
        """Record the pause."""
        await self.record(self._desk, PauseRollback(event.value))


class ResumeCard(Card):
    """Shows why steps do not start; enter lets them start again."""

    BINDINGS = [Binding("enter", "resume", "resume", id="resume.confirm")]

    def __init__(self, desk: Desk, pause: str, ink: Ink) -> None:
        super().__init__("Let steps start again?", "enter resumes the rollback, esc leaves it")
        self._desk = desk
        self._pause = ink.line(pause)
        self._seen = desk.state.head.seq

    def parts(self) -> Iterator[Widget]:
        """Yield why it pauses."""
        yield Static(Content(self._pause))

    async def action_resume(self) -> None:
        """Record that it goes on."""
        await self.record(self._desk, ResumeRollback(self._seen))
