"""The card that says what becomes of a step that did not end well."""

from launchpad.checklist.model import Step
from launchpad.console.cards.choosing import ChoosingCard
from launchpad.console.cards.on_step import on_step
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.words import STEP_WORDS
from launchpad.launch.intents import ResolveStep
from launchpad.launch.kinds import Body
from launchpad.launch.operations import Resolution
from launchpad.launch.step import StepState

_MEANINGS: dict[Resolution, str] = {
    "done": "done: it has had its effect",
    "skip": "skip: it is not done, and nothing waits for it",
    "retry": "retry: it runs once more",
}


class ResolveCard(ChoosingCard):
    """Asks for done, skip or retry, and why. A step that only waits is not retried.

    cutover: whether the step is an item's, not the rollback's.
    """

    def __init__(
        self, desk: Desk, step: Step, state: StepState, ink: Ink, *, cutover: bool = False
    ) -> None:
        self._step = step
        self._cutover = cutover
        self._seen = desk.state.head.seq
        self._resolutions: list[Resolution] = ["done", "skip"]
        if state.status != "running":
            self._resolutions.append("retry")
        reason = f": {ink.line(state.reason)}" if state.reason else ""
        super().__init__(
            desk,
            title="What becomes of this step?",
            about=f"{ink.line(step.title)}\n{STEP_WORDS[state.status].word}{reason}",
            options=[_MEANINGS[resolution] for resolution in self._resolutions],
            line="reason",
        )

    def concerns(self, body: Body) -> bool:
        """Also what becomes of the step."""
        return on_step(body, self._step.id, cutover=self._cutover) or super().concerns(body)

    def intent(self, choice: int, text: str) -> ResolveStep:
        """Return the decision as an intent."""
        return ResolveStep(
            self._step.id, self._resolutions[choice], text, self._seen, self._cutover
        )
