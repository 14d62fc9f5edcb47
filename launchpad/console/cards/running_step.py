"""The cards that have an item's step carried out: what it does, as whom, and once more why."""

from collections.abc import Iterator

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Item, Step
from launchpad.console.cards.card import Card
from launchpad.console.cards.code_word import CodeWordCard
from launchpad.console.cards.on_step import on_step
from launchpad.console.cutover_words import what_it_does
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.widgets.entry import Entry
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.intents import RunStep
from launchpad.launch.kinds import Body
from launchpad.session.history import took

_LINES = 9


def run_card(desk: Desk, item: Item, step: Step, ink: Ink) -> Card:
    """Return the card for an item's step."""
    if item.point_of_no_return:
        return NoReturnStepCard(desk, item, step, ink)
    return RunStepCard(desk, item, step, ink)


def _about(desk: Desk, item: Item, step: Step, ink: Ink) -> str:
    lines = [ink.line(line) for line in what_it_does(desk.state, item, step)]
    expected = duration(step.expected_ms) if step.expected_ms is not None else "no estimate"
    known = (desk.cutover_actuals or {}).get(item.id)
    if known:
        expected += f"; {took(known)}"
    cut = [*lines[:_LINES], "…"] if len(lines) > _LINES else lines
    return "\n".join([ink.line(item.text), *cut, f"expected: {expected}"])


class RunStepCard(Card):
    """Enter has the step carried out; one that was begun before needs a reason."""

    BINDINGS = [Binding("enter", "run_step", "run it", id="step.run-it")]

    def __init__(self, desk: Desk, item: Item, step: Step, ink: Ink) -> None:
        mode = "LIVE" if desk.state.mode == "live" else "REHEARSAL"
        super().__init__(f"Run this step? {mode}", "enter runs it, esc does not")
        self._desk = desk
        self._told = _about(desk, item, step, ink)
        self._item = item.id
        self._again = desk.state.step(CUTOVER, item.id).run > 0
        self._seen = desk.state.head.seq

    def concerns(self, body: Body) -> bool:
        """Also that it was asked for already, and what became of it."""
        return on_step(body, self._item, cutover=True) or super().concerns(body)

    def parts(self) -> Iterator[Widget]:
        """Yield what it does, and where it was begun before the line for the reason."""
        yield Static(Content(self._told))
        if self._again:
            yield Entry(placeholder="why once more", id="reason")

    @on(Input.Submitted, "#reason")
    async def run_once_more(self, event: Input.Submitted) -> None:
        """Record that it is wanted again."""
        await self.record(self._desk, RunStep(self._item, self._seen, reason=event.value))

    async def action_run_step(self) -> None:
        """Record that it is wanted."""
        await self.record(self._desk, RunStep(self._item, self._seen))


class NoReturnStepCard(CodeWordCard):
    """Asks for a reason and the code word: nobody goes back behind this step."""

    def __init__(self, desk: Desk, item: Item, step: Step, ink: Ink) -> None:
        mode = "LIVE" if desk.state.mode == "live" else "REHEARSAL"
        super().__init__(desk, ink, f"POINT OF NO RETURN, {mode}: run this step?")
        self._told = _about(desk, item, step, ink)
        self._item = item.id
        self._seen = desk.state.head.seq

    def concerns(self, body: Body) -> bool:
        """Also that it was asked for already, and what became of it."""
        return on_step(body, self._item, cutover=True) or super().concerns(body)

    def about(self) -> str:
        """Return what it does, and what it means."""
        return f"{self._told}\nNobody rolls back the normal way after it."

    def intent(self, reason: str, word: str) -> RunStep:
        """Return the request as an intent."""
        return RunStep(self._item, self._seen, word, reason)
