"""t0, hold, resume, recycle, scrub, acknowledge; run --t0: what they record, refuse and show."""

from typing import Any

import pytest

from launchpad.launch.clock_facts import ClockStepped
from launchpad.launch.operations import ObservationGap
from tests.cli.conductor import conducting
from tests.cli.conftest import Shell

TIMED = """\
launchpad: 1
title: Storefront cutover
code-word: storefront
crew: {lead: AB, people: [{initials: AB, name: Ada B}, {initials: CD, name: Cleo D}]}
window: {hard-stop: T+2h}
holds:
  - {id: go, title: Go or not, at: T-10m, until: {phases: [database]}}
phases:
  - {id: database, title: Database, at: T-30m, items: [{id: dsn, text: The DSN works}]}
"""


@pytest.fixture
def timed(launchpad: Shell) -> Shell:
    """Open a launch that speaks of T-0, which is an hour off."""
    launchpad.acting.write_text(TIMED)
    done = launchpad("run", launchpad.acting, "--no-console", "--t0", "in 1h")
    assert done.status == 0, done.err
    return launchpad


def status(shell: Shell) -> Any:
    return shell("status", "--format", "json").json


def lines(shell: Shell) -> list[str]:
    done = shell("status")
    assert done.status == 0, done.err
    return done.out.splitlines()


def test_before_t0_is_set_status_says_so(opened: Shell) -> None:
    shown = status(opened)
    assert (shown["state"], shown["t0"]) == ("open", None)
    assert shown["clock"] == {"t_s": None, "l_s": None, "held": False, "reason": None}
    assert "T-0 not set: launchpad t0 TIME gives it one" in lines(opened)


def test_t0_is_set_and_read_back_as_local_time_utc_and_what_is_left(opened: Shell) -> None:
    done = opened("t0", "2099-11-22 02:30 Europe/Berlin", "--format", "json")
    assert done.status == 0, done.err
    assert "T-0 is 2099-11-22 02:30 CET = 01:30Z, in " in done.err
    (event,) = done.json["events"]
    assert event["kind"] == "launch.scheduled"
    assert (event["body"]["t0"], event["body"]["zone"], event["body"]["keeps"]) == (
        "2099-11-22T01:30:00.000Z",
        "Europe/Berlin",
        None,
    )
    assert event["body"]["in_ms"] > 0
    shown = status(opened)
    assert (shown["state"], shown["clock"]["held"]) == ("counting", False)
    assert shown["clock"]["t_s"] == shown["clock"]["l_s"] < 0


REFUSED = [
    (["t0"], 2, "say when T-0 is, or --keep"),
    (["t0", "02:30Z", "--keep", "hour"], 2, "say when T-0 is, or --keep"),
    (["t0", "02:30"], 2, "a time needs its zone: 2026-11-22T02:30+01:00"),
    (["t0", "2020-01-01T00:00Z"], 1, "T-0 would have been"),
    (["t0", "--keep", "hour"], 1, "T-0 has no time yet: launchpad t0 TIME gives it one"),
    (["hold", "--reason", "x"], 1, "T-0 has no time yet"),
    (["resume"], 1, "T-0 has no time yet"),
    (["recycle", "T-5m", "--reason", "x"], 1, "T-0 has no time yet"),
    (["recycle", "5m", "--reason", "x"], 2, "expected a time of the launch such as T-20m"),
    (["hold"], 2, "--reason"),
    (["scrub"], 2, "--reason"),
    (["acknowledge"], 1, "there is no observation gap to acknowledge"),
]


def test_what_makes_no_sense_is_refused_and_nothing_is_recorded(opened: Shell) -> None:
    before = status(opened)["head"]
    for words, exit_status, said in REFUSED:
        done = opened(*words)
        assert (done.status, done.out) == (exit_status, ""), words
        assert said in done.err
    assert status(opened)["head"] == before


def test_a_hold_stops_t_until_it_is_resumed(timed: Shell) -> None:
    done = timed("hold", "--reason", "the vendor is late")
    assert done.status == 0, done.err
    assert "AB    held the clock: the vendor is late" in done.out
    assert "HOLDING at T-" in done.err
    shown = status(timed)
    assert shown["state"] == "holding"
    assert (shown["clock"]["held"], shown["clock"]["reason"]) == (True, "the vendor is late")
    told = lines(timed)
    assert told[0].endswith("LIVE   HOLDING")
    assert any(
        line.startswith("HOLDING at T-") and "AB, the vendor is late" in line for line in told
    )
    again = timed("hold", "--reason", "x")
    assert (again.status, again.out) == (1, "")
    assert "the clock is held already, by AB at " in again.err
    assert timed("resume").status == 0
    assert status(timed)["state"] == "counting"
    assert "the clock is not held" in timed("resume").err


def test_a_built_in_hold_says_what_it_waits_for_and_is_left_with_a_reason(timed: Shell) -> None:
    assert "next built-in hold: go at T-10m, waits for 1 item of database" in lines(timed)
    assert timed("t0", "in 10m").status == 0
    assert "HOLD go, waits for 1 item of database" in lines(timed)
    shown = status(timed)
    assert (shown["state"], shown["clock"]["t_s"]) == ("holding", -600)
    assert shown["clock"]["reason"] == "go, waits for 1 item of database"
    without = timed("resume")
    assert (without.status, without.out) == (1, "")
    assert "to leave the built-in hold go early needs a reason" in without.err
    assert timed("resume", "--reason", "Ada looked herself").status == 0
    assert status(timed)["state"] == "counting"


def test_a_recycled_clock_stands_at_an_earlier_time(timed: Shell) -> None:
    done = timed("recycle", "T-2h", "--reason", "the replica was restarted")
    assert done.status == 0, done.err
    assert "HOLDING at T-2h: AB, the replica was restarted; T-0 at the earliest " in done.err
    assert "T-0 is 1h00m later than planned" in done.err
    assert status(timed)["clock"]["t_s"] == -7200


def test_the_window_is_shown_and_does_not_move_with_the_clock(timed: Shell) -> None:
    (before,) = (line for line in lines(timed) if line.startswith("hard stop "))
    assert ", in 2h59m" in before or ", in 3h00m" in before
    timed("recycle", "T-2h", "--reason", "again")
    (after,) = (line for line in lines(timed) if line.startswith("hard stop "))
    assert after[: len("hard stop 01:02")] == before[: len("hard stop 01:02")]


def test_a_scrubbed_launch_is_not_counted_on(timed: Shell) -> None:
    done = timed("scrub", "--reason", "the window is too short")
    assert done.status == 0, done.err
    assert "launchpad close --outcome scrubbed ends the launch" in done.err
    assert status(timed)["state"] == "scrubbed"
    assert any(line.startswith("SCRUBBED by AB at ") for line in lines(timed))
    for words in (["hold", "--reason", "x"], ["resume"], ["t0", "in 1h"]):
        assert "the launch was scrubbed by AB at " in timed(*words).err


def test_the_clock_is_the_leads(timed: Shell) -> None:
    for words in (["t0", "in 1h"], ["hold", "--reason", "x"], ["scrub", "--reason", "x"]):
        done = timed(*words, "--initials", "CD")
        assert (done.status, done.out) == (1, "")
        assert "only the lead may" in done.err


@pytest.mark.parametrize("keep", ["hour", "remainder"])
def test_after_the_wall_clock_was_set_somebody_says_what_t0_keeps(timed: Shell, keep: str) -> None:
    assert "the wall clock was not set" in timed("t0", "--keep", keep).err
    with conducting(timed.log) as conductor:
        conductor.reports(ClockStepped(step_ms=-3_600_000))
    (told,) = (line for line in lines(timed) if line.startswith("CLOCK STEPPED: "))
    assert "the wall clock was set 1h00m back at " in told
    assert "launchpad t0 --keep hour, or launchpad t0 --keep remainder" in told
    done = timed("t0", "--keep", keep, "--format", "json")
    assert done.status == 0, done.err
    assert done.json["events"][0]["body"]["keeps"] == keep
    assert not any(line.startswith("CLOCK STEPPED") for line in lines(timed))


def test_a_gap_is_told_until_it_is_acknowledged(timed: Shell) -> None:
    with conducting(timed.log) as conductor:
        conductor.reports(ObservationGap(gap_ms=60_000))
    assert any(line.startswith("NOBODY OBSERVED for a while") for line in lines(timed))
    assert timed("acknowledge").status == 0
    assert not any(line.startswith("NOBODY OBSERVED") for line in lines(timed))


def test_run_sets_t0_right_after_opening(launchpad: Shell) -> None:
    done = launchpad("run", launchpad.checklist, "--no-console", "--t0", "2099-01-01T00:00Z")
    assert done.status == 0, done.err
    assert "T-0 is 2099-01-01 00:00Z, in " in done.err
    assert status(launchpad)["t0"] == "2099-01-01T00:00:00.000Z"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("02:30", "a time needs its zone"), ("2020-01-01T00:00Z", "T-0 is to come, and not ")],
)
def test_run_opens_nothing_for_a_t0_that_makes_no_sense(
    launchpad: Shell, typed: str, said: str
) -> None:
    done = launchpad("run", launchpad.checklist, "--no-console", "--t0", typed)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert launchpad("list", "--format", "json").status in {0, 3}
    assert not launchpad.log.exists()


def test_run_by_somebody_who_may_not_set_t0_opens_the_launch_and_says_so(launchpad: Shell) -> None:
    launchpad.acting.write_text(TIMED)
    words = ("run", launchpad.acting, "--no-console", "--t0", "in 1h", "--initials", "CD")
    done = launchpad(*words)
    assert done.status == 1
    assert "T-0 was not set: only the lead may set T-0: AB, Ada B" in done.err
    assert done.out.strip() == status(launchpad)["launch"]
