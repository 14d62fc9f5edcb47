"""The console as its operator uses it, under Textual's pilot and on a real log."""

from pathlib import Path

import pytest

from launchpad.console.finding import found_checklists
from launchpad.console.screens.detail import DetailScreen
from launchpad.console.screens.home import HomeScreen
from launchpad.console.screens.journal import JournalScreen
from launchpad.console.screens.launch import LaunchScreen
from launchpad.console.screens.small import SmallScreen
from launchpad.console.widgets.choices import Choices
from launchpad.launch.intents import CloseLaunch, RecordResult, SignOffSlot
from launchpad.launch.state import LaunchState, Standing
from tests.console.conftest import Night
from tests.console.flight import PLAN
from tests.console.seeing import at_work, screen_text, until


def standing(night: Night, item: str) -> Standing:
    state: LaunchState = night.live().state
    return next(state.standing(each) for each in state.checklist.items() if each.id == item)


async def test_the_first_question_is_answered_and_remembered(night: Night) -> None:
    app = night.console()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+u", "delete", *"1x", "enter")
        await until(lambda: "initials are" in screen_text(app), "the refusal")
        await pilot.press("home", "ctrl+k", *"ef", "enter")
        await until(lambda: isinstance(app.screen, LaunchScreen), "the launch screen")
    assert [person.initials for person in night.remembered] == ["EF"]


async def test_space_ticks_and_the_tick_is_durable_when_it_is_shown(night: Night) -> None:
    async with at_work(night) as (app, pilot):
        await pilot.press("space")
        await until(lambda: "[x] AB" in screen_text(app), "the tick")
        assert standing(night, "alpha") == "passed"


async def test_space_on_what_is_recorded_says_so_and_changes_nothing(night: Night) -> None:
    night.colleague(lambda seen: RecordResult("alpha", "failed", "no", seen))
    async with at_work(night) as (app, pilot):
        await pilot.press("space")
        await until(lambda: "already failed by CD" in screen_text(app), "the word")
    assert standing(night, "alpha") == "failed"


async def test_another_outcome_takes_a_choice_and_a_reason(night: Night) -> None:
    async with at_work(night) as (app, pilot):
        await pilot.press("j", "o", "enter", "enter")
        assert standing(night, "beta") == "open", "enter alone must not choose"
        await pilot.press("down", "down", "enter", *"6 of 7", "enter")
        await until(lambda: "FAILED" in screen_text(app), "the outcome")
        assert "[/foo]" in screen_text(app)
    assert standing(night, "beta") == "failed"


async def test_not_applicable_without_a_reason_stays_on_the_card(night: Night) -> None:
    async with at_work(night) as (app, pilot):
        await pilot.press("o", "down", "down", "down", "enter", "enter")
        await until(lambda: "needs a reason" in screen_text(app), "the refusal")
        await pilot.press("escape")
        assert isinstance(app.screen, LaunchScreen)
    assert standing(night, "alpha") == "open"


async def test_signing_takes_typed_initials_and_waits_for_the_items(night: Night) -> None:
    async with at_work(night) as (app, pilot):
        await pilot.press("s", "enter")
        await until(lambda: "type your initials" in screen_text(app), "the hint")
        await pilot.press(*"ab", "enter")
        await until(lambda: "waits for alpha, beta, gamma" in screen_text(app), "the refusal")
        await pilot.press("escape", "space", "j", "space", "j", "space")
        await until(lambda: standing(night, "gamma") == "passed", "three ticks")
        await pilot.press("s", *"ab", "enter")
        await until(lambda: "SIGNED" in screen_text(app), "the signature")
    assert night.live().state.slot("first").signature


async def test_a_signature_is_revoked_with_a_reason(night: Night) -> None:
    for item in ("alpha", "beta", "gamma"):
        night.colleague(lambda seen, item=item: RecordResult(item, "passed", "", seen))  # type: ignore[misc]
    night.colleague(lambda seen: SignOffSlot("first", "CD", "", None, seen))
    async with at_work(night) as (app, pilot):
        await pilot.press("end", "s", "enter")
        await until(lambda: "needs a reason" in screen_text(app), "the refusal")
        await pilot.press(*"beta is down", "enter")
        await until(lambda: "s signs it" in screen_text(app), "the open slot")
    assert night.live().state.slot("first").signature is None


async def test_undo_shows_the_record_before_it_takes_it_back(night: Night) -> None:
    async with at_work(night) as (app, pilot):
        await pilot.press("u")
        await until(lambda: "no record to take back" in screen_text(app), "the word")
        await pilot.press("space")
        await until(lambda: standing(night, "alpha") == "passed", "the tick")
        await until(lambda: "[x] AB" in screen_text(app), "the tick on the screen")
        await pilot.press("u")
        await until(lambda: "alpha: passed" in screen_text(app), "the record in full")
        await pilot.press("enter")
        await until(lambda: standing(night, "alpha") == "open", "the undoing")


async def test_a_note_goes_to_the_item_under_the_cursor(night: Night) -> None:
    async with at_work(night) as (app, pilot):
        await pilot.press("j", "e", *"see ticket 7", "enter")
        await until(lambda: "+1 noted" in screen_text(app), "the note")
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, DetailScreen), "the detail")
        assert "see ticket 7" in screen_text(app)


async def test_what_a_colleague_does_appears_and_the_cursor_stays_on_its_item(
    night: Night,
) -> None:
    async with at_work(night) as (app, pilot):
        await pilot.press("j")
        night.colleague(lambda seen: RecordResult("alpha", "passed", "", seen))
        await until(lambda: "[x] CD" in screen_text(app), "the colleague's tick")
        assert app.screen.query_one("#items", Choices).chosen == "item:beta"
        assert "CD   ticked alpha" in screen_text(app)


async def test_the_filter_looks_in_every_phase_and_escape_ends_it(night: Night) -> None:
    async with at_work(night) as (app, pilot):
        await pilot.press("slash", *"delta", "enter")
        await until(lambda: "1 found in all phases" in screen_text(app), "the match")
        assert "Alpha" not in screen_text(app)
        await pilot.press("escape")
        await until(lambda: "Alpha" in screen_text(app), "all items again")


async def test_phases_are_reached_by_number_and_by_tab(night: Night) -> None:
    async with at_work(night) as (app, pilot):
        await pilot.press("2")
        await until(lambda: "Delta" in screen_text(app), "the second phase")
        await pilot.press("shift+tab")
        await until(lambda: "Alpha" in screen_text(app), "the first phase")
        await pilot.press("tab", "tab")
        await until(lambda: "Delta" in screen_text(app), "the last phase")


async def test_help_names_the_live_keys_and_the_palette_every_action(night: Night) -> None:
    async with at_work(night) as (app, pilot):
        await pilot.press("question_mark")
        await until(lambda: "Keys here" in screen_text(app), "help")
        assert "1 to 9" in screen_text(app)
        await pilot.press("escape", "colon", *"close the launch", "enter")
        await until(lambda: "code word: two" in screen_text(app), "the card")


async def test_closing_takes_the_code_word_and_nothing_is_recorded_afterwards(
    night: Night,
) -> None:
    async with at_work(night) as (app, pilot):
        await pilot.press("colon", *"close the launch", "enter")
        await until(lambda: "code word: " in screen_text(app), "the card")
        await pilot.press("down", "enter", *"wrong", "enter")
        await until(lambda: "its code word is typed" in screen_text(app), "the refusal")
        word = night.live().state.code_word
        await pilot.press("ctrl+u", *word, "enter")
        await until(lambda: "LAUNCHED" in screen_text(app), "the end")
        events = night.live().state.head.seq
        await pilot.press("space", "o", "s", "e", "u")
        await pilot.pause()
        assert isinstance(app.screen, LaunchScreen)
        assert night.live().state.head.seq == events


async def test_a_launch_closed_by_a_colleague_takes_nothing_any_more(night: Night) -> None:
    async with at_work(night) as (app, pilot):
        word = night.live().state.code_word
        night.colleague(lambda _seen: CloseLaunch("scrubbed", word))
        await until(lambda: "SCRUBBED" in screen_text(app), "the end")
        await pilot.press("space")
        await pilot.pause()
    assert standing(night, "alpha") == "open"


async def test_who_only_looks_changes_nothing(night: Night) -> None:
    async with at_work(night, read_only=True) as (app, pilot):
        await until(lambda: "READ-ONLY" in screen_text(app), "what it is")
        await pilot.press("space", "o", "s", "e", "u")
        await pilot.pause()
        assert isinstance(app.screen, LaunchScreen)
    assert night.live().state.head.seq == 1


async def test_the_log_screen_follows_and_filters(night: Night) -> None:
    async with at_work(night) as (app, pilot):
        await pilot.press("L")
        await until(lambda: isinstance(app.screen, JournalScreen), "the log")
        night.colleague(lambda seen: RecordResult("beta", "passed", "", seen))
        await until(lambda: "CD   ticked beta" in screen_text(app), "the colleague's tick")
        await pilot.press("slash", *"opened", "enter")
        await until(lambda: "ticked beta" not in screen_text(app), "fewer lines")
        assert "opened the launch" in screen_text(app)


async def test_a_terminal_that_is_too_small_says_so_and_takes_no_keys(night: Night) -> None:
    async with at_work(night) as (app, pilot):
        await pilot.press("j")
        await pilot.resize_terminal(70, 20)
        await until(lambda: isinstance(app.screen, SmallScreen), "the word")
        await pilot.press("space", "o")
        await pilot.resize_terminal(80, 24)
        await until(lambda: isinstance(app.screen, LaunchScreen), "the launch again")
        assert app.screen.query_one("#items", Choices).chosen == "item:beta"
    assert standing(night, "beta") == "open"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (160, 50)])
async def test_every_size_shows_time_state_items_and_log(
    night: Night, size: tuple[int, int]
) -> None:
    async with at_work(night, size=size) as (app, _):
        text = screen_text(app)
        for expected in ("Two phases", "LIVE", "OPEN", "Alpha", "sign-off", "opened the launch"):
            assert expected in text
        assert ("in the document" in text) == (size[0] >= 100)


async def test_home_lists_launches_and_checklists_and_opens_either(night: Night) -> None:
    app = night.console(home=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, HomeScreen), "home")
        await until(lambda: "two.md   " in screen_text(app), "the checklist")
        assert night.launch in screen_text(app)
        await pilot.press("down", "enter")
        await until(lambda: "Open a launch of this checklist?" in screen_text(app), "the card")
        await pilot.press("enter")
        assert len(night.log.launches()) == 1, "the key that opened the card must not confirm it"
        await pilot.press("o")
        await until(lambda: isinstance(app.screen, LaunchScreen), "the new launch")
        assert len(night.log.launches()) == 2


async def test_home_shows_each_line_of_what_is_wrong_with_a_checklist(night: Night) -> None:
    night.refusal = "\n".join(
        ["two.md: 9 problems", *(f"two.md:{n}:1: wrong" for n in range(1, 10))]
    )
    app = night.console(home=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter")
        await until(lambda: "two.md   " in screen_text(app), "the checklist")
        await pilot.press("down", "enter", "o")
        await until(lambda: "two.md: 9 problems" in screen_text(app), "the refusal")
        lines = [line.strip() for line in screen_text(app).splitlines()]
        assert "two.md:1:1: wrong" in lines
        assert "two.md:5:1: wrong" in lines
        assert "and 4 more; `launchpad check` shows them all" in lines


def test_checklists_are_found_by_what_is_in_them(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN.replace("AUTHORITY", "any"), encoding="utf-8")
    (tmp_path / "compose.yml").write_text("services: {web: {image: x}}\n", encoding="utf-8")
    (tmp_path / "notes.md").write_text("# Nothing to do\n", encoding="utf-8")
    found = [(path.name, title, items) for path, title, items in found_checklists(tmp_path)]
    assert found == [("plan.yaml", "Harbour cutover", 2)]
