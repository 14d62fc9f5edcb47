"""A rollback that rests: handed over, folded away while it needs nobody, a step of it ended."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from launchpad.console.cards.card import Card
from launchpad.console.screens.launch import LaunchScreen
from launchpad.console.screens.rollback import RollbackScreen
from launchpad.launch.event import Stamp
from launchpad.launch.intents import PauseRollback
from launchpad.launch.moment import shifted
from launchpad.launch.operations import AsLeft
from launchpad.session import clock
from tests.console.flight import PLAN, Flight
from tests.console.seeing import at_work, screen_text, until
from tests.console.test_flight import begun_by_colleague, listening

pytestmark = pytest.mark.thorough

MINUTE_MS = 60_000
LONG = PLAN.replace("expected: 10s}", "deadline: 1h}")


@pytest.fixture
def flight(tmp_path: Path) -> Iterator[Flight]:
    flight = Flight(tmp_path, plan=LONG)
    yield flight
    flight.ends()
    flight.log.close()


class Ahead:
    """A clock that a test sets ahead."""

    def __init__(self) -> None:
        self.ms = 0

    def now(self) -> Stamp:
        stamp = clock.now()
        mono_ns = str(int(stamp.mono_ns) + self.ms * 1_000_000)
        return replace(stamp, at=shifted(stamp.at, self.ms), mono_ns=mono_ns)


async def test_a_pause_asks_how_steps_are_left_and_enter_leaves_them_as_they_are(
    flight: Flight,
) -> None:
    begun_by_colleague(flight)
    flight.begins_step()
    async with at_work(flight) as (app, pilot):
        await listening(app)
        await pilot.press("p", *"vendor", "tab", "tab", *"half", "enter")
        await until(lambda: flight.rollback.statement, "the record")
        await until(lambda: "step 2, tell, left: half" in screen_text(app), "the handover card")
        text = screen_text(app)
        assert "PAUSED by AB at " in text
        assert "next: step 1, dns (running); the budget ends " in text
        assert "the others as recorded" in text
    statement = flight.rollback.statement
    assert statement
    assert [(each.step, each.text) for each in statement.said] == [("tell", "half")]


async def test_another_consoles_pause_is_a_handover_too(flight: Flight) -> None:
    begun_by_colleague(flight)
    left = (AsLeft(step="dns", text="not [/foo] done"),)
    flight.colleague(lambda _seen: PauseRollback("shift ends", left))
    async with at_work(flight) as (app, pilot):
        await listening(app)
        assert "step 1, dns, left: not [/foo] done" in screen_text(app)
        await pilot.press("p")
        await until(lambda: isinstance(app.screen, Card), "the question")
        await pilot.press("enter")
        await until(lambda: "handover" not in screen_text(app), "the end of it")


async def test_k_ends_the_step_that_runs_with_a_reason(flight: Flight) -> None:
    begun_by_colleague(flight)
    async with at_work(flight) as (app, pilot):
        await listening(app)
        await pilot.press("k")
        assert isinstance(app.screen, RollbackScreen)  # nothing runs yet
        flight.begins_step()
        await until(lambda: "RUNNING" in screen_text(app), "the step")
        await pilot.press("k", "enter")
        await until(lambda: isinstance(app.screen, Card), "the card")
        assert flight.rollback.step("dns").kill is None
        await pilot.press(*"it hangs", "enter")
        await until(lambda: flight.rollback.step("dns").kill, "the record")
        await until(lambda: "AB ends it" in screen_text(app), "the word on the step")
    kill = flight.rollback.step("dns").kill
    assert kill
    assert (kill.by, kill.reason) == ("AB", "it hangs")


async def test_while_it_needs_nobody_it_leaves_the_screen_and_comes_up_when_it_is_due(
    flight: Flight, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = Ahead()
    monkeypatch.setattr("launchpad.console.screens.rollback.now", ahead.now)
    begun_by_colleague(flight)
    flight.begins_step()
    async with at_work(flight) as (app, _):
        await until(lambda: isinstance(app.screen, RollbackScreen), "the rollback screen")
        flight.ends_step("done")
        assert isinstance(app.screen, RollbackScreen)
        flight.begins_step()  # by hand, and an hour for it
        await until(lambda: isinstance(app.screen, LaunchScreen), "the launch")
        launch = app.screen
        assert isinstance(launch, LaunchScreen)
        await until(lambda: launch._folded and "ROLLING BACK" in screen_text(app), "its state line")
        ahead.ms = 46 * MINUTE_MS
        await until(lambda: isinstance(app.screen, RollbackScreen), "it comes up again")
        await until(lambda: "tell by +1h, in 1" in screen_text(app), "the deadline")
