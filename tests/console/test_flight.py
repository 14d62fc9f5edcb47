"""A launch that is observed and rolled back, as its operator sees and does it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Log

from launchpad.console import conducting
from launchpad.console.app import Console
from launchpad.console.cards.card import Card
from launchpad.console.cards.rolling_back import RollbackCard
from launchpad.console.screens.launch import LaunchScreen
from launchpad.console.screens.output import OutputScreen
from launchpad.console.screens.rollback import RollbackScreen
from launchpad.launch.intents import PauseRollback, RecordResult, StartRollback
from tests.console.conftest import ADA
from tests.console.flight import Flight
from tests.console.seeing import at_work, screen_text, until


@pytest.fixture
def flight(tmp_path: Path) -> Iterator[Flight]:
    flight = Flight(tmp_path)
    yield flight
    flight.ends()
    flight.log.close()


def begun_by_colleague(flight: Flight) -> None:
    flight.colleague(lambda seen: StartRollback("health is red", "harbour", None, seen))


async def listening(app: Console) -> None:
    """Wait until the rollback screen is up, and let its first moment be over."""
    await until(lambda: isinstance(app.screen, RollbackScreen), "the rollback screen")
    app._uninvited._deaf_until = 0.0


# Probes


async def test_a_probes_state_latency_and_age_stand_on_its_item(flight: Flight) -> None:
    flight.samples("success", "[STATUS] (200) == 200")
    async with at_work(flight) as (app, pilot):
        await until(lambda: "✓OK      12ms" in screen_text(app), "the good sample")
        await pilot.press("space")
        await until(lambda: "passed" in screen_text(app), "the tick's word beside it")
        flight.samples("failed", "[STATUS] (503) == 200")
        await until(lambda: "!FAILED  503" in screen_text(app), "the bad one")
        assert "passed" in screen_text(app)
        await until(lambda: "sample now" in screen_text(app), "the age of that sample")


async def test_a_sample_that_is_too_old_says_nothing_about_now(flight: Flight) -> None:
    flight.samples("success", "[STATUS] (200) == 200", age_s=70)
    async with at_work(flight) as (app, _):
        await until(lambda: "?STALE   was OK" in screen_text(app), "the word")
        assert "1m" in screen_text(app)


async def test_detail_shows_what_a_probe_asks_and_saw_and_no_query(flight: Flight) -> None:
    flight.samples("failed", "[STATUS] (503) == 200")
    async with at_work(flight) as (app, pilot):
        await until(lambda: "  sample " in screen_text(app), "the sample")
        await pilot.press("enter")
        await until(lambda: "GET http://127.0.0.1:1/health?..." in screen_text(app), "the target")
        text = screen_text(app)
        assert "[STATUS] (503) == 200" in text
        assert "every 5s" in text
        assert "█ at most 12ms" in text
        assert "since" in text


# The conductor


async def test_without_a_conductor_it_says_so_and_starts_one(tmp_path: Path) -> None:
    flight = Flight(tmp_path, conducted=False)
    async with at_work(flight) as (app, _):
        await until(lambda: "NO CONDUCTOR, starting one" in screen_text(app), "the alarm")
        await until(lambda: flight.conducted, "the start")
        flight.takes_over()
        await until(lambda: "NO CONDUCTOR" not in screen_text(app), "the end of the alarm")
    assert flight.conducted == [flight.launch]
    flight.ends()
    flight.log.close()


async def test_elsewhere_it_starts_none_and_shows_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conducting, "belongs_here", lambda _home: False)
    flight = Flight(tmp_path, conducted=False)
    async with at_work(flight, size=(120, 40)) as (app, _):
        await until(lambda: "launchpad conductor --log" in screen_text(app), "the command")
        assert "NO CONDUCTOR; as " in screen_text(app)
    assert flight.conducted == []
    flight.log.close()


async def test_who_only_looks_starts_no_conductor(tmp_path: Path) -> None:
    flight = Flight(tmp_path, conducted=False)
    async with at_work(flight, read_only=True, size=(120, 40)) as (app, _):
        await until(lambda: "NO CONDUCTOR" in screen_text(app), "the alarm")
        assert "starting one" not in screen_text(app)
    assert flight.conducted == []
    flight.log.close()


# Starting


async def test_a_rollback_takes_a_reason_and_the_word_typed(flight: Flight) -> None:
    async with at_work(flight) as (app, pilot):
        await pilot.press("R")
        await until(lambda: "code word, typed: harbour" in screen_text(app), "the card")
        for expected in ("1 Traffic back", "20s", "by hand", "runs as ", "authority: anybody"):
            assert expected in screen_text(app)
        assert app.focused
        assert app.focused.id == "reason"
        await pilot.press("enter", *"harbour", "enter")
        await until(lambda: "it needs a reason" in screen_text(app), "the refusal")
        assert app.focused.id == "reason"
        await pilot.press(*"red", "enter", "x", "enter")
        await until(lambda: "nothing was done: the code word" in screen_text(app), "the refusal")
        assert flight.live().state.rollback is None
        await pilot.press("ctrl+u", *"harbour", "enter")
        await until(lambda: isinstance(app.screen, RollbackScreen), "the rollback screen")
    assert flight.rollback.reason == "red"


async def test_a_pasted_word_is_refused(flight: Flight) -> None:
    async with at_work(flight) as (app, pilot):
        await pilot.press("R", *"red", "enter")
        await until(lambda: app.focused and app.focused.id == "word", "the word's line")
        app.post_message(Paste("harbour"))
        await until(lambda: "typed by hand" in screen_text(app), "the refusal")
        await pilot.press("enter")
        await until(lambda: "nothing was done" in screen_text(app), "the refusal of an empty word")
    assert flight.live().state.rollback is None


async def test_who_has_no_authority_is_told_before_they_type(tmp_path: Path) -> None:
    flight = Flight(tmp_path, authority="[ops]")
    async with at_work(flight) as (app, pilot):
        await pilot.press("R")
        await until(lambda: "AB has no authority" in screen_text(app), "the refusal")
        assert isinstance(app.screen, LaunchScreen)
    flight.ends()
    flight.log.close()


# Coming up


async def test_the_screen_comes_up_everywhere_and_drops_the_keys_of_the_first_moment(
    flight: Flight,
) -> None:
    async with at_work(flight) as (app, pilot):
        begun_by_colleague(flight)
        await until(lambda: isinstance(app.screen, RollbackScreen), "the rollback screen")
        await pilot.press("p", "enter", "escape", "A")
        assert isinstance(app.screen, RollbackScreen)
        assert "started" not in screen_text(app)
        assert "attempt 1 by CD" in screen_text(app)
        await until(lambda: not app._uninvited.deaf, "the end of the first moment")
        await pilot.press("enter")
        assert isinstance(app.screen, RollbackScreen)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, LaunchScreen), "the launch")
        await until(lambda: "ROLLING BACK" in screen_text(app), "the state line")
        assert "left of 1m" in screen_text(app)
        await pilot.press("R")
        await until(lambda: isinstance(app.screen, RollbackScreen), "the rollback again")


@pytest.mark.parametrize("keys", [["e"], ["slash"], ["o"], ["colon"]])
async def test_what_is_being_typed_is_never_interrupted(flight: Flight, keys: list[str]) -> None:
    async with at_work(flight) as (app, pilot):
        await pilot.press(*keys, "a", "b")
        before = app.screen
        begun_by_colleague(flight)
        await until(lambda: "ROLLBACK started by CD" in screen_text(app), "the banner")
        assert app.screen is before
        await pilot.press("escape", "escape")
        await until(lambda: isinstance(app.screen, RollbackScreen), "the rollback screen")
        assert "it comes up when" not in screen_text(app)


async def test_who_comes_to_a_rollback_under_way_sees_it(flight: Flight) -> None:
    begun_by_colleague(flight)
    async with at_work(flight) as (app, _):
        await until(lambda: isinstance(app.screen, RollbackScreen), "the rollback screen")


# On the screen


async def test_a_step_is_followed_and_its_output_shown(flight: Flight) -> None:
    begun_by_colleague(flight)
    flight.begins_step()
    flight.prints("".join(f"line {n}\n" for n in range(40)))
    async with at_work(flight) as (app, pilot):
        await listening(app)
        await until(lambda: "line 39" in screen_text(app), "the newest line")
        assert "RUNNING" in screen_text(app)
        assert "line 0\n" not in screen_text(app)
        await pilot.press("o")
        await until(lambda: isinstance(app.screen, OutputScreen), "the whole output")
        await until(lambda: "line 39" in screen_text(app), "its end")
        assert app.screen.query_one("#output", Log).line_count >= 40
        await pilot.press("home")
        await until(lambda: "line 0" in screen_text(app), "its beginning")
        await pilot.press("escape")
        flight.ends_step("done")
        await until(lambda: "done, took 1s" in screen_text(app), "its end")


async def test_a_failed_step_waits_for_a_decision_with_a_reason(flight: Flight) -> None:
    begun_by_colleague(flight)
    flight.begins_step()
    flight.ends_step("failed", "no route")
    async with at_work(flight) as (app, pilot):
        await listening(app)
        await until(lambda: "step 1 FAILED: r says" in screen_text(app), "what waits")
        await pilot.press("r", "enter")
        await until(lambda: isinstance(app.screen, Card), "the card")
        await pilot.press("down", "down", "down", "enter", *"again", "enter")
        await until(lambda: flight.rollback.step("dns").status == "pending", "the retry")


async def test_a_step_by_hand_takes_ones_own_initials(flight: Flight) -> None:
    begun_by_colleague(flight)
    flight.begins_step()
    flight.ends_step("done")
    flight.begins_step()
    async with at_work(flight) as (app, pilot):
        await listening(app)
        await until(lambda: "i says that it is done" in screen_text(app), "what waits")
        assert "Write to the status page." in screen_text(app)
        await pilot.press("i", *"cd", "enter")
        await until(lambda: "you are AB here" in screen_text(app), "the refusal")
        await pilot.press("ctrl+u", *"ab", "enter")
        await until(lambda: flight.rollback.step("tell").status == "done", "the record")
        flight.completes()
        await until(lambda: "completed in 31s of 1m" in screen_text(app), "the end")
        await pilot.press("i", "p", "A", "r")
        assert isinstance(app.screen, RollbackScreen)


async def test_it_is_paused_with_a_reason_and_resumed(flight: Flight) -> None:
    begun_by_colleague(flight)
    async with at_work(flight) as (app, pilot):
        await listening(app)
        await pilot.press("p", *"vendor", "enter")
        await until(lambda: "PAUSED by AB: vendor" in screen_text(app), "the pause")
        await pilot.press("p")
        await until(lambda: isinstance(app.screen, Card), "the question")
        await pilot.press("enter")
        await until(lambda: flight.rollback.status == "running", "the record")
        flight.colleague(lambda _seen: PauseRollback("wait"))
        await until(lambda: "PAUSED by CD: wait" in screen_text(app), "another's pause")


async def test_it_is_abandoned_with_how_each_step_is_left(flight: Flight) -> None:
    begun_by_colleague(flight)
    flight.begins_step()
    async with at_work(flight) as (app, pilot):
        await listening(app)
        await until(lambda: "RUNNING" in screen_text(app), "the step")
        await pilot.press("A", *"by hand", "enter", *"half", "enter", "enter")
        await pilot.press("enter", *"harbour", "enter")
        await until(lambda: "say yes or no" in screen_text(app), "the refusal")
        await pilot.press("shift+tab", *"yes", "enter", "enter")
        await until(lambda: flight.rollback.status == "abandoned", "the record")
        await until(lambda: "abandoned in" in screen_text(app), "the word")
    assert flight.rollback.statement
    left = {each.step: each.text for each in flight.rollback.statement.said}
    assert left == {"dns": "half", "tell": "not done"}
    assert flight.rollback.kill


async def test_a_second_attempt_begins_at_a_chosen_step(flight: Flight) -> None:
    begun_by_colleague(flight)
    flight.begins_step()
    flight.ends_step("done")
    flight.begins_step()
    flight.ends_step("done")
    flight.completes()
    async with at_work(flight) as (app, pilot):
        await until(lambda: "rollback completed" in screen_text(app), "the state line")
        await pilot.press("R", *"again", "enter", "9", "enter", *"harbour", "enter")
        await until(lambda: "numbers 1 to 2" in screen_text(app), "the refusal")
        await pilot.press("shift+tab", "ctrl+u", "2", "enter", "enter")
        await until(lambda: isinstance(app.screen, RollbackScreen), "the rollback screen")
    assert flight.rollback.attempt == 2
    assert flight.rollback.step("dns").status == "skipped"


async def test_who_only_looks_decides_nothing(flight: Flight) -> None:
    begun_by_colleague(flight)
    flight.begins_step()
    async with at_work(flight, read_only=True) as (app, pilot):
        await listening(app)
        await pilot.press("p", "A", "i", "r")
        assert isinstance(app.screen, RollbackScreen)


# Elsewhere


async def test_the_palette_breaks_and_mends_the_demo_and_nothing_else(tmp_path: Path) -> None:
    flight = Flight(tmp_path, name="demo.yaml")
    async with at_work(flight) as (_, pilot):
        await pilot.press("colon", *"demo: break", "enter")
        await until(lambda: flight.live().state.demo == "failing", "the record")
        await pilot.press("colon", *"demo: mend", "enter")
        await until(lambda: flight.live().state.demo == "healthy", "the record")
    flight.ends()
    flight.log.close()


async def test_a_signature_says_what_the_checklist_means_by_it(flight: Flight) -> None:
    for item in ("alpha", "beta"):
        flight.colleague(lambda seen, item=item: RecordResult(item, "passed", "", seen))  # type: ignore[misc]
    async with at_work(flight) as (_, pilot):
        await pilot.press("s", *"ab", "enter")
        await until(lambda: flight.live().state.slot("edge").signature, "the signature")
    signature = flight.live().state.slot("edge").signature
    assert signature
    assert signature.meaning == "ready for the release"


async def test_a_launch_with_nothing_to_carry_out_has_no_rollback_key(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    flight.ends()
    plain = flight.folder / "plain.md"
    plain.write_text("# Plain\n\n## One\n\n- [ ] Alpha\n", encoding="utf-8")
    flight.launch = flight.open(plain, ADA)
    async with at_work(flight) as (app, pilot):
        await pilot.press("R")
        assert not isinstance(app.screen, RollbackCard)
        assert "rollback" not in screen_text(app).splitlines()[1]
        assert "CONDUCTOR" not in screen_text(app)
    flight.log.close()
