"""What is drawn of a poll: the tally in the second line, the votes on the card, into any width."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from launchpad.console.ink import ASCII, UNICODE, Ink
from launchpad.console.poll_words import gone_stale, poll_heading, poll_lines, poll_parts
from launchpad.console.status import Standpoint, state_line
from launchpad.launch.event import Stamp
from launchpad.launch.poll import PollState
from launchpad.launch.state import LaunchState
from tests.launch.polling import EVE, LEAD, Polling


@pytest.fixture
def told() -> Polling:
    opened = Polling()
    opened.opens()
    opened.probe("health", "success")
    return opened


def parts(told: Polling, late_s: int = 0) -> list[tuple[str, str]]:
    return list(poll_parts(told.now, told.at(late_s), UNICODE))


def said(before: PollState | None, told: Polling) -> list[str]:
    return list(gone_stale(before, told.now, told.at(), UNICODE))


def lines(told: Polling, width: int = 66, ink: Ink = UNICODE) -> list[str]:
    return poll_lines(told.now, told.poll, told.at(), width, ink).plain.splitlines()


def voided(told: Polling, why: str) -> LaunchState:
    return replace(told.now, poll=replace(told.poll, void=why))


def test_the_second_line_shows_the_tally_before_what_is_done(told: Polling) -> None:
    told.votes("go")
    stamp = Stamp(told.at().at, str(told.at().mono_ns), "a-boot", "h")
    at = Standpoint(stamp, LEAD, None, (), None, 0, None, None)
    line = state_line(told.now, at, 120, UNICODE).plain
    assert "GO 1 of 3, devops not set, network not set" in line
    assert line.index("GO 1 of 3") < line.index("of 5 done")


def test_without_a_poll_nothing_is_drawn_of_it() -> None:
    assert parts(Polling()) == []


def test_what_holds_no_longer_is_never_drawn_as_good(told: Polling) -> None:
    assert parts(told, 400) == [
        ("GO 0 of 3, dba not set, 2 more not Go", "bold $text-warning"),
    ]
    told.all_go()
    told.closes("go")
    assert parts(told) == [("GO 00:00Z", "bold $text-success")]
    assert parts(told, 1_000) == [("GO of 00:00Z EXPIRED", "bold $text-error")]
    told.probe("health", "failed")
    assert parts(told) == [("GO 00:00Z, dba, devops, network STALE", "bold $text-warning")]
    state = voided(told, "the clock was recycled")
    assert list(poll_parts(state, told.at(), UNICODE)) == [
        ("poll VOID: the clock was recycled", "bold $text-warning")
    ]
    assert poll_heading(state, told.poll, told.at(), UNICODE).startswith("GO / NO-GO for Cutover")


def test_a_no_go_is_drawn_as_one(told: Polling) -> None:
    told.votes("no-go", EVE)
    told.closes("no-go")
    assert parts(told) == [("NO-GO 00:00Z", "bold $text-error")]
    assert poll_heading(told.now, told.poll, told.at(), UNICODE).endswith("NO-GO by AB 00:00:05Z")


def test_the_card_shows_what_each_vote_rests_on_and_why_it_holds_no_longer(told: Polling) -> None:
    told.votes("go")
    told.votes("maybe", EVE, comment="one more look")
    assert lines(told) == [
        "Database Admin     AB   Go          00:00:04Z on 1 probe, all OK",
        "DevOps             EF   Maybe       00:00:05Z one more look",
        "Network Admin      -    Not set",
    ]
    told.probe("health", "failed")
    assert lines(told)[:2] == [
        "Database Admin     AB   Go, STALE   00:00:04Z",
        "    health went red 1s ago: again",
    ]
    assert poll_heading(told.now, told.poll, told.at(), UNICODE).endswith("closes in 4m55s")


def test_a_go_is_said_to_be_stale_once(told: Polling) -> None:
    told.votes("go")
    voted = told.poll
    told.probe("health", "failed")
    assert said(voted, told) == ["Go of dba is STALE: health went red; to be voted again"]
    assert said(told.poll, told) == []
    assert said(None, told) == []


def test_a_go_that_went_stale_after_the_decision_says_so_and_after_a_no_go_is_silent(
    told: Polling,
) -> None:
    told.all_go()
    told.closes("go")
    voted = told.poll
    told.probe("health", "failed")
    assert said(voted, told)[0] == "Go of dba is STALE: health went red; GO was given 00:00:07Z"
    told.opens()
    told.probe("health", "success")
    told.votes("go")
    told.closes("no-go", "the vendor is down")
    voted = told.poll
    told.probe("health", "failed")
    assert said(voted, told) == []


@given(
    comment=st.text(max_size=200),
    width=st.integers(20, 120),
    ink=st.sampled_from([ASCII, UNICODE]),
)
def test_whatever_is_said_in_a_vote_stays_on_its_line(comment: str, width: int, ink: Ink) -> None:
    told = Polling()
    told.opens()
    told.votes("maybe", comment=comment)
    text = poll_lines(told.now, told.poll, told.at(), max(width, 48), ink).plain
    assert "\x1b" not in text
    assert all(cell_len(line) <= max(width, 48) for line in text.split("\n"))
    if ink.plain:
        assert text.isascii()
