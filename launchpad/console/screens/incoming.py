"""What comes into a launch's screen from outside its own keys, and the seat at the launch."""

from collections import deque
from collections.abc import Sequence

from textual import on, work

from launchpad.console.cards.card import Card
from launchpad.console.cards.polling import PollCard
from launchpad.console.clock import ConductorClock
from launchpad.console.conducting import Conducting
from launchpad.console.desk import Desk
from launchpad.console.following import Following
from launchpad.console.ink import Ink
from launchpad.console.messages import Announced, LogFound, LogLost, LogMoved, RollbackBegan, Seen
from launchpad.console.poll_words import gone_stale, told_of_poll
from launchpad.console.screens.journal import JournalScreen
from launchpad.console.screens.output import OutputScreen
from launchpad.console.screens.probes import ProbesScreen
from launchpad.console.screens.proposing import ProposingScreen
from launchpad.console.screens.rollback import RollbackScreen, rollback_folded
from launchpad.console.sight import Sight, look
from launchpad.launch.event import Event
from launchpad.launch.intents import LeaveSeat, TakeSeat
from launchpad.launch.moment import moment_at
from launchpad.launch.person import actor_initials
from launchpad.launch.refused import Refused
from launchpad.log.errors import LogError
from launchpad.session.clock import now
from launchpad.session.lease_watch import LeaseWatch

_JOURNAL_KEPT = 50
_SEAT_SECONDS = 5


class IncomingScreen(ProposingScreen):
    """Follows the log, keeps the time and the seat, and sees to it that there is a conductor."""

    def __init__(
        self, desk: Desk, events: Sequence[Event], conducting: Conducting, ink: Ink
    ) -> None:
        """Show a launch. events: the newest ones."""
        super().__init__(desk, conducting, ink)
        self.newest: deque[Event] = deque(events, maxlen=_JOURNAL_KEPT)
        self._following: Following | None = None
        self._heard: ConductorClock | None = None
        self._lease = LeaseWatch(desk.live.log, desk.live.launch)
        self._poll = desk.state.poll
        self._folded = rollback_folded(desk.state)

    def tick(self) -> None:
        """Draw what changes with the time alone."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Take the seat, follow the log, keep the time."""
        self.desk.tell = self._show_events
        self._following = Following(
            self.desk.live.log, self.desk.live.launch, self.desk.state.head.seq, self._look, self
        )
        self._following.start()
        self.set_interval(1, self._second)
        self.set_interval(_SEAT_SECONDS, self._renew_seat)
        self._take_seat()
        self.watch_proposals()
        if self.desk.state.phase == "rolling-back":
            self._tell_of_rollback(self.desk.state.rollback.by if self.desk.state.rollback else "")

    async def on_unmount(self) -> None:
        """Stop following."""
        if self._following:
            self._following.stop()
        self.desk.close()

    async def leave(self, reason: str) -> None:
        """Give the seat up and say so in the log, as far as the log still takes it."""
        seat = self.desk.seat
        if seat is None:
            return
        intent = None if self.desk.state.closure else LeaveSeat(seat.seat, reason)
        try:
            await self.desk.leave(intent)
        except (LogError, Refused):
            return

    @work
    async def _take_seat(self) -> None:
        await self.desk.renew_seat()
        if self.desk.seat and self.desk.state.closure is None:
            try:
                await self.desk.submit(TakeSeat(self.desk.seat.seat))
            except (LogError, Refused):
                self.tick()

    @work(exclusive=True, group="seat")
    async def _renew_seat(self) -> None:
        await self.desk.renew_seat()
        self.tick()

    def _look(self) -> Sight:
        # Kept by the thread that looks: only it knows every beat that it has heard.
        sight = look(self.desk.live.log, self.desk.state, self._lease, self._heard)
        self._heard = sight.clock
        return sight

    def _compositor_refresh(self) -> None:
        """Draw what changed, also under a card, and only that.

        Textual 8.2.8 marks a screen that lies under another one for a whole repaint after each of
        its changes, which makes each message that it takes send the whole terminal anew.
        """
        super()._compositor_refresh()
        if self.app.screen is not self:
            self._repaint_required = False

    def _second(self) -> None:
        self.tick()
        self._unfold()
        self.watch_proposals()
        self._see_to_conductor()

    @work(group="conductor")
    async def _see_to_conductor(self) -> None:
        await self.conducting.see_to(self.desk.state, self.desk.sight)

    @on(LogMoved)
    def _moved(self, message: LogMoved) -> None:
        self.desk.receive(message.events)

    @on(Seen)
    def _seen(self, message: Seen) -> None:
        self.desk.sight = message.sight
        self._see_to_conductor()
        self.draw()
        for screen in self.app.screen_stack:
            if isinstance(screen, RollbackScreen | ProbesScreen):
                screen.draw()
            elif isinstance(screen, OutputScreen):
                screen.read()

    @on(LogLost)
    def _lost(self, message: LogLost) -> None:
        self.desk.lost = message.reason
        self.tick()

    @on(LogFound)
    def _found(self) -> None:
        self.desk.lost = None
        self.tick()

    def _show_events(self, events: Sequence[Event]) -> None:
        self.newest.extend(events)
        self.draw()
        if any(event.kind.startswith("seat.") for event in events):
            self._renew_seat()
        for screen in self.app.screen_stack:
            if isinstance(screen, JournalScreen | ProbesScreen):
                screen.receive(events)
            elif isinstance(screen, RollbackScreen | PollCard):
                screen.draw()
            elif isinstance(screen, Card):
                screen.receive(events, self.desk.state, self._ink)
        self._tell_of_poll(events)
        self.watch_proposals()
        for event in events:
            if event.kind == "rollback.started":
                self._tell_of_rollback(actor_initials(event.actor))

    def _tell_of_poll(self, events: Sequence[Event]) -> None:
        before, self._poll = self._poll, self.desk.state.poll
        mine = self.desk.person.initials if self.desk.person else ""
        stale = gone_stale(before, self.desk.state, moment_at(now()), self._ink)
        told = [*told_of_poll(events, mine, self._ink), *stale]
        if told:
            self.app.post_message(Announced("; ".join(told)))

    def _unfold(self) -> None:
        """Bring the rollback up again when something of it gets due."""
        before, self._folded = self._folded, rollback_folded(self.desk.state)
        if before and not self._folded and self.desk.state.phase == "rolling-back":
            self._tell_of_rollback(self.desk.state.rollback.by if self.desk.state.rollback else "")

    def _tell_of_rollback(self, by: str) -> None:
        if self._folded:
            return
        screen = RollbackScreen(self.desk, self.conducting, self._ink)
        began = f"ROLLBACK started by {self._ink.line(by)}: it comes up when this is closed"
        self.app.post_message(RollbackBegan(screen, began))
