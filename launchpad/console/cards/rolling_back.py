"""The card that starts a rollback: what will run, as whom, and by whose authority."""

from collections.abc import Iterator

from textual.widget import Widget

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Rollback, Step
from launchpad.console.cards.code_word import CodeWordCard
from launchpad.console.cutover_words import no_return_words
from launchpad.console.desk import Desk
from launchpad.console.fitting import fit
from launchpad.console.ink import Ink
from launchpad.console.rehearsed import flag, taken_words
from launchpad.console.step_words import how, time_words
from launchpad.console.widgets.entry import Entry
from launchpad.launch.as_left import as_recorded
from launchpad.launch.clock_facts import LaunchScrubbed
from launchpad.launch.cutover import no_return
from launchpad.launch.intents import StartRollback
from launchpad.launch.kinds import Body
from launchpad.launch.operations import RollbackAbandoned, RollbackCompleted, RollbackStarted
from launchpad.launch.trigger_facts import TriggerDismissed

_LISTED = 7
_ANYWAY = "past no return"
_TITLE, _LINE = 40, 66
# Beside how the attempt before left a step.
_TITLE_AGAIN = 24
_DECIDE = (
    TriggerDismissed,
    RollbackStarted,
    RollbackAbandoned,
    RollbackCompleted,
    LaunchScrubbed,
)


class RollbackCard(CodeWordCard):
    """Asks for the reason and the word; in a further attempt also for the step to begin at."""

    def __init__(self, desk: Desk, plan: Rollback, ink: Ink, reason: str = "") -> None:
        """Ask about a rollback. reason: what is filled in already, safe."""
        attempt = desk.state.rollback.attempt + 1 if desk.state.rollback else 1
        mode = "LIVE" if desk.state.mode == "live" else "REHEARSAL"
        super().__init__(
            desk, ink, f"ROLL BACK, attempt {attempt}: {ink.line(desk.state.title)} {mode}", reason
        )
        self._plan = plan
        self._again = desk.state.rollback is not None
        self._past = no_return(desk.state)
        self._seen = desk.state.head.seq

    def concerns(self, body: Body) -> bool:
        """Also that it was begun already, or that somebody said no to what it is begun on."""
        return isinstance(body, _DECIDE) or super().concerns(body)

    def about(self) -> str:
        """Return the steps, who they run as, and who may start them."""
        ink, steps, home = self._ink, self._plan.steps, self._desk.state.home
        lines = [no_return_words(self._past, ink)] if self._past else []
        for number, step in enumerate(steps[:_LISTED], 1):
            taken = taken_words(step, self._desk.actuals)
            last = self._left(step) or how(step)
            room = (_TITLE_AGAIN if self._again else _TITLE) - len(taken)
            title = fit(ink.line(step.title), room, ink.cut)
            line = f"{number:>2} {title} {time_words(step):>6}{taken}  {last}"
            lines.append(fit(line, _LINE, ink.cut).rstrip())
        if len(steps) > _LISTED:
            lines.append(f"   and {len(steps) - _LISTED} more steps")
        if never := flag(self._desk.state, self._desk.actuals):
            lines.append(fit(ink.line(never), _LINE, ink.cut).rstrip())
        budget = self._plan.budget_ms
        allowed = f"; budget {duration(budget)}" if budget is not None else "; no budget"
        lines.append(f"runs as {ink.line(f'{home.user}@{home.host}')}{allowed}")
        lines.append(f"authority: {ink.line(self._authority())}")
        return "\n".join(lines)

    def fields(self) -> Iterator[Widget]:
        """Yield the step to begin at, where it was tried before."""
        if self._past:
            yield Entry(placeholder=f"to roll back all the same, type: {_ANYWAY}", id="anyway")
        if self._again:
            yield Entry(placeholder="begin at step number, empty for the first", id="first")

    def intent(self, reason: str, word: str) -> StartRollback | None:
        """Return the start as an intent."""
        if self._past and self.query_one("#anyway", Entry).value.strip().casefold() != _ANYWAY:
            self.refuse(f"nothing was done: past the point of no return it takes: {_ANYWAY}")
            return None
        first = None
        number = self.query_one("#first", Entry).value.strip() if self._again else ""
        if number:
            steps = self._plan.steps
            if not number.isdecimal() or not 1 <= int(number) <= len(steps):
                self.refuse(f"nothing was done: steps have the numbers 1 to {len(steps)}")
                return None
            first = steps[int(number) - 1].id
        return StartRollback(reason, word, first, self._seen, self._past is not None)

    def _left(self, step: Step) -> str:
        """Return how the attempt before this one left a step; "" in the first."""
        before = self._desk.state.rollback
        if before is None:
            return ""
        said = before.statement.steps if before.statement else ()
        text = next((left.text for left in said if left.step == step.id), None)
        return self._ink.line(f"left {text or as_recorded(before.step(step.id))}")

    def _authority(self) -> str:
        titles = {role.id: role.title for role in self._desk.state.checklist.roles}
        named = ", ".join(titles.get(role, role) for role in self._plan.authority)
        return named or self._plan.authority_text or "anybody on the launch"
