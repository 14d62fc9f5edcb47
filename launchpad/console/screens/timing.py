"""The acts of a launch screen on its clock: hold and resume, T-0, recycle, scrub."""

from collections.abc import Iterator

from textual.app import SystemCommand

from launchpad.console.cards.holding import AcknowledgeCard, RecycleCard, ScrubCard, clock_card
from launchpad.console.cards.t0 import T0Card
from launchpad.console.clock import launch_now, wants_t0
from launchpad.console.keys import bound
from launchpad.console.screens.steps import StepsScreen
from launchpad.launch.decide import decide
from launchpad.launch.intents import SetT0
from launchpad.launch.moment import Moment
from launchpad.launch.refused import Refused
from launchpad.session.clock import now
from launchpad.session.clock_words import clock_of


class TimingScreen(StepsScreen):
    """What an operator can do to the clock of a launch."""

    BINDINGS = [bound("H", "hold", "hold", "clock.hold", "hold the clock, or let it run again")]

    @property
    def launch_now(self) -> Moment:
        """The moment by which the launch's clock is shown here."""
        return launch_now(now(), self.desk.sight.clock if self.desk.sight else None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the clock's key where nothing speaks of T-0; grey it out where nothing is held."""
        if action == "hold":
            state = self.desk.state
            if state.countdown is None and not wants_t0(state.checklist):
                return False
            if not self._timed():
                return None
        return super().check_action(action, parameters)

    def _timed(self) -> bool:
        """Say whether somebody here may still do something to the clock."""
        state = self.desk.state
        return self.desk.by is not None and state.closure is None and state.scrub is None

    def action_hold(self) -> None:
        """Ask what is to become of the clock as it stands."""
        self._open_card(clock_card(self.desk, self.launch_now, self._ink))

    def ask_t0(self) -> None:
        """Ask when T-0 is, where the launch speaks of it and whoever is here may say so."""
        state, person = self.desk.state, self.desk.person
        if person is None or state.countdown or not wants_t0(state.checklist):
            return
        try:
            decide(state, SetT0("", "", 0, None, state.head.seq), person)
        except Refused:
            return
        self._open_card(T0Card(self.desk, self._ink, may_wait=True))

    def action_set_t0(self) -> None:
        """Ask when T-0 is."""
        self._open_card(T0Card(self.desk, self._ink, may_wait=False))

    def action_recycle(self) -> None:
        """Ask to which time the clock is set back."""
        clock = clock_of(self.desk.state, self.launch_now)
        if clock:
            self._open_card(RecycleCard(self.desk, clock, self.launch_now, self._ink))

    def action_scrub(self) -> None:
        """Ask whether there is no launch today."""
        self._open_card(ScrubCard(self.desk, self._ink))

    def action_acknowledge(self) -> None:
        """Ask whether somebody saw that nobody had observed."""
        self._open_card(AcknowledgeCard(self.desk))

    def clock_commands(self) -> Iterator[SystemCommand]:
        """Yield what can be done to the clock without a key."""
        if not self._timed():
            return
        yield SystemCommand("set T-0", "gives it a time, or another one", self.action_set_t0)
        if self.desk.state.countdown:
            yield SystemCommand(
                "recycle the clock", "back to an earlier T, and held", self.action_recycle
            )
        if self.desk.state.gap is not None:
            yield SystemCommand(
                "acknowledge the gap", "nobody observed for a while", self.action_acknowledge
            )
        yield SystemCommand("scrub the launch", "no launch today", self.action_scrub)
