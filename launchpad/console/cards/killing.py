"""The card that ends a step that runs, and only that one."""

from collections.abc import Iterator

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Step
from launchpad.console.cards.card import Card
from launchpad.console.cards.on_step import on_step
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.widgets.entry import Entry
from launchpad.launch.intents import KillStep
from launchpad.launch.kinds import Body
from launchpad.steps.order import GRACE_MS


class KillCard(Card):
    """Asks why a step is to be ended. cutover: whether it is an item's, not the rollback's."""

    def __init__(self, desk: Desk, step: Step, ink: Ink, *, cutover: bool = False) -> None:
        super().__init__("End this step?", "enter ends it, esc lets it run")
        self._desk = desk
        self._step = step
        self._cutover = cutover
        self._ink = ink
        self._seen = desk.state.head.seq

    def concerns(self, body: Body) -> bool:
        """Also what becomes of the step."""
        return on_step(body, self._step.id, cutover=self._cutover) or super().concerns(body)

    def parts(self) -> Iterator[Widget]:
        """Yield what it means, and the line for the reason."""
        grace_ms = GRACE_MS if self._step.kill_grace_ms is None else self._step.kill_grace_ms
        told = (
            f"{self._ink.line(self._step.title)}\n"
            f"SIGTERM to all that it started, {duration(grace_ms)} later SIGKILL. It may have had "
            "part of its effect: what becomes of it is asked next."
        )
        yield Static(Content(told))
        yield Entry(placeholder="why", id="reason")

    @on(Input.Submitted, "#reason")
    async def confirm(self, event: Input.Submitted) -> None:
        """Record that it is to end."""
        intent = KillStep(self._step.id, event.value, self._seen, self._cutover)
        await self.record(self._desk, intent)
