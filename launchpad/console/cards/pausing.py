"""The cards that hold a rollback up and let it go on."""

from collections.abc import Iterator

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from launchpad.checklist.model import Rollback, Step
from launchpad.console.cards.as_left import ANSWERS, left_fields, left_typed
from launchpad.console.cards.card import Card
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.widgets.entry import Entry
from launchpad.launch.as_left import as_recorded
from launchpad.launch.intents import PauseRollback, ResumeRollback
from launchpad.launch.kinds import Body
from launchpad.launch.operations import (
    RollbackAbandoned,
    RollbackCompleted,
    RollbackPaused,
    RollbackResumed,
)
from launchpad.launch.rollback import RollbackState

DECIDE_OF_ROLLBACK = (RollbackPaused, RollbackResumed, RollbackAbandoned, RollbackCompleted)
"""What decides about the whole of a rollback that is under way."""


class PauseCard(Card):
    """Asks why no further step is to start, and how the steps are left.

    Enter pauses from every line, so that nobody who is in a hurry walks through the steps: what is
    not said of one is as the log has it.
    """

    def __init__(self, desk: Desk, plan: Rollback, rollback: RollbackState, ink: Ink) -> None:
        hint = "enter pauses it; tab says how a step is left; esc leaves it running"
        super().__init__("Pause the rollback", hint)
        self._desk = desk
        self._plan = plan
        self._rollback = rollback
        self._ink = ink

    def concerns(self, body: Body) -> bool:
        """Also that it was paused, resumed or ended by somebody else."""
        return isinstance(body, DECIDE_OF_ROLLBACK) or super().concerns(body)

    def parts(self) -> Iterator[Widget]:
        """Yield what it means, the line for the reason, and one for each step."""
        self.add_class("-tight")
        yield Static(Content("No further step starts. What runs goes on, and so does the clock."))
        yield Entry(placeholder="why", id="reason")
        yield Static(Content(f"how is each step left, if there is more to say: {ANSWERS}"))
        yield from left_fields(self._plan, self._ink, self._known)

    def on_mount(self) -> None:
        """Begin at the reason."""
        self.query_one("#reason", Entry).focus()

    def _known(self, step: Step) -> tuple[str, str]:
        return "", as_recorded(self._rollback.step(step.id))

    @on(Input.Submitted)
    async def confirm(self) -> None:
        """Record the pause."""
        reason = self.query_one("#reason", Entry).value
        await self.record(self._desk, PauseRollback(reason, left_typed(self._plan, self)))


class ResumeCard(Card):
    """Shows why steps do not start; enter lets them start again."""

    BINDINGS = [Binding("enter", "resume", "resume", id="resume.confirm")]

    def __init__(self, desk: Desk, pause: str, ink: Ink) -> None:
        super().__init__("Let steps start again?", "enter resumes the rollback, esc leaves it")
        self._desk = desk
        self._pause = ink.line(pause)
        self._seen = desk.state.head.seq

    def concerns(self, body: Body) -> bool:
        """Also that it was resumed or ended by somebody else."""
        return isinstance(body, DECIDE_OF_ROLLBACK) or super().concerns(body)

    def parts(self) -> Iterator[Widget]:
        """Yield why it pauses."""
        yield Static(Content(self._pause))

    async def action_resume(self) -> None:
        """Record that it goes on."""
        await self.record(self._desk, ResumeRollback(self._seen))
