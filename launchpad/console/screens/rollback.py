"""The rollback screen: the clock, the steps, what waits for somebody, what is printed.

Nothing on it has the focus, and enter does nothing: it may have come up while somebody typed.
"""

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Footer

from launchpad.checklist.model import Snippet, Step
from launchpad.console import rollback_lines
from launchpad.console.cards.abandoning import AbandonCard
from launchpad.console.cards.card import Card
from launchpad.console.cards.confirming import ConfirmCard
from launchpad.console.cards.killing import KillCard
from launchpad.console.cards.pausing import PauseCard, ResumeCard
from launchpad.console.cards.resolving import ResolveCard
from launchpad.console.conducting import Conducting
from launchpad.console.desk import Desk
from launchpad.console.facts import snippets
from launchpad.console.ink import Ink
from launchpad.console.keys import bound
from launchpad.console.rollback_lines import RollbackView, view_of
from launchpad.console.screens.copying import CopyingScreen
from launchpad.console.screens.output import OutputScreen
from launchpad.console.sight import looked_at
from launchpad.console.widgets.pane import Pane
from launchpad.launch.forecast import folded
from launchpad.launch.moment import moment_at
from launchpad.launch.rollback import waiting_for
from launchpad.launch.state import LaunchState
from launchpad.launch.step import StepState, is_process, wanting
from launchpad.session.clock import now

_OUTPUT_AT_LEAST = 5
_DECIDING = frozenset({"confirm_step", "kill_step", "pause", "abandon", "resolve"})


def rollback_folded(state: LaunchState) -> bool:
    """Say whether a rollback needs nobody for a while, and leaves the screen to the launch."""
    plan, rollback = state.checklist.rollback, state.rollback
    if plan is None or rollback is None:
        return False
    return folded(plan, rollback, moment_at(now())) is not None


class RollbackScreen(CopyingScreen):
    """One rollback under way, or over."""

    BINDINGS = [
        bound("i", "confirm_step", "step done", "step.confirm", "a step by hand is done"),
        bound("r", "resolve", "resolve", "step.resolve", "done, skip or retry a failed step"),
        bound("k", "kill_step", "end step", "step.kill", "end the step that runs, and only that"),
        bound("p", "pause", "pause", "rollback.pause", "let no further step start, or resume"),
        bound("A", "abandon", "abandon", "rollback.abandon", "people go on by hand"),
        bound("o", "output", "output", "step.output", "all that the step printed"),
        Binding("escape", "dismiss", "launch", id="rollback.leave"),
        Binding("question_mark", "app.show_keys", "help", id="app.help"),
        Binding("colon", "app.command_palette", "every action", show=False, id="app.palette"),
        Binding("q", "app.leave", "leave", id="app.leave"),
    ]

    def __init__(
        self, desk: Desk, conducting: Conducting, ink: Ink, *, stays: bool = False
    ) -> None:
        """Show the newest rollback.

        stays: also while it needs nobody for a while; else the screen then leaves by itself.
        """
        super().__init__()
        self._stays = stays
        self._desk = desk
        self._conducting = conducting
        self._ink = ink
        self._live: list[bool | None] = []

    def compose(self) -> ComposeResult:
        """Lay the panes out."""
        yield Pane(id="rollback-heading")
        yield Pane(id="rollback-clock")
        yield Pane(id="rollback-steps")
        yield Pane(id="rollback-output")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Keep the clock going."""
        self.set_interval(1, self.draw)

    def on_resize(self) -> None:
        """Draw to the new size once the panes have theirs."""
        self.call_after_refresh(self.draw)

    def on_screen_resume(self) -> None:
        """Draw to the size that the panes have by now."""
        self.call_after_refresh(self.draw)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey out what cannot be done now."""
        state = self._desk.state
        rollback = state.rollback
        if action in _DECIDING:
            if self._desk.by is None or state.closure or rollback is None or rollback.over:
                return None
            waiting = self._waiting()
            if action == "confirm_step" and not (waiting and waiting[0].kind == "manual"):
                return None
            if action == "kill_step" and not (waiting and self._killable(*waiting)):
                return None
            if action == "resolve" and not (waiting and self._resolvable(*waiting)):
                return None
        return super().check_action(action, parameters)

    def draw(self) -> None:
        """Draw what changed."""
        view = self._view()
        # It never goes from below a card.
        if not self._stays and self.is_current and rollback_folded(self._desk.state):
            self.dismiss()
            return
        if not (self.is_mounted and self.is_attached and self.display) or view is None:
            return
        width, height = self.size
        if not width:
            return
        ink, lost = self._ink, self._conducting.lost(self._desk.state, self._desk.sight, view.at)
        trouble = self._desk.lost or self._desk.trouble
        said = f"NOT RECORDED: {trouble}" if trouble else None
        if lost and not said and not view.rollback.over:
            said = f"{lost.why} {lost.command or ''}".rstrip()
        heading = rollback_lines.heading(view, said, width, ink)
        self.query_one("#rollback-heading", Pane).show(Content("\n").join(heading))
        self.query_one("#rollback-clock", Pane).show(rollback_lines.clock(view, width, ink))
        # Heading, clock, footer and the blank lines between them.
        room = height - len(heading) - 3 - 1 - 2
        listed = max(min(len(view.plan.steps), room - _OUTPUT_AT_LEAST), 1)
        self.query_one("#rollback-steps", Pane).show(rollback_lines.steps(view, width, listed, ink))
        self.query_one("#rollback-output", Pane).show(
            rollback_lines.output(view, width, room - listed, ink)
        )
        # The footer is made anew only where a key came to life or ceased to act.
        live = [self.check_action(action, ()) for action in sorted(_DECIDING)]
        if live != self._live:
            self._live = live
            self.refresh_bindings()

    def _view(self) -> RollbackView | None:
        sight = self._desk.sight
        return view_of(self._desk.state, now(), sight.printed if sight else None)

    def _waiting(self) -> tuple[Step, StepState] | None:
        plan, rollback = self._desk.state.checklist.rollback, self._desk.state.rollback
        return waiting_for(plan, rollback) if plan and rollback else None

    def _killable(self, step: Step, state: StepState) -> bool:
        return is_process(step) and state.status == "running" and state.kill is None

    def _resolvable(self, step: Step, state: StepState) -> bool:
        return wanting(step, state) or (not is_process(step) and state.status == "running")

    def action_confirm_step(self) -> None:
        """Ask who did what a step asks for."""
        waiting = self._waiting()
        if waiting:
            self._open_card(ConfirmCard(self._desk, waiting[0], self._ink))

    def action_kill_step(self) -> None:
        """Ask why the step that runs is to be ended."""
        waiting = self._waiting()
        if waiting:
            self._open_card(KillCard(self._desk, waiting[0], self._ink))

    def action_resolve(self) -> None:
        """Ask what becomes of the step that waits."""
        waiting = self._waiting()
        if waiting:
            self._open_card(ResolveCard(self._desk, *waiting, self._ink))

    def action_pause(self) -> None:
        """Ask why to pause, or whether to go on."""
        plan, rollback = self._desk.state.checklist.rollback, self._desk.state.rollback
        if rollback and rollback.status == "paused":
            self._open_card(ResumeCard(self._desk, rollback.pause or "", self._ink))
        elif plan and rollback:
            self._open_card(PauseCard(self._desk, plan, rollback, self._ink))

    def action_abandon(self) -> None:
        """Ask how each step is left."""
        plan, rollback = self._desk.state.checklist.rollback, self._desk.state.rollback
        if plan and rollback:
            self._open_card(AbandonCard(self._desk, plan, rollback, self._ink))

    def action_output(self) -> None:
        """Show all that the step at work printed."""
        step, rollback = looked_at(self._desk.state), self._desk.state.rollback
        if step and rollback:
            run = rollback.step(step.id).run
            self.app.push_screen(
                OutputScreen(self._desk, rollback.attempt, step.id, run, self._ink)
            )

    def to_copy(self) -> tuple[Sequence[Snippet], Mapping[str, str]]:
        """Return the commands of the step at work, and those of the whole rollback."""
        state = self._desk.state
        step, plan = looked_at(state), state.checklist.rollback
        ids = (*(step.snippets if step else ()), *(plan.snippets if plan else ()))
        return snippets(ids, state.checklist), state.opened.vars

    def _open_card(self, card: Card) -> None:
        self.app.push_screen(card, lambda _recorded: self.draw())
