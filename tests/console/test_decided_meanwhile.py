"""A card that is open while somebody else settles what it asks about says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from launchpad.console.app import Console
from launchpad.console.cards.pausing import ResumeCard
from launchpad.console.cards.proposal import ProposalCard
from launchpad.console.cards.resolving import ResolveCard
from launchpad.console.cards.rolling_back import RollbackCard
from launchpad.console.screens.rollback import RollbackScreen
from launchpad.launch.intents import (
    AbandonRollback,
    AddNote,
    DismissTrigger,
    PauseRollback,
    ResolveStep,
    ResumeRollback,
    SetT0,
    StartRollback,
)
from launchpad.launch.operations import AsLeft
from launchpad.launch.trigger_facts import RollbackProposed, TriggerTripped
from tests.console.flight import PLAN, Flight
from tests.console.seeing import at_work, screen_text, until

TRIGGER = """\
  triggers:
    - {id: smoke, probes: [health], decide-within: 60s, active: {from: T-9h, until: T+1h}}
  steps:
"""


@pytest.fixture
def flight(tmp_path: Path) -> Iterator[Flight]:
    flight = Flight(tmp_path, plan=PLAN.replace("  steps:\n", TRIGGER))
    yield flight
    flight.ends()
    flight.log.close()


async def listening(app: Console) -> None:
    """Let the first moment of a screen that came up by itself be over."""
    await until(lambda: isinstance(app.screen, RollbackScreen), "the rollback screen")
    app._uninvited._deaf_until = 0.0


def started(flight: Flight) -> None:
    flight.colleague(lambda seen: StartRollback("red", "harbour", None, seen))


async def test_a_rollback_card_says_that_its_proposal_was_dismissed(flight: Flight) -> None:
    async with at_work(flight) as (app, pilot):
        flight.colleague(_t0)
        flight.reports(TriggerTripped(trigger="smoke", probe="health", shown="503"))
        flight.reports(RollbackProposed(trigger="smoke", decide_within_ms=60_000, auto=False))
        await until(lambda: isinstance(app.screen, ProposalCard), "the proposal's card")
        app._uninvited._deaf_until = 0.0
        await pilot.press("b")
        await until(lambda: isinstance(app.screen, RollbackCard), "the rollback's card")
        flight.colleague(lambda _seen: AddNote(None, "of no concern to the card"))
        flight.colleague(lambda seen: DismissTrigger("smoke", "it restarts", 600_000, seen))
        await until(lambda: "decided meanwhile" in screen_text(app), "what was decided")
        told = " ".join(screen_text(app).replace("│", " ").split())
        assert "CD dismissed trigger smoke for 10m: it restarts" in told
        # It can be begun all the same.
        app.screen.query_one("#word", Input).focus()
        await pilot.press(*"harbour", "enter")
        await until(lambda: flight.live().state.phase == "rolling-back", "the rollback")


def _t0(seen: int) -> SetT0:
    return SetT0("2030-01-01T00:00:00.000Z", "UTC", 1_800_000, None, seen)


async def test_a_resume_card_says_who_let_it_go_on(flight: Flight) -> None:
    started(flight)
    flight.colleague(lambda _seen: PauseRollback("the vendor calls"))
    async with at_work(flight) as (app, pilot):
        await listening(app)
        await pilot.press("p")
        await until(lambda: isinstance(app.screen, ResumeCard), "the card")
        assert "decided meanwhile" not in screen_text(app)
        flight.colleague(ResumeRollback)
        await until(lambda: "CD let the rollback go on" in screen_text(app), "who did it")


async def test_a_resolve_card_says_what_somebody_said_of_its_step(flight: Flight) -> None:
    started(flight)
    flight.begins_step()
    flight.ends_step("failed", "exit status 3")
    async with at_work(flight) as (app, pilot):
        await listening(app)
        await pilot.press("r")
        await until(lambda: isinstance(app.screen, ResolveCard), "the card")
        flight.colleague(lambda seen: ResolveStep("dns", "skip", "by hand", seen))
        await until(lambda: "CD skipped step dns: by hand" in screen_text(app), "who did it")


async def test_the_card_of_a_second_attempt_says_how_the_first_left_each_step(
    flight: Flight,
) -> None:
    started(flight)
    flight.begins_step()
    flight.ends_step("done")
    left = (AsLeft(step="tell", text="partly, two of three"),)
    flight.colleague(lambda _seen: AbandonRollback("by hand", "harbour", left, kill=False))
    async with at_work(flight) as (app, pilot):
        assert "ROLLBACK ABANDONED, attempt 1: by hand" in screen_text(app)
        await pilot.press("R")
        await until(lambda: isinstance(app.screen, RollbackCard), "the rollback's card")
        await until(lambda: "attempt 2" in screen_text(app), "its second attempt")
        told = screen_text(app)
        assert "left done" in told
        assert "left partly, two of three" in told
