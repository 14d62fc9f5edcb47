"""The card of a proposed rollback. It comes up by itself, and enter does nothing on it."""

from collections.abc import Callable, Iterator

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from launchpad.console.cards.card import Card
from launchpad.console.cards.dismissing import DismissCard
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.proposal_words import proposal_lines, settled_lines
from launchpad.console.widgets.pane import Pane
from launchpad.launch.moment import Moment
from launchpad.session.proposal_words import proposal_words

_HINT = "b begins it (code word typed), d dismisses it, esc leaves it open"


class ProposalCard(Card):
    """Shows one proposal, its timer running; what is decided is asked on another card.

    at: returns the moment by which the launch's clock is shown; begin: asks for the code word, with
    a reason filled in.
    """

    BINDINGS = [
        Binding("b", "begin", "begin the rollback", id="proposal.begin"),
        Binding("d", "dismiss_it", "dismiss it", id="proposal.dismiss"),
    ]

    def __init__(
        self,
        desk: Desk,
        trigger: str,
        at: Callable[[], Moment],
        begin: Callable[[str], None],
        ink: Ink,
    ) -> None:
        mode = "LIVE" if desk.state.mode == "live" else "REHEARSAL"
        self._of = f"{ink.line(desk.state.title)} {mode}"
        self._ways = _HINT if desk.by else "esc leaves it open"
        super().__init__(f"ROLLBACK PROPOSED: {self._of}", self._ways)
        self._open = True
        self._desk = desk
        self._at = at
        self._begin = begin
        self._ink = ink
        self.trigger = trigger

    @property
    def standing(self) -> bool:
        """Whether somebody still has to decide about it."""
        state = self._desk.state
        return state.phase == "open" and self.trigger in state.triggers.proposals

    def parts(self) -> Iterator[Widget]:
        """Yield what is drawn anew each second."""
        yield Pane(id="proposal")

    def on_mount(self) -> None:
        """Draw it for the first time."""
        self.draw()

    def on_screen_resume(self) -> None:
        """Draw what became of it under another screen."""
        self.draw()

    def draw(self) -> None:
        """Draw what changed; make way for a rollback that began."""
        state, now = self._desk.state, self._at()
        conducted = self._desk.sight is None or self._desk.sight.conductor.alive
        words = proposal_words(state, now, self.trigger, conducted=conducted)
        for pane in self.query("#proposal").results(Pane):
            if words:
                pane.show(proposal_lines(state, words, now, self._ink))
            else:
                pane.show(settled_lines(state, self.trigger, self._ink))
            self._frame(open_still=words is not None)
        if state.phase == "rolling-back" and self.app.screen is self:
            self.dismiss(result=False)

    def _frame(self, *, open_still: bool) -> None:
        """Say around it whether there is something to decide."""
        if open_still is self._open:
            return
        self._open = open_still
        title = f"ROLLBACK {'' if open_still else 'WAS '}PROPOSED: {self._of}"
        hint = self._ways if open_still else "there is nothing to decide any more; esc goes back"
        self.query_one("#card-title", Static).update(Content.styled(title, "bold"))
        self.query_one("#card-hint", Static).update(Content.styled(hint, "$foreground-muted"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey out what cannot be decided: by who only looks, or any more."""
        if action in ("begin", "dismiss_it") and (self._desk.by is None or not self.standing):
            return None
        return super().check_action(action, parameters)

    def action_begin(self) -> None:
        """Ask for the code word."""
        known = self._desk.state.triggers.trigger(self.trigger)
        self.dismiss(result=False)
        self._begin(f"trigger {self.trigger} on {known.probe}: {known.shown}")

    def action_dismiss_it(self) -> None:
        """Ask why, and for how long."""
        self.app.push_screen(DismissCard(self._desk, self.trigger, self._ink), self._dismissed)

    def _dismissed(self, recorded: bool | None) -> None:  # noqa: FBT001 - a screen's result is its value
        if recorded:
            self.dismiss(result=True)
