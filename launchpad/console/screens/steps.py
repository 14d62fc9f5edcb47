"""The acts of a launch screen on the step of an item: run it, confirm, resolve or end it."""

from textual.binding import Binding

from launchpad.checklist.model import Item, Step
from launchpad.console.cards.card import Card
from launchpad.console.cards.confirming import ConfirmCard
from launchpad.console.cards.killing import KillCard
from launchpad.console.cards.resolving import ResolveCard
from launchpad.console.cards.running_step import run_card
from launchpad.console.keys import bound
from launchpad.console.screens.acting import ActingScreen
from launchpad.console.screens.output import OutputScreen
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.cutover_rules import require_startable
from launchpad.launch.refused import Refused
from launchpad.launch.step import StepState, is_process

_ENDED_BADLY = frozenset({"failed", "timed-out", "indeterminate"})


class StepsScreen(ActingScreen):
    """What an operator can do about the step of the item under the cursor."""

    BINDINGS = [
        bound("x", "item_step", "its step", "step.item", "run the item's step, or decide about it"),
        Binding(
            "O",
            "step_output",
            "its output",
            show=False,
            id="step.printed",
            tooltip="what the item's step printed",
        ),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys of steps where no item has one; grey them out where this one has none."""
        if action in ("item_step", "step_output"):
            state, item = self.desk.state, self.chosen()
            if not any(each.step for each in state.checklist.items()):
                return False
            if not isinstance(item, Item) or item.step is None:
                return None
            if action == "step_output":
                return True if state.step(CUTOVER, item.id).run else None
            if self.desk.by is None or state.closure:
                return None
        return super().check_action(action, parameters)

    def action_item_step(self) -> None:
        """Ask for what is next about the item's step."""
        item = self.chosen()
        if not isinstance(item, Item) or item.step is None:
            return
        known = self.desk.state.step(CUTOVER, item.id)
        card = self._step_card(item, item.step, known)
        if card:
            self._open_card(card)

    def _step_card(self, item: Item, step: Step, known: StepState) -> Card | None:
        desk, ink = self.desk, self._ink
        if known.status == "running" and step.kind == "manual":
            return ConfirmCard(desk, step, ink, cutover=True)
        if known.status == "running":
            if is_process(step):
                return KillCard(desk, step, ink, cutover=True)
            return ResolveCard(desk, step, known, ink, cutover=True)
        if known.status in _ENDED_BADLY:
            return ResolveCard(desk, step, known, ink, cutover=True)
        try:
            # What the rules would say, before anything is asked.
            require_startable(desk.state)
        except Refused as refused:
            self._say(str(refused))
            return None
        return run_card(desk, item, step, ink)

    def action_step_output(self) -> None:
        """Show all that the item's step printed, following while it prints."""
        item = self.chosen()
        if isinstance(item, Item):
            run = self.desk.state.step(CUTOVER, item.id).run
            self.app.push_screen(OutputScreen(self.desk, CUTOVER, item.id, run, self._ink))
