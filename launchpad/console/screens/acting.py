"""The acts of a launch screen: the keys that record something, and the cards they open."""

from collections.abc import Sequence

from textual import work
from textual.screen import Screen

from launchpad.checklist.model import Item, Phase, Rollback, SignOff
from launchpad.console.cards.card import Card
from launchpad.console.cards.closing import CloseCard
from launchpad.console.cards.note import NoteCard
from launchpad.console.cards.outcome import OutcomeCard
from launchpad.console.cards.polling import OpenPollCard, PollCard, opening
from launchpad.console.cards.rolling_back import RollbackCard
from launchpad.console.cards.signing import RevokeCard, SignCard
from launchpad.console.cards.undo import UndoCard
from launchpad.console.conducting import Conducting
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.keys import bound
from launchpad.console.screens.rollback import RollbackScreen, rollback_folded
from launchpad.console.status import Standpoint
from launchpad.launch.decide import decide
from launchpad.launch.intents import RecordResult, StartRollback, SwitchDemo
from launchpad.launch.operations import DemoMode
from launchpad.launch.refused import Refused
from launchpad.log.errors import LogError
from launchpad.session.clock import now

# Standings that one key may change; the others go through the outcome card.
_TICKABLE = frozenset({"open", "in-progress", "blocked", "from-document"})
_ACTS = frozenset({"tick", "outcome", "sign", "note", "undo", "close_launch", "switch_demo"})


class ActingScreen(Screen[None]):
    """What an operator can do to a launch; where the cursor is, the screen below this says."""

    BINDINGS = [
        bound("space", "tick", "tick", "item.tick", "the item under the cursor passed"),
        bound(
            "o", "outcome", "outcome", "item.outcome", "failed, blocked, not applicable and others"
        ),
        bound("s", "sign", "sign", "signoff.sign", "sign this phase, or revoke a signature"),
        bound("e", "note", "note", "item.note", "a note on the item under the cursor"),
        bound("u", "undo", "undo", "record.undo", "take your last record back", footer=False),
        bound("P", "poll", "poll", "poll.open", "the go/no-go poll: open it, vote, decide"),
        bound("R", "rollback", "rollback", "rollback.open", "start the rollback, or look at it"),
    ]

    def __init__(self, desk: Desk, conducting: Conducting, ink: Ink) -> None:
        super().__init__()
        self.desk = desk
        self.conducting = conducting
        self._ink = ink

    def chosen(self) -> Item | SignOff | None:
        """Return what the cursor is on."""
        raise NotImplementedError

    def shown(self) -> Sequence[Phase]:
        """Return the phases whose rows are listed."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw what changed."""
        raise NotImplementedError

    @property
    def standpoint(self) -> Standpoint:
        """What the status lines show beside the launch itself, now."""
        desk, at = self.desk, now()
        return Standpoint(
            at=at,
            person=desk.person,
            seat=desk.seat.seat if desk.seat else None,
            seats=desk.seats,
            trouble=desk.lost or desk.trouble,
            waiting=desk.waiting,
            sight=desk.sight,
            lost=self.conducting.lost(desk.state, desk.sight, at),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey out what cannot be done: for who only looks, and after the close."""
        if action in _ACTS and (self.desk.by is None or self.desk.state.closure):
            return None
        if action == "poll" and not self._poll_there():
            return None
        if action == "rollback" and not self._rollback_there():
            return None
        return super().check_action(action, parameters)

    async def action_tick(self) -> None:
        """Record that the item under the cursor passed."""
        item = self.chosen()
        if not isinstance(item, Item):
            self._say("s signs a sign-off")
            return
        standing = self.desk.state.standing(item)
        current = self.desk.state.item(item.id).current
        if standing not in _TICKABLE and current:
            self._say(
                f"already {standing} by {current.by}; u takes your own last record back, "
                "o records another outcome"
            )
            return
        self._record(RecordResult(item.id, "passed", "", self.desk.state.head.seq))

    @work
    async def _record(self, intent: RecordResult | SwitchDemo) -> None:
        try:
            await self.desk.submit(intent)
        except Refused as refused:
            self._say(str(refused))
        except LogError as error:
            self._say(f"NOT RECORDED: {error}")
            self.draw()

    def action_outcome(self) -> None:
        """Ask for another outcome of the item under the cursor."""
        item = self.chosen()
        if isinstance(item, Item):
            self._open_card(OutcomeCard(self.desk, item, self._ink))

    def action_sign(self) -> None:
        """Sign the slot under the cursor, else the phase's first open one; or revoke it."""
        chosen = self.chosen()
        slot = chosen if isinstance(chosen, SignOff) else self._open_slot()
        if slot is None:
            self._say("there is no sign-off open in this phase")
        elif self.desk.state.slot(slot.id).signature:
            self._open_card(RevokeCard(self.desk, slot, self._ink))
        else:
            self._open_card(SignCard(self.desk, slot, self._ink))

    def _open_slot(self) -> SignOff | None:
        shown = {phase.id for phase in self.shown()}
        for slot in self.desk.state.checklist.signoffs:
            if slot.phase in shown and self.desk.state.slot(slot.id).signature is None:
                return slot
        return None

    def action_note(self) -> None:
        """Ask for a note on the item under the cursor, else on the launch."""
        item = self.chosen()
        self._open_card(NoteCard(self.desk, item if isinstance(item, Item) else None, self._ink))

    def action_undo(self) -> None:
        """Show one's own last record before it is taken back."""
        person = self.desk.person
        record = self.desk.state.last_record(person.initials) if person else None
        if record is None:
            self._say("you have no record to take back")
        else:
            self._open_card(UndoCard(self.desk, record, self._ink))

    def action_close_launch(self) -> None:
        """Ask how the launch ended."""
        self._open_card(CloseCard(self.desk, self._ink))

    def _poll_there(self) -> bool:
        state = self.desk.state
        if self.desk.by is None or state.closure:
            return state.poll is not None
        return bool(state.poll or state.checklist.roles)

    def action_poll(self) -> None:
        """Vote in the poll that is open or decide it, or ask whether to open one."""
        state, by = self.desk.state, self.desk.person
        if by and not state.closure and not (state.poll and state.poll.open):
            try:
                decide(state, opening(state), by)
            except Refused as refused:
                if state.poll is None:
                    self._say(str(refused))
                    return
            else:
                self._open_card(OpenPollCard(self.desk, self._ink))
                return
        if state.poll:
            self._open_card(PollCard(self.desk, self._ink))

    def _rollback_there(self) -> bool:
        state = self.desk.state
        if self.desk.by is None or state.closure:
            return state.rollback is not None
        return state.checklist.rollback is not None

    def action_rollback(self) -> None:
        """Show the rollback that is under way, else ask whether to begin one."""
        state, by = self.desk.state, self.desk.person
        plan = state.checklist.rollback
        if state.phase == "rolling-back" or (state.rollback and (by is None or state.closure)):
            self.action_show_rollback()
        elif plan is not None and by is not None:
            try:
                # What the rules would say to the right word, before it is asked for.
                seen = state.head.seq
                anyway = StartRollback("-", state.code_word, None, seen, past_no_return=True)
                decide(state, anyway, by)
            except Refused as refused:
                self._say(str(refused))
            else:
                self.open_rollback_card(plan, "")

    def open_rollback_card(self, plan: Rollback, reason: str) -> None:
        """Ask for the code word. reason: what is filled in already."""
        self.app.push_screen(RollbackCard(self.desk, plan, self._ink, reason), self._begun)

    def _begun(self, recorded: bool | None) -> None:  # noqa: FBT001 - a screen's result is its value
        self.draw()
        if recorded:
            self.action_show_rollback()

    def action_show_rollback(self) -> None:
        """Show the newest rollback; one that needs nobody for a while stays until esc."""
        stays = rollback_folded(self.desk.state)
        self.app.push_screen(RollbackScreen(self.desk, self.conducting, self._ink, stays=stays))

    def action_switch_demo(self, mode: DemoMode) -> None:
        """Break or mend the demo's service."""
        self._record(SwitchDemo(mode))

    def _open_card(self, card: Card) -> None:
        self.app.push_screen(card, lambda _recorded: self.draw())

    def _say(self, text: str) -> None:
        self.app.clear_notifications()
        self.notify(self._ink.line(text), markup=False, timeout=6)
