"""A rollback that a trigger proposes, on a launch's screen: told at once, again when it is late."""

from textual.app import SystemCommand

from launchpad.checklist.model import Rollback
from launchpad.console.cards.proposal import ProposalCard
from launchpad.console.messages import RollbackWasProposed
from launchpad.console.proposal_words import banner_words, triggers_content
from launchpad.console.screens.detail import DetailScreen
from launchpad.console.screens.timing import TimingScreen
from launchpad.launch.arming import triggers_of
from launchpad.session.proposal_words import proposal_words


class ProposingScreen(TimingScreen):
    """What an operator sees and decides of the triggers of a launch."""

    # By their events' seq, and whether nobody had decided in time: what this console was told of.
    _told: frozenset[tuple[int, bool]] = frozenset()

    def watch_proposals(self) -> None:
        """Tell of each proposal when it is made, and again when nobody decided in time."""
        state, now = self.desk.state, self.launch_now
        cards = [each for each in self.app.screen_stack if isinstance(each, ProposalCard)]
        for card in cards:
            card.draw()
        for proposal in state.triggers.proposals.values():
            words = proposal_words(state, now, proposal.trigger)
            if words is None or (proposal.seq, words.late) in self._told:
                continue
            self._told |= {(proposal.seq, words.late)}
            if cards:
                self.app.bell()
            else:
                card = self._proposal_card(proposal.trigger)
                self.app.post_message(RollbackWasProposed(card, banner_words(words, self._ink)))

    def _proposal_card(self, trigger: str) -> ProposalCard:
        return ProposalCard(
            self.desk, trigger, lambda: self.launch_now, self._ask_code_word, self._ink
        )

    def action_rollback(self) -> None:
        """Show what is proposed; else the rollback, or ask whether to begin one."""
        words = proposal_words(self.desk.state, self.launch_now)
        if words:
            self.app.push_screen(self._proposal_card(words.trigger), lambda _: self.draw())
        else:
            super().action_rollback()

    def _ask_code_word(self, reason: str) -> None:
        plan: Rollback | None = self.desk.state.checklist.rollback
        if plan:
            self.open_rollback_card(plan, reason)

    def action_triggers(self) -> None:
        """Show each trigger, and how it stands."""
        content = triggers_content(self.desk.state, self.launch_now, self._ink)
        self.app.push_screen(DetailScreen(content))

    def trigger_commands(self) -> list[SystemCommand]:
        """Return what can be seen of triggers without a key."""
        if not triggers_of(self.desk.state):
            return []
        said = "what each looks at, armed or why not, tripped"
        return [SystemCommand("look at the triggers", said, self.action_triggers)]
