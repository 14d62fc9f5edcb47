"""The launch's clock on the status lines: T-, L-, why it stands, and whose clock it is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from launchpad.checklist.model import Checklist, Hold, Window
from launchpad.console import phases, status
from launchpad.console.clock import (
    ConductorClock,
    due_words,
    heard,
    launch_now,
    notice,
    wants_t0,
)
from launchpad.console.ink import ASCII, UNICODE
from launchpad.console.sight import Sight
from launchpad.launch.clock_facts import ClockStepped
from launchpad.launch.event import Stamp
from launchpad.launch.intents import (
    CloseLaunch,
    HoldClock,
    RecordResult,
    ReportFact,
    ScrubLaunch,
    SetT0,
)
from launchpad.launch.moment import Moment, moment_at, shifted
from launchpad.launch.operations import ConductorStarted, ObservationGap
from launchpad.launch.person import Person
from launchpad.launch.state import LaunchState
from launchpad.log.leasing import Lease
from launchpad.session.clock_words import clock_of
from tests.console.test_drawing import ALONE, whole
from tests.launch.making import CHECKLIST, Told

MINUTE = 60_000
BEGAN = "2026-01-01T00:00:00.000Z"
LATE = Hold("gate", 1, -10 * MINUTE, 4 * MINUTE)
AWAITED = Hold("go", 1, -10 * MINUTE, phases=("database",), poll="cutover")
TIMED = replace(
    CHECKLIST,
    phases=(
        replace(CHECKLIST.phases[0], at_ms=-30 * MINUTE),
        replace(CHECKLIST.phases[1], at_ms=0, poll=("dba",)),
    ),
)


def stamp(seconds: float, boot: str = "a-boot") -> Stamp:
    """Return so many seconds after the launch's first event, less the second that it is at."""
    return Stamp(shifted(BEGAN, round(seconds * 1_000)), str(round(seconds * 10**9)), boot, "h")


def counting(*holds: Hold, checklist: Checklist = TIMED, minutes: int = 30) -> Told:
    """Return a launch whose T-0 is so far off at its event 2."""
    told = Told(replace(checklist, holds=holds))
    t0 = shifted(BEGAN, minutes * MINUTE)
    told.does(SetT0(t0, "Europe/Berlin", minutes * MINUTE, None, told.seen))
    return told


def lines(
    state: LaunchState, seconds: float, width: int = 120, clock: ConductorClock | None = None
) -> tuple[str, str]:
    sight = Sight(clock=clock) if clock else None
    at = replace(ALONE, at=stamp(seconds), sight=sight)
    first = whole(status.identity_line(state, at, width, UNICODE)).plain
    return first, status.state_line(state, at, width, UNICODE).plain


def test_the_clock_runs_to_t0_and_beyond() -> None:
    state = counting().now
    first, second = lines(state, 62)
    assert "T−29m00s  L−29m00s   00:01:02Z" in first
    assert second.startswith(" COUNTING   ")
    assert "T−1s " in lines(state, 2 + 1799.5)[0]
    assert "T+0s " in lines(state, 2 + 1800)[0]
    assert "T+1h00m " in lines(state, 2 + 1800 + 3600)[0]


def test_without_a_t0_nothing_counts() -> None:
    first, second = lines(Told().now, 62)
    assert "T-0 not set   00:01:02Z" in first
    assert second.startswith(" OPEN   ")


@given(st.integers(3, 3 * 3600))
def test_while_it_runs_nothing_moves_beside_it(seconds: int) -> None:
    """A change of width would lay the whole line out anew, over a slow link each second."""
    state = counting(minutes=90).now
    now, before = (
        status.identity_line(state, replace(ALONE, at=stamp(each)), 80, UNICODE)
        for each in (seconds, 3)
    )
    assert cell_len(now.clock.plain) == cell_len(before.clock.plain)


def test_a_hold_that_somebody_called_says_who_and_why_and_l_goes_on() -> None:
    told = counting()
    told.does(HoldClock("vendor is late", told.seen))
    first, second = lines(told.now, 3 + 12 * 60)
    assert "T−29m59s  L−17m59s" in first
    assert second.startswith(" HOLDING at T−29m59s: AB, vendor is late   ")
    assert "T-0 is 12m later than planned" in second


def test_a_built_in_hold_says_how_long_it_lasts_or_what_it_waits_for() -> None:
    first, second = lines(counting(LATE).now, 2 + 16 * 60 + 90)
    assert "T−10m00s  L−12m30s" in first
    assert second.startswith(" HOLD gate, 2m left   ")
    told = counting(AWAITED)
    second = lines(told.now, 2 + 25 * 60)[1]
    assert second.startswith(" HOLD go, waits for 3 items of database and ")
    for item in ("migrations", "pooler"):
        told.does(RecordResult(item, "passed", "", told.seen))
    assert " HOLD go, waits for 1 item of database and t…  " in lines(told.now, 2 + 25 * 60)[1]
    told.does(RecordResult("bucket", "passed", "", told.seen))
    assert " HOLD go, waits for the poll of cutover " in lines(told.now, 2 + 25 * 60)[1]


@pytest.mark.parametrize("width", [80, 100, 120])
def test_however_long_a_reason_is_what_is_red_stays_on_the_line(width: int) -> None:
    told = counting()
    told.does(RecordResult("dns", "failed", "it answers nothing", told.seen))
    told.does(HoldClock("the vendor of the other vendor is late again " * 3, told.seen))
    second = lines(told.now, 60, width)[1]
    assert "1 FAILED" in second
    assert cell_len(second) == width


def test_a_scrubbed_launch_is_no_longer_counting() -> None:
    told = counting()
    told.does(ScrubLaunch("too late", told.seen))
    assert lines(told.now, 60)[1].startswith(" SCRUBBED   ")


def test_after_the_close_the_clock_says_when_t0_was() -> None:
    told = counting()
    told.does(CloseLaunch("launched", told.now.code_word))
    first, second = lines(told.now, 60)
    assert "T-0 00:30Z   00:01:00Z" in first
    assert second.startswith(" LAUNCHED")


def conducted(told: Told) -> Told:
    started = ConductorStarted(epoch=1, host="a", user="b", pid=1, program="x")
    told.does(ReportFact(started, 1), Person(""))
    return told


def said(state: LaunchState, seconds: int) -> str | None:
    return notice(state, clock_of(state, moment_at(stamp(seconds))))


def test_a_clock_that_was_set_is_said_until_somebody_decides() -> None:
    told = conducted(counting())
    assert said(told.now, 60) is None
    told.does(ReportFact(ClockStepped(step_ms=-60 * MINUTE), 1), Person(""))
    assert said(told.now, 60) == ("CLOCK STEPPED 1h00m back at 00:00:04Z: H asks what T-0 keeps")
    # T counts on as before, and after T-0 there is nothing left to decide.
    assert "T−29m00s" in lines(told.now, 62)[0]
    assert said(told.now, 3600) is None


def test_a_gap_is_said_until_somebody_has_seen_it() -> None:
    told = conducted(Told())
    told.does(ReportFact(ObservationGap(gap_ms=60_000), 1), Person(""))
    assert "NOBODY OBSERVED" in (said(told.now, 60) or "")


def test_of_another_boot_the_clock_is_uncertain() -> None:
    at = replace(ALONE, at=stamp(62, "another-boot"))
    line = status.state_line(counting().now, at, 120, UNICODE).plain
    assert "T by wall clocks, UNCERTAIN" in line


# Two hosts: the conductor's boot clock is 1,000 s behind, and its wall clock an hour ahead.
HOUR = 3600
BEHIND = 1_000


def beat(seconds: float, step: float = 0) -> Lease:
    """Return the lease as it is at a beat, in seconds of the conductor's boot clock."""
    at = shifted(BEGAN, round((seconds + HOUR + step) * 1_000))
    ns = round(seconds * 10**9)
    return Lease("a-launch", 1, "h", 1, "s", "there", "u", "a-boot", ns, at)


def here(seconds: float) -> Stamp:
    return stamp(seconds, "another-boot")


def test_another_host_shows_the_conductors_clock() -> None:
    """Its own says nothing: T- is reckoned by the beats, within what a beat may come late."""
    clock = heard(beat(62), here(62 + BEHIND + 0.3), None)
    assert clock
    first, second = lines(counting().now, 0, clock=None)
    at = replace(ALONE, at=here(62 + BEHIND), sight=Sight(clock=clock))
    first = whole(status.identity_line(counting().now, at, 120, UNICODE)).plain
    assert "T−29m01s  L−29m01s   01:01:01Z" in first
    second = status.state_line(counting().now, at, 120, UNICODE).plain
    assert "by the conductor's clock" in second
    assert "UNCERTAIN" not in second


def test_a_beat_that_came_sooner_makes_it_exact_and_one_that_came_late_changes_nothing() -> None:
    clock = heard(beat(62), here(62 + BEHIND + 0.4), None)
    for seconds, late in ((63.0, 0.01), (63.5, 0.45), (64.0, 0.3)):
        clock = heard(beat(seconds), here(seconds + BEHIND + late), clock)
    now = launch_now(here(70 + BEHIND), clock)
    assert abs(now.mono_ns - 70 * 10**9) < 20 * 10**6
    assert now.boot_id == "a-boot"


def test_a_beat_of_this_boot_needs_no_reckoning() -> None:
    assert heard(beat(62), stamp(62), None) is None
    assert heard(None, stamp(62), None) is None
    assert launch_now(stamp(62), None) == Moment(stamp(62).at, 62 * 10**9, "a-boot")


def test_only_what_changes_the_clock_is_drawn_anew() -> None:
    first = heard(beat(62), here(62 + BEHIND + 0.1), None)
    same = heard(beat(90), here(90 + BEHIND + 0.2), first)
    assert first
    assert same
    assert first.says_more_than(None)
    assert not same.says_more_than(first)
    stepped = heard(beat(90.5, step=60), here(90.5 + BEHIND + 0.2), same)
    assert stepped
    assert stepped.says_more_than(same)
    sooner = heard(beat(62), here(62 + BEHIND - 1), first)
    assert sooner
    assert sooner.says_more_than(first)


def test_a_phase_says_when_it_is_due_where_there_is_room() -> None:
    state = counting().now
    database, cutover = state.checklist.phases
    assert due_words(database, -34 * MINUTE) == "due in 4m"
    assert due_words(database, -30 * MINUTE + 59_000) == "due now"
    assert due_words(database, -20 * MINUTE) == "due 10m ago"
    assert due_words(replace(database, at_ms=None), 0) is None
    wide = phases.phase_title(state, 1, database, 80, UNICODE, "due in 4m").plain
    assert "Database  T-30m  due in 4m" in wide
    assert "T-30m" in phases.phase_line(state, 1, database, 30, UNICODE).plain
    narrow = phases.phase_line(state, 2, replace(cutover, title="A long title of it"), 26, UNICODE)
    assert "A long title" in narrow.plain
    assert "T-0" not in narrow.plain


def test_what_is_done_is_no_longer_due() -> None:
    told = counting()
    for item in ("migrations", "pooler", "bucket"):
        told.does(RecordResult(item, "passed", "", told.seen))
    phase = told.now.checklist.phases[0]
    assert "due" not in phases.phase_title(told.now, 1, phase, 80, UNICODE, "due 3m ago").plain


def test_a_terminal_with_ascii_gets_ascii() -> None:
    at = replace(ALONE, at=stamp(62))
    line = whole(status.identity_line(counting().now, at, 80, ASCII)).plain
    assert line.isascii()
    assert "T-29m00s" in line


@pytest.mark.parametrize(
    ("checklist", "asked"),
    [
        (CHECKLIST, False),
        (TIMED, True),
        (replace(CHECKLIST, window=Window(1, hard_stop_ms=MINUTE)), True),
        (replace(CHECKLIST, holds=(LATE,)), True),
        (replace(CHECKLIST, phases=(replace(CHECKLIST.phases[0], poll=("dba",)),)), True),
        (replace(CHECKLIST, phases=(replace(CHECKLIST.phases[0], until_ms=MINUTE),)), True),
    ],
)
def test_t0_is_asked_for_only_where_something_speaks_of_it(
    checklist: Checklist, asked: bool
) -> None:
    assert wants_t0(checklist) is asked
