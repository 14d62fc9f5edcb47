"""One event in plain words, for everybody who reads the log."""

import pytest

from launchpad.launch.fold import fold
from launchpad.launch.kinds import (
    Body,
    ItemNoted,
    ItemResulted,
    ItemUndone,
    LaunchClosed,
    SeatJoined,
    SeatLeft,
    SignoffRecorded,
    SignoffRevoked,
)
from launchpad.session.telling import tell
from tests.launch.making import ADA, Told, event


def resulted(result: str, reason: str | None = None, corrects: int | None = None) -> Body:
    return ItemResulted(item="dns", result=result, reason=reason, corrects=corrects)  # type: ignore[arg-type]


def signed(behalf: str | None) -> Body:
    return SignoffRecorded(
        slot="database",
        initials="AB",
        name="Ada B",
        role="dba",
        meaning="verified",
        on_behalf_of=behalf,
        covers=(),
    )


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (resulted("passed"), "ticked dns"),
        (resulted("failed", "6 of 7"), "failed dns: 6 of 7"),
        (resulted("not-applicable", "kept"), "marked dns not applicable: kept"),
        (resulted("blocked"), "marked dns blocked"),
        (resulted("in-progress"), "began dns"),
        (ItemNoted(item=None, text="all\nquiet"), "noted: all quiet"),
        (ItemNoted(item="dns", text="TTL is 60"), "noted on dns: TTL is 60"),
        (ItemUndone(corrects=9), "took back event 9"),
        (signed(None), "signed database (verified)"),
        (signed("Carol D"), "signed database on behalf of Carol D (verified)"),
        (
            SignoffRevoked(slot="database", reason="too early", corrects=2),
            "revoked the sign-off database: too early",
        ),
        (SeatJoined(seat="s"), "joined from a console"),
        (SeatLeft(seat="s", reason=""), "left the console"),
        (SeatLeft(seat="s", reason="connection lost"), "left the console: connection lost"),
        (
            LaunchClosed(outcome="launched", items_open=1, signoffs_open=2),
            "closed the launch as launched: 1 items and 2 sign-offs left open",
        ),
    ],
)
def test_an_event_reads_on_from_its_author(body: Body, told: str) -> None:
    assert tell(event(2, body), Told().now) == told


def test_the_opening_says_from_what() -> None:
    launch = Told(accept_ticked=True)
    assert tell(launch.events[0], launch.now) == (
        "opened the launch from a.md, its ticked boxes accepted"
    )


def test_a_correction_says_what_it_corrects_while_the_state_holds_it() -> None:
    launch = Told()
    failed = event(2, resulted("failed", "6 of 7"))
    passed = event(3, resulted("passed", corrects=2))
    state = fold(launch.now, [failed])
    assert state is not None
    assert tell(passed, state) == "ticked dns (was failed by AB)"
    undone = event(3, ItemUndone(corrects=2), ADA)
    assert tell(undone, state) == "took back event 2, the result on dns: failed: 6 of 7"
    assert tell(undone, launch.now) == "took back event 2"


def test_a_kind_from_a_newer_program_is_told_by_its_name() -> None:
    newer = event(2, resulted("passed"), kind="poll.opened")
    assert tell(newer, Told().now) == "recorded poll.opened, which this version does not know"


def test_nothing_outside_is_obeyed() -> None:
    told = tell(event(2, ItemNoted(item=None, text="a\x1b[2J\u202eb\tc\r\nd")), Told().now)
    assert told == "noted: a\u241b[2J<U+202E>b c d"
