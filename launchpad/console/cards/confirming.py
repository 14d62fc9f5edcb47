"""The card that says that a step by hand is done."""

from collections.abc import Iterator

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from launchpad.checklist.model import Step
from launchpad.console.cards.card import Card
from launchpad.console.cards.on_step import on_step
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.widgets.entry import Entry
from launchpad.launch.intents import ConfirmStep
from launchpad.launch.kinds import Body

_LINES = 8


class ConfirmCard(Card):
    """Asks for the own initials, typed, and for a word on how it went.

    cutover: whether the step is an item's, not the rollback's.
    """

    def __init__(self, desk: Desk, step: Step, ink: Ink, *, cutover: bool = False) -> None:
        hint = "type your initials; enter says that it is done, tab goes on, esc leaves"
        super().__init__("Done by hand?", hint)
        self._desk = desk
        self._step = step
        self._cutover = cutover
        self._ink = ink
        self._seen = desk.state.head.seq

    def concerns(self, body: Body) -> bool:
        """Also what becomes of the step."""
        return on_step(body, self._step.id, cutover=self._cutover) or super().concerns(body)

    def parts(self) -> Iterator[Widget]:
        """Yield the step, what it asks for, and the blanks."""
        told = self._ink.lines(self._step.instructions).splitlines()
        shown = [self._ink.line(self._step.title), *told[:_LINES]]
        yield Static(Content("\n".join(shown)))
        yield Entry(placeholder="your initials", id="initials")
        yield Entry(placeholder="what was done, or empty", id="note")

    @on(Input.Submitted)
    async def confirm(self) -> None:
        """Record that it is done."""
        initials, note = (
            self.query_one(f"#{blank}", Entry).value for blank in ("initials", "note")
        )
        mine = self._desk.person.initials if self._desk.person else ""
        if not initials.strip():
            self.refuse("type your initials")
        elif initials.strip().upper() != mine:
            self.refuse(f"you are {self._ink.line(mine)} here; it takes your own initials")
        else:
            intent = ConfirmStep(self._step.id, note, self._seen, self._cutover)
            await self.record(self._desk, intent)
