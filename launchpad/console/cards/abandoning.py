"""The card that gives a rollback up: how each step is left, and whether what runs is ended."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from launchpad.checklist.model import Rollback, Step
from launchpad.console.cards.as_left import ANSWERS, left_fields, left_typed
from launchpad.console.cards.code_word import CodeWordCard
from launchpad.console.cards.pausing import DECIDE_OF_ROLLBACK
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.widgets.entry import Entry
from launchpad.launch.intents import AbandonRollback
from launchpad.launch.kinds import Body
from launchpad.launch.rollback import RollbackState

_LEFT = {"done": "done", "pending": "not done", "skipped": "not done"}
_YES, _NO = frozenset({"yes", "y"}), frozenset({"no", "n"})


class AbandonCard(CodeWordCard):
    """Asks for the reason, an as-left statement a step, and the word."""

    def __init__(self, desk: Desk, plan: Rollback, rollback: RollbackState, ink: Ink) -> None:
        super().__init__(desk, ink, "ABANDON the rollback: people go on by hand")
        self._plan = plan
        self._rollback = rollback
        self._runs = any(self._command_runs(step) for step in plan.steps)

    def concerns(self, body: Body) -> bool:
        """Also that it was paused, resumed or ended by somebody else."""
        return isinstance(body, DECIDE_OF_ROLLBACK) or super().concerns(body)

    def about(self) -> str:
        """Return which rollback."""
        rollback = self._rollback
        return f"attempt {rollback.attempt}, started by {self._ink.line(rollback.by)}"

    def fields(self) -> Iterator[Widget]:
        """Yield a line for each step, and the question whether what runs is to end."""
        yield Static(Content(f"how is each step left: {ANSWERS}"))
        yield from left_fields(self._plan, self._ink, self._known)
        if self._runs:
            yield Static(Content("a command runs: end it, with all it started?"))
            yield Entry(placeholder="yes or no", id="kill")

    def intent(self, reason: str, word: str) -> AbandonRollback | None:
        """Return the end as an intent."""
        kill = self.query_one("#kill", Entry).value.strip().casefold() if self._runs else "no"
        if kill not in _YES | _NO:
            self.refuse("nothing was done: say yes or no to ending what runs")
            return None
        left = left_typed(self._plan, self)
        return AbandonRollback(reason, word, left, kill in _YES)

    def _known(self, step: Step) -> tuple[str, str]:
        return _LEFT.get(self._rollback.step(step.id).status, ""), "unknown"

    def _command_runs(self, step: Step) -> bool:
        return step.kind == "command" and self._rollback.step(step.id).status == "running"
