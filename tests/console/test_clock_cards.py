"""The launch's clock at the keys: T-0, hold and resume, recycle, scrub, what has to be decided."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from launchpad.console.app import Console
from launchpad.console.ink import UNICODE
from launchpad.console.screens.launch import LaunchScreen
from launchpad.launch.clock_facts import ClockStepped
from launchpad.launch.countdown import Countdown
from launchpad.launch.intents import HoldClock, ReportFact, SetT0
from launchpad.launch.operations import ConductorStarted, ObservationGap, Report
from launchpad.launch.person import Person
from launchpad.launch.state import LaunchState
from launchpad.session.civil import read_t0
from launchpad.session.clock import now
from launchpad.session.participant import participant
from tests.console.conftest import Night, taking_part
from tests.console.seeing import at_work, screen_text, until

pytestmark = pytest.mark.thorough

TIMED = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
crew: {lead: AB, people: [{initials: AB, name: Ada B}, {initials: CD, name: Cleo D}]}
holds:
  - {id: gate, at: T-10m, lasts: 4m}
phases:
  - {id: edge, title: Edge, at: T-30m, items: [{id: alpha, text: Alpha}]}
"""
LEAD = Person("AB", "Ada B")


@pytest.fixture
def timed(tmp_path: Path) -> Iterator[Night]:
    night = Night(tmp_path, TIMED, "timed.yaml")
    yield night
    night.log.close()


def state(night: Night) -> LaunchState:
    return night.live().state


def clock(night: Night) -> Countdown:
    countdown = state(night).countdown
    assert countdown
    return countdown


def schedules(night: Night, typed: str) -> None:
    live, read = night.live(), read_t0(typed, now())
    intent = SetT0(read.t0, read.zone, read.in_ms, None, live.state.head.seq)
    live.submit(intent, taking_part(LEAD))


def reports(night: Night, *facts: Report) -> None:
    started = ConductorStarted(epoch=1, host="a", user="b", pid=1, program="x")
    for fact in (started, *facts):
        night.live().submit(ReportFact(fact, 1), participant(Person(""), "conductor", {}))


async def chooses(pilot: "Pilot[str | None]", app: Console, command: str) -> None:
    """Do something by its name, in the palette."""
    await pilot.press("colon")
    await until(lambda: "Search for commands" in screen_text(app), "the palette")
    await pilot.press(*command[:6])
    await until(lambda: command in screen_text(app).split("Search")[-1], "the command")
    await pilot.press("enter")


def opening(night: Night) -> Console:
    """Return the console of somebody who just opened this launch with it."""
    start = replace(night.console()._start, launch=None, opening=lambda _person: night.launch)
    return Console(start, UNICODE)


async def test_who_opens_a_launch_is_asked_for_t0_and_sees_it_read_back(timed: Night) -> None:
    app = opening(timed)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("enter")
        await until(lambda: "When is T-0?" in screen_text(app), "the question")
        await pilot.press(*"02:30", "enter")
        await until(lambda: "a time needs its zone" in screen_text(app), "the refusal")
        await pilot.press(*" Europe/Berlin")
        await until(lambda: "02:30 CE" in screen_text(app), "what it would be")
        await pilot.press("enter")
        await until(lambda: "T-0 not set" not in screen_text(app), "the clock")
        assert "COUNTING" in screen_text(app)
    assert clock(timed).zone == "Europe/Berlin"


async def test_enter_alone_leaves_t0_for_later(timed: Night) -> None:
    app = opening(timed)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("enter")
        await until(lambda: "When is T-0?" in screen_text(app), "the question")
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, LaunchScreen), "the launch")
        assert "T-0 not set" in screen_text(app)
    assert state(timed).countdown is None


@pytest.mark.parametrize("why", ["nothing speaks of T-0", "not the lead", "set already"])
async def test_nobody_is_asked_one_question_more(night: Night, timed: Night, why: str) -> None:
    asked = night if why == "nothing speaks of T-0" else timed
    if why == "set already":
        schedules(timed, "in 1h")
    app = opening(asked)
    async with app.run_test(notifications=True) as pilot:
        keys = ("home", "ctrl+k", *"cd") if why == "not the lead" else ()
        await pilot.press(*keys, "enter")
        await until(lambda: "colleagues take part with" in screen_text(app), "the launch")
        await pilot.pause()
        assert isinstance(app.screen, LaunchScreen)


async def test_h_holds_with_a_reason_and_lets_the_clock_run_again(timed: Night) -> None:
    schedules(timed, "in 1h")
    async with at_work(timed) as (app, pilot):
        await pilot.press("H", "enter")
        await until(lambda: "a hold needs a reason" in screen_text(app), "the refusal")
        await pilot.press(*"vendor is late", "enter")
        await until(lambda: "HOLDING at T" in screen_text(app), "the hold")
        assert "AB, vendor is late" in screen_text(app)
        await pilot.press("H")
        await until(lambda: "T-0 will be" in screen_text(app), "when T-0 would be")
        assert "by AB since" in screen_text(app)
        await pilot.press(*"he is here", "enter")
        await until(lambda: "COUNTING" in screen_text(app), "the clock")
    assert clock(timed).held is None


async def test_a_hold_that_somebody_else_called_meanwhile_is_not_toggled_back(timed: Night) -> None:
    schedules(timed, "in 1h")
    async with at_work(timed) as (app, pilot):
        await pilot.press("H", *"mine")
        live = timed.live()
        live.submit(HoldClock("theirs", live.state.head.seq), taking_part(LEAD))
        await until(lambda: "HOLDING at T" in screen_text(app), "their hold")
        await pilot.press("enter")
        await until(lambda: "the clock is held already, by AB at" in screen_text(app), "the word")
    held = clock(timed).held
    assert held
    assert held.reason == "theirs"


@pytest.mark.parametrize(("down", "left"), [(1, True), (2, False)])
async def test_a_built_in_hold_is_left_early_or_held_beside(
    timed: Night, down: int, left: bool
) -> None:
    schedules(timed, "in 13m")
    async with at_work(timed) as (app, pilot):
        await until(lambda: "HOLD gate" in screen_text(app), "the hold")
        await pilot.press("H", *["down"] * down, "enter", *"we are ready", "enter")
        await until(lambda: "HOLD gate" not in screen_text(app), "what was decided")
        assert ("COUNTING" in screen_text(app)) is left
    assert (clock(timed).held is None) is left


async def test_h_asks_for_t0_where_none_is_set_and_is_no_key_where_nothing_speaks_of_it(
    night: Night, timed: Night
) -> None:
    async with at_work(timed) as (app, pilot):
        assert "H hold" in screen_text(app)
        await pilot.press("H", "enter")
        await until(lambda: "expected a time such as" in screen_text(app), "the refusal")
    async with at_work(night) as (app, pilot):
        assert "H hold" not in screen_text(app)
        await pilot.press("H")
        assert isinstance(app.screen, LaunchScreen)


async def test_the_palette_sets_t0_and_recycles(night: Night) -> None:
    async with at_work(night) as (app, pilot):
        await chooses(pilot, app, "set T-0")
        await until(lambda: "When is T-0?" in screen_text(app), "the card")
        await pilot.press(*"in 1h", "enter")
        await until(lambda: "COUNTING" in screen_text(app), "the clock")
        await chooses(pilot, app, "recycle the clock")
        await until(lambda: "such as T-20m" in screen_text(app), "the card")
        await pilot.press(*"90m", "enter", *"again", "enter")
        await until(lambda: "a time of the launch is written T-20m" in screen_text(app), "the word")
        await pilot.press("home", "ctrl+k", *"T-2h", "enter", "enter")
        await until(lambda: "HOLDING at T\u22122h: AB, again" in screen_text(app), "the clock")


async def test_a_launch_is_scrubbed_with_a_reason_and_its_word(timed: Night) -> None:
    schedules(timed, "in 1h")
    async with at_work(timed) as (app, pilot):
        await chooses(pilot, app, "scrub the launch")
        await until(lambda: "SCRUB: Harbour cutover" in screen_text(app), "the card")
        await pilot.press(*"too late", "enter", *"habour", "enter")
        await until(lambda: "nothing was done: the code word is" in screen_text(app), "the word")
        await pilot.press("home", "ctrl+k", *"harbour", "enter")
        await until(lambda: "SCRUBBED" in screen_text(app), "the end")
    assert state(timed).scrub


async def test_after_the_wall_clock_was_set_somebody_types_what_t0_keeps(timed: Night) -> None:
    schedules(timed, "in 2h")
    before = clock(timed)
    reports(timed, ClockStepped(step_ms=3_600_000))
    async with at_work(timed) as (app, pilot):
        await until(lambda: "CLOCK STEPPED 1h00m forward" in screen_text(app), "it")
        await pilot.press("H", "enter")
        await until(lambda: "type hour or remainder" in screen_text(app), "the question")
        await pilot.press(*"Hour", "enter")
        await until(lambda: "CLOCK STEPPED" not in screen_text(app), "the decision")
    assert clock(timed).step is None
    assert clock(timed).t0 == before.t0


async def test_a_gap_is_acknowledged_by_another_key_than_the_one_that_asked(timed: Night) -> None:
    reports(timed, ObservationGap(gap_ms=60_000))
    async with at_work(timed) as (app, pilot):
        await until(lambda: "NOBODY OBSERVED" in screen_text(app), "the gap")
        await chooses(pilot, app, "acknowledge the gap")
        await until(lambda: "a acknowledges it" in screen_text(app), "the card")
        await pilot.press("enter")
        assert state(timed).gap is not None
        await pilot.press("a")
        await until(lambda: "NOBODY OBSERVED" not in screen_text(app), "the acknowledgement")
    assert state(timed).gap is None
