"""What is drawn into which width: exact, legible, harmless."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from launchpad.console import phases, status
from launchpad.console.detail import item_detail, slot_detail
from launchpad.console.fitting import alike, fit, fit_front
from launchpad.console.ink import ASCII, UNICODE, Ink
from launchpad.console.journal import journal_pane
from launchpad.console.probing import Instruments
from launchpad.console.rows import phase_rows
from launchpad.console.words import MARKS
from launchpad.launch.event import Stamp
from launchpad.launch.intents import AddNote, RecordResult, SignOffSlot
from launchpad.launch.kinds import RESULTS
from launchpad.launch.state import LaunchState
from launchpad.log.store import Seat
from tests.launch.making import ADA, CHECKLIST, CLEO, Told

WIDTHS = st.integers(60, 200)
TEXTS = st.text(min_size=1, max_size=120)
INKS = [UNICODE, ASCII]
NOW = Stamp(at="2026-01-01T02:17:19.000Z", mono_ns=str(3600 * 10**9), boot_id="a-boot", host="h")
ALONE = status.Standpoint(
    at=NOW,
    person=ADA,
    seat="a",
    seats=(),
    trouble=None,
    waiting=0,
    sight=None,
    lost=None,
)
DARK = Instruments({}, {}, {}, NOW)


def whole(line: status.IdentityLine) -> Content:
    """Put the parts of the first line together."""
    return Content.assemble(line.title, line.clock, line.people)


def named(text: str) -> LaunchState:
    """Return a launch whose every text is this one."""
    items = tuple(replace(item, text=text) for item in CHECKLIST.phases[0].items)
    phase = replace(CHECKLIST.phases[0], title=text, items=items)
    slots = tuple(replace(slot, label=text) for slot in CHECKLIST.signoffs)
    told = Told(
        replace(CHECKLIST, title=text, phases=(phase, *CHECKLIST.phases[1:]), signoffs=slots)
    )
    told.does(RecordResult("pooler", "failed", text.strip() or "x", told.seen))
    told.does(AddNote("pooler", "noted"))
    return told.now


@given(TEXTS, st.integers(0, 60))
def test_fitted_text_has_exactly_its_width(text: str, width: int) -> None:
    shown = UNICODE.line(text)
    assert cell_len(fit(shown, width, "…")) == width
    assert cell_len(fit_front(shown, width, "…")) == width


def test_texts_that_begin_alike_are_told_apart_by_their_ends() -> None:
    texts = ["the token is generated somewhere safe", "the token is stored somewhere safe", "dns"]
    assert alike(texts, 12) == set(texts[:2])
    assert fit_front(texts[0], 12, "…") == "…ewhere safe"
    assert alike(texts, 40) == frozenset()


@given(TEXTS, WIDTHS, st.sampled_from(INKS))
def test_every_line_fits_whatever_the_texts_are(text: str, width: int, ink: Ink) -> None:
    state = named(text)
    everything: list[Content] = [
        whole(status.identity_line(state, ALONE, width, ink)),
        status.state_line(state, ALONE, width, ink),
        status.state_line(state, replace(ALONE, trouble=text), width, ink),
        phases.strip(state, state.checklist.phases, 0, width, ink),
        phases.phase_title(state, 1, state.checklist.phases[0], width, ink),
        phases.phase_line(state, 1, state.checklist.phases[0], width, ink),
    ]
    rows = phase_rows(state, state.checklist.phases, "", DARK, width, ink)
    for content in [*everything, *(row.content for row in rows)]:
        assert cell_len(content.plain) == width, repr(content.plain)
        assert "\n" not in content.plain
        assert "\x1b" not in content.plain
        if ink is ASCII:
            assert content.plain.isascii()


@pytest.mark.parametrize("text", ["[/foo]", "[@click=app.quit]x[/]", "[bold red]x", "$primary"])
def test_markup_in_a_text_is_shown_as_text(text: str) -> None:
    state = named(text)
    (row,) = (
        r
        for r in phase_rows(state, state.checklist.phases[:1], "", DARK, 80, UNICODE)
        if r.id == "item:pooler"
    )
    assert text in row.content.plain
    assert (
        text
        in item_detail(
            state, state.checklist.phases[0].items[1], ["x"] * 20, [], NOW, UNICODE
        ).plain
    )


def row_of(told: Told, which: str, width: int = 80) -> str:
    rows = phase_rows(told.now, told.now.checklist.phases, "", DARK, width, UNICODE)
    return next(row.content.plain for row in rows if row.id == which)


def test_an_items_row_says_box_who_when_and_where_it_stands() -> None:
    told = Told()
    assert row_of(told, "item:pooler").startswith(" [ ]             pooler is ready")
    told.does(RecordResult("pooler", "passed", "", told.seen), CLEO)
    assert row_of(told, "item:pooler").startswith(" [x] CD   00:00Z pooler is ready")
    assert row_of(told, "item:pooler").rstrip().endswith("passed")
    assert row_of(told, "item:smoke").rstrip().endswith("unverified")


def test_every_standing_has_a_box_of_its_own_and_a_word() -> None:
    boxes = [MARKS[result].box for result in RESULTS]
    assert len(set(boxes)) == len(boxes)
    assert all(mark.word for standing, mark in MARKS.items() if standing != "open")


def test_a_wide_row_gives_the_reason() -> None:
    told = Told()
    told.does(RecordResult("pooler", "failed", "6 of 7", told.seen))
    assert "FAILED: 6 of 7" in row_of(told, "item:pooler", width=100)


def test_a_sign_off_row_says_what_it_waits_for_who_signed_and_what_changed_since() -> None:
    told = Told()
    assert "waits for 2" in row_of(told, "slot:cutover")
    told.does(RecordResult("dns", "passed", "", told.seen))
    told.does(RecordResult("smoke", "passed", "", told.seen))
    assert "s signs it" in row_of(told, "slot:cutover")
    told.does(SignOffSlot("cutover", "AB", "", "Cleo D", told.seen))
    assert "AB for Cleo D 2026-01-01 00:00Z" in row_of(told, "slot:cutover")
    told.does(RecordResult("dns", "failed", "", told.seen))
    assert "SIGNED, 1 CHANGED" in row_of(told, "slot:cutover")
    (_, slot) = told.now.checklist.signoffs
    assert "CHANGED since: dns" in slot_detail(told.now, slot, ["x"] * 20, UNICODE).plain
    assert "SIGNED, NOW CHANGED" in status.state_line(told.now, ALONE, 120, UNICODE).plain


def test_a_filter_keeps_what_holds_it_and_drops_empty_headings() -> None:
    told = Told()
    rows = phase_rows(told.now, told.now.checklist.phases, "POOL", DARK, 80, UNICODE)
    assert [row.id for row in rows] == ["phase:database", "section:pools", "item:pooler"]


@given(st.integers(1, 40), st.data())
def test_the_strip_always_shows_the_current_the_red_and_the_next_phase(
    count: int, data: st.DataObject
) -> None:
    kind = CHECKLIST.phases[0]
    many = tuple(
        replace(kind, id=f"p{n}", title=f"Phase number {n}", items=()) for n in range(count)
    )
    red = data.draw(st.integers(0, count - 1))
    current = data.draw(st.integers(0, count - 1))
    many = (*many[:red], replace(many[red], items=kind.items), *many[red + 1 :])
    told = Told(replace(CHECKLIST, phases=many, signoffs=()))
    told.does(RecordResult("pooler", "failed", "", told.seen))
    line = phases.strip(told.now, many, current, 80, UNICODE).plain
    shown = {int(number) for number in re.findall(r"(\d+)[!✓·]", line)}
    assert {current + 1, red + 1, min(current + 2, count)} <= shown, line


def test_the_status_lines_say_who_else_is_here_and_what_is_not_recorded() -> None:
    told = Told()
    here = [
        Seat(name, "a-launch", "CD", "", "", "h", "console", "2026-01-01T00:00:00.000Z")
        for name in ("a", "b", "c")
    ]
    line = whole(status.identity_line(told.now, replace(ALONE, seats=here), 100, UNICODE)).plain
    assert "LIVE" in line
    assert "AB dba  +2 here" in line
    assert "02:17:19Z" in line
    red = status.state_line(told.now, replace(ALONE, trouble="the disk is full"), 100, UNICODE)
    assert red.plain.startswith(" NOT RECORDED: the disk is full")


def test_the_log_pane_shows_the_newest_lines_last() -> None:
    told = Told()
    for item in ("dns", "pooler", "bucket"):
        told.does(RecordResult(item, "passed", "", told.seen))
    pane = journal_pane(told.events, told.now, 60, 2, UNICODE).plain.splitlines()
    assert [line.split(maxsplit=2)[2].strip() for line in pane] == [
        "ticked pooler",
        "ticked bucket",
    ]
