"""A rollback that a trigger proposes, as the operators see and decide it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from launchpad.console.app import Console
from launchpad.console.cards.dismissing import DismissCard
from launchpad.console.cards.note import NoteCard
from launchpad.console.cards.proposal import ProposalCard
from launchpad.console.cards.rolling_back import RollbackCard
from launchpad.console.screens.launch import LaunchScreen
from launchpad.console.screens.rollback import RollbackScreen
from launchpad.launch.intents import DismissTrigger, SetT0, StartRollback
from launchpad.launch.trigger_facts import RollbackProposed, TriggerTripped
from tests.console.flight import PLAN, Flight
from tests.console.seeing import at_work, screen_text, until

TRIGGER = """\
  triggers:
    - {id: smoke, probes: [health], decide-within: WITHIN, active: {from: T-1h, until: T+1h}ACTION}
    - {id: phones, text: Two customers called}
  steps:
"""
SHOWN = "[STATUS] (503) == 200"


class Proposed(Flight):
    """A flight on which a trigger can trip."""

    def __init__(self, folder: Path, *, within: str = "60s", action: str = "propose") -> None:
        told = TRIGGER.replace("WITHIN", within).replace("ACTION", f", action: {action}")
        super().__init__(folder, plan=PLAN.replace("  steps:\n", told))
        self.auto = action == "auto"
        self.within_ms = 60_000 if within == "60s" else 1_000
        self.colleague(lambda seen: SetT0("2030-01-01T00:00:00.000Z", "UTC", 1_800_000, None, seen))

    def trips(self) -> None:
        """Trip the trigger, which proposes the rollback."""
        self.reports(TriggerTripped(trigger="smoke", probe="health", shown=SHOWN))
        self.reports(
            RollbackProposed(trigger="smoke", decide_within_ms=self.within_ms, auto=self.auto)
        )

    def dismissed_by_colleague(self) -> None:
        """Let somebody else say no."""
        self.colleague(lambda seen: DismissTrigger("smoke", "the vendor restarts", 600_000, seen))


@pytest.fixture
def flight(tmp_path: Path) -> Iterator[Proposed]:
    flight = Proposed(tmp_path)
    yield flight
    flight.ends()
    flight.log.close()


async def asked(app: Console) -> None:
    """Wait until the card is up, and let its first moment be over."""
    await until(lambda: isinstance(app.screen, ProposalCard), "the proposal's card")
    app._uninvited._deaf_until = 0.0


async def test_a_proposal_comes_up_and_says_why_and_how_long(flight: Proposed) -> None:
    async with at_work(flight) as (app, _):
        flight.trips()
        await asked(app)
        await until(lambda: SHOWN in screen_text(app), "what the probe showed")
        text = screen_text(app)
        assert "ROLLBACK PROPOSED: Harbour cutover LIVE" in text
        assert "trigger smoke tripped at " in text
        assert " left to decide" in text
        assert "rollback 30s" in text
        assert "authority: anybody" in text


async def test_keys_of_the_first_moment_and_enter_do_nothing(flight: Proposed) -> None:
    async with at_work(flight) as (app, pilot):
        flight.trips()
        await until(lambda: isinstance(app.screen, ProposalCard), "the card")
        assert app._uninvited.deaf
        await pilot.press("b", "d", "escape")
        assert isinstance(app.screen, ProposalCard)
        await asked(app)
        await pilot.press("enter", "space")
        assert isinstance(app.screen, ProposalCard)


async def test_an_open_input_keeps_its_keys_under_a_red_banner(flight: Proposed) -> None:
    async with at_work(flight) as (app, pilot):
        await pilot.press("e")
        await until(lambda: isinstance(app.screen, NoteCard), "the note")
        flight.trips()
        await until(lambda: "ROLLBACK PROPOSED, " in screen_text(app), "the banner")
        await pilot.press(*"bd")
        assert isinstance(app.screen, NoteCard)
        assert app.screen.query_one(Input).value == "bd"
        await pilot.press("escape")
        await asked(app)


async def test_a_rollback_that_begins_takes_the_place_of_the_question(flight: Proposed) -> None:
    async with at_work(flight) as (app, pilot):
        await pilot.press("e")
        flight.trips()
        await until(lambda: "ROLLBACK PROPOSED, " in screen_text(app), "the banner")
        flight.colleague(lambda seen: StartRollback("red", "harbour", None, seen))
        await until(lambda: "ROLLBACK started by CD" in screen_text(app), "the other banner")
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, RollbackScreen), "the rollback")
        assert not any(isinstance(each, ProposalCard) for each in app.screen_stack)


async def test_a_card_makes_way_for_the_rollback_that_somebody_began(flight: Proposed) -> None:
    async with at_work(flight) as (app, _):
        flight.trips()
        await asked(app)
        flight.colleague(lambda seen: StartRollback("red", "harbour", None, seen))
        await until(lambda: isinstance(app.screen, RollbackScreen), "the rollback")
        assert not any(isinstance(each, ProposalCard) for each in app.screen_stack)


async def test_beginning_asks_for_the_code_word_with_the_reason_filled_in(
    flight: Proposed,
) -> None:
    async with at_work(flight) as (app, pilot):
        flight.trips()
        await asked(app)
        await pilot.press("b")
        await until(lambda: isinstance(app.screen, RollbackCard), "the rollback's card")
        assert app.screen.query_one("#reason", Input).value == f"trigger smoke on health: {SHOWN}"
        await pilot.press("enter", *"harbour", "enter")
        await until(lambda: flight.live().state.rollback, "the rollback")
        assert flight.rollback.reason == f"trigger smoke on health: {SHOWN}"
        await until(lambda: isinstance(app.screen, RollbackScreen), "its screen")


async def test_dismissing_takes_a_reason_and_a_time(flight: Proposed) -> None:
    async with at_work(flight, size=(160, 40)) as (app, pilot):
        flight.trips()
        await asked(app)
        await pilot.press("d")
        await until(lambda: isinstance(app.screen, DismissCard), "the card")
        await pilot.press(*"vendor", "enter", "enter")
        await until(lambda: "for how long? such as" in screen_text(app), "what is missing")
        await pilot.press(*"10m", "enter")
        await until(lambda: isinstance(app.screen, LaunchScreen), "the launch")
        dismissal = flight.live().state.triggers.trigger("smoke").dismissal
        assert dismissal
        assert (dismissal.by, dismissal.reason, dismissal.for_ms) == ("AB", "vendor", 600_000)
        said = "smoke dismissed by AB until "
        await until(lambda: said in screen_text(app), "who, why and how long")


async def test_left_open_it_stays_in_the_status_line_and_comes_back(flight: Proposed) -> None:
    async with at_work(flight) as (app, pilot):
        flight.trips()
        await asked(app)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, LaunchScreen), "the launch")
        await until(lambda: "ROLLBACK PROPOSED by smoke, " in screen_text(app), "the line")
        await pilot.press("R")
        await until(lambda: isinstance(app.screen, ProposalCard), "the card again")


async def test_another_one_s_no_is_said_and_nothing_can_be_decided_any_more(
    flight: Proposed,
) -> None:
    async with at_work(flight) as (app, pilot):
        flight.trips()
        await asked(app)
        flight.dismissed_by_colleague()
        await until(lambda: "dismissed by CD at " in screen_text(app), "who said no")
        assert "the vendor restarts" in screen_text(app)
        await pilot.press("b", "d")
        assert isinstance(app.screen, ProposalCard)


async def test_when_nobody_decided_in_time_it_is_loud_and_comes_up_again(tmp_path: Path) -> None:
    flight = Proposed(tmp_path, within="1s")
    try:
        async with at_work(flight) as (app, pilot):
            flight.trips()
            await asked(app)
            await pilot.press("escape")
            await asked(app)
            await until(lambda: "NOBODY DECIDED in 1s" in screen_text(app), "that it is late")
            await pilot.press("escape")
            await until(
                lambda: "by smoke, NOBODY DECIDED in 1s" in screen_text(app), "that it stays"
            )
    finally:
        flight.ends()
        flight.log.close()


async def test_one_that_begins_by_itself_says_so(tmp_path: Path) -> None:
    flight = Proposed(tmp_path, action="auto")
    try:
        async with at_work(flight) as (app, _):
            flight.trips()
            await asked(app)
            await until(lambda: "starts by itself in " in screen_text(app), "its timer")
    finally:
        flight.ends()
        flight.log.close()


async def test_who_only_looks_sees_it_and_decides_nothing(flight: Proposed) -> None:
    async with at_work(flight, read_only=True) as (app, pilot):
        flight.trips()
        await asked(app)
        await pilot.press("b", "d")
        assert isinstance(app.screen, ProposalCard)
        assert "esc leaves it open" in screen_text(app)


async def test_the_triggers_stand_on_a_screen_of_their_own(flight: Proposed) -> None:
    async with at_work(flight) as (app, pilot):
        flight.trips()
        await asked(app)
        await pilot.press("escape")
        await pilot.press("colon", *"look at the tri")
        await until(lambda: "look at the triggers" in screen_text(app), "the palette")
        await pilot.press("enter")
        await until(lambda: "What the launch is rolled back on" in screen_text(app), "the screen")
        text = screen_text(app)
        assert "smoke   TRIPPED" in text
        assert f"on health: {SHOWN}" in text
        assert "phones   watched by people" in text
        assert "Two customers called" in text
