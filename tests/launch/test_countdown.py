"""The launch's clock: what it shows follows from the time alone, whoever looks and how often."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpad.checklist.model import Hold
from launchpad.launch.countdown import (
    Countdown,
    Reading,
    conditional,
    held,
    opened,
    reading,
    recycled,
    resumed,
    scheduled,
    window_ms,
)
from launchpad.launch.moment import Moment, lapse, shifted

MINUTE = 60_000
T0 = "2026-11-21T21:00:00.000Z"
STARTED = "2026-11-21T20:00:00.000Z"
HOUR_OFF = 60 * MINUTE


def at(minutes: float, boot: str = "boot", wall_ms: int = 0) -> Moment:
    """Return the moment so many minutes after the countdown began; wall_ms: set wrongly by."""
    milliseconds = round(minutes * MINUTE)
    return Moment(shifted(STARTED, milliseconds + wall_ms), milliseconds * 1_000_000, boot)


def built_in(at_minutes: int, lasts: int = 0, *, poll: bool = False) -> Hold:
    """Return a hold built in so many minutes before T-0."""
    name = f"hold{at_minutes}"
    return Hold(name, 1, at_minutes * MINUTE, lasts * MINUTE, poll="go" if poll else None)


TEN = built_in(-20, 10)
GATE = built_in(-5, 2, poll=True)


def an_hour_off(holds: Sequence[Hold]) -> Countdown:
    """Return a countdown that begins an hour before T-0."""
    return scheduled(T0, "UTC", HOUR_OFF, holds, at(0), 1)


def shown(countdown: Countdown, holds: Sequence[Hold], minutes: float) -> tuple[float, float]:
    """Return T and L in minutes."""
    now = reading(countdown, holds, at(minutes))
    return now.t_ms / MINUTE, now.l_ms / MINUTE


@pytest.mark.parametrize(
    ("minutes", "t", "l"),
    [
        (0, -50, -60),
        (29.5, -20.5, -30.5),
        (30, -20, -30),
        (35, -20, -25),
        (40, -20, -20),
        (41, -19, -19),
        (60, 0, 0),
        (65, 5, 5),
    ],
)
def test_t_stops_in_a_built_in_hold_and_l_does_not(minutes: float, t: float, l: float) -> None:  # noqa: E741 - its name
    assert shown(an_hour_off([TEN]), [TEN], minutes) == (t, l)


def test_a_hold_that_waits_is_kept_until_what_it_waits_for_and_t0_is_as_much_later() -> None:
    clock = an_hour_off([GATE])
    now = reading(clock, [GATE], at(65))
    assert (now.t_ms, now.l_ms, now.waits) == (-5 * MINUTE, 5 * MINUTE, True)
    assert (now.slip_ms, now.t0) == (10 * MINUTE, shifted(T0, 10 * MINUTE))
    after = opened(clock, [GATE], GATE.id, at(65), 2)
    assert (shown(after, [GATE], 65), shown(after, [GATE], 70)) == ((-5, -5), (0, 0))
    assert after.t0 == shifted(T0, 10 * MINUTE)


def test_what_it_waits_for_does_not_shorten_a_hold_when_it_comes_early() -> None:
    clock = opened(an_hour_off([GATE]), [GATE], GATE.id, at(20), 2)
    assert shown(clock, [GATE], 54) == (-5, -6)
    assert shown(clock, [GATE], 56) == (-4, -4)
    assert reading(clock, [GATE], at(57)).slip_ms == 0


def test_a_hold_that_somebody_calls_moves_t0_when_it_ends() -> None:
    clock = held(an_hour_off([]), [], at(20), "AB", "the vendor is late", 2)
    now = reading(clock, [], at(35))
    assert (now.t_ms, now.l_ms, now.slip_ms) == (-40 * MINUTE, -25 * MINUTE, 15 * MINUTE)
    assert now.held
    assert now.held.reason == "the vendor is late"
    after = resumed(clock, [], at(35), 3)
    assert shown(after, [], 35) == (-40, -40)
    assert after.t0 == shifted(T0, 15 * MINUTE)


def test_a_hold_called_within_a_built_in_one_takes_nothing_from_it() -> None:
    clock = held(an_hour_off([TEN]), [TEN], at(32), "AB", "look", 2)
    early = resumed(clock, [TEN], at(35), 3)
    assert reading(early, [TEN], at(35)).slip_ms == 0
    assert shown(early, [TEN], 39) == (-20, -21)
    late = resumed(clock, [TEN], at(45), 3)
    assert shown(late, [TEN], 45) == (-20, -20)


def test_a_built_in_hold_that_is_left_early_brings_t0_forward() -> None:
    clock = resumed(an_hour_off([TEN]), [TEN], at(33), 2)
    assert shown(clock, [TEN], 33) == (-20, -20)
    assert clock.t0 == shifted(T0, -7 * MINUTE)


def test_a_recycled_clock_is_held_and_its_holds_are_ahead_again() -> None:
    clock = recycled(an_hour_off([TEN]), [TEN], -30 * MINUTE, at(50), "AB", "again", 2)
    assert shown(clock, [TEN], 55)[0] == -30
    running = resumed(clock, [TEN], at(55), 3)
    assert shown(running, [TEN], 65) == (-20, -30)
    assert shown(running, [TEN], 95) == (0, 0)


@pytest.mark.parametrize(
    ("minutes_off", "t", "stands"),
    [(3, -3, False), (5, -5, True), (6, -5, True), (7, -5, True), (8, -6, False), (25, -20, True)],
)
def test_a_clock_that_is_set_late_stands_where_it_would_had_it_run(
    minutes_off: int, t: int, stands: bool
) -> None:
    holds = [TEN, GATE]
    clock = scheduled(T0, "UTC", minutes_off * MINUTE, holds, at(0), 1)
    now = reading(clock, holds, at(0))
    assert (now.t_ms, now.stands, now.slip_ms) == (t * MINUTE, stands, 0)


def test_a_wall_clock_that_is_set_moves_nothing_within_a_boot() -> None:
    clock = an_hour_off([TEN])
    day_ms = 24 * 60 * MINUTE
    for step_ms in (-day_ms, -HOUR_OFF, HOUR_OFF, day_ms):
        now = reading(clock, [TEN], at(12, wall_ms=step_ms))
        assert (now.t_ms, now.exact) == (-38 * MINUTE, True)


def test_across_boots_the_wall_clock_counts_and_that_is_said() -> None:
    rebooted = replace(at(12), mono_ns=5, boot_id="another")
    now = reading(an_hour_off([]), [], rebooted)
    assert (now.t_ms, now.exact) == (-48 * MINUTE, False)


def test_the_window_does_not_move_with_the_holds() -> None:
    clock = held(an_hour_off([]), [], at(20), "AB", "wait", 2)
    late = resumed(clock, [], at(50), 3)
    assert window_ms(late, 120 * MINUTE, at(50)) == (180 - 50) * MINUTE


def test_time_never_runs_backwards() -> None:
    assert lapse(at(5), replace(at(3), boot_id="another")).ms == 0


_HOLDS = st.lists(
    st.builds(built_in, st.integers(-50, 0), st.integers(0, 15), poll=st.booleans()),
    max_size=4,
    unique_by=lambda hold: hold.at_ms,
)
_MINUTES = st.integers(0, 150)


def _opened_all(clock: Countdown, holds: Sequence[Hold], minutes: float) -> Countdown:
    for seq, hold in enumerate(filter(conditional, holds), 2):
        clock = opened(clock, holds, hold.id, at(minutes), seq)
    return clock


@given(_HOLDS, st.integers(0, 120))
def test_a_countdown_that_nothing_disturbs_ends_at_its_t0(holds: list[Hold], off: int) -> None:
    clock = scheduled(T0, "UTC", off * MINUTE, holds, at(0), 1)
    clock = _opened_all(clock, holds, 0)
    end = reading(clock, holds, at(off))
    assert (end.t_ms, end.l_ms, end.slip_ms) == (0, 0, 0)


@given(_HOLDS, _MINUTES, _MINUTES, _MINUTES)
def test_looking_changes_nothing(holds: list[Hold], first: int, second: int, third: int) -> None:
    """Anchoring the clock anew, as an event does, leaves every later reading as it was."""
    early, middle, late = sorted((first, second, third))
    clock = _opened_all(scheduled(T0, "UTC", HOUR_OFF, holds, at(0), 1), holds, early)
    again = _opened_all(scheduled(T0, "UTC", HOUR_OFF, holds, at(0), 1), holds, early)
    # A hold that is called and resumed in the same moment is an anchor and nothing else.
    before = reading(clock, holds, at(middle))
    touched = resumed(held(again, holds, at(middle), "AB", "x", 8), holds, at(middle), 9)
    assert _without_plan(reading(touched, holds, at(late))) == _without_plan(
        reading(clock, holds, at(late))
    )
    assert before.t_ms <= reading(clock, holds, at(late)).t_ms


@given(_HOLDS, st.lists(st.tuples(st.sampled_from("hro"), st.integers(0, 20)), max_size=12))
def test_whatever_people_do_t_never_jumps_and_t0_is_never_promised_in_vain(
    holds: list[Hold], acts: list[tuple[str, int]]
) -> None:
    clock, minutes = scheduled(T0, "UTC", HOUR_OFF, holds, at(0), 1), 0
    for seq, (act, wait) in enumerate(acts, 2):
        before = reading(clock, holds, at(minutes))
        minutes += wait
        now = reading(clock, holds, at(minutes))
        assert 0 <= now.t_ms - before.t_ms <= wait * MINUTE
        assert now.l_ms - before.l_ms == wait * MINUTE
        if act == "h":
            clock = held(clock, holds, at(minutes), "AB", "x", seq)
        elif act == "r":
            clock = resumed(clock, holds, at(minutes), seq)
        else:
            clock = _opened_all(clock, holds, minutes)
        after = reading(clock, holds, at(minutes))
        assert after.t_ms == now.t_ms
        # From here on undisturbed, T-0 comes when the clock says.
        free = _opened_all(
            resumed(clock, holds, at(minutes), 90) if after.held else clock, holds, minutes
        )
        plan = reading(free, holds, at(minutes))
        if plan.t_ms < 0:
            left = lapse(at(minutes), Moment(plan.t0, 0, "wall")).ms
            end = reading(free, holds, at(minutes + left / MINUTE))
            assert end.t_ms == 0


def _without_plan(now: Reading) -> tuple[int, str | None, int]:
    """Return what does not depend on when T-0 was planned."""
    return now.t_ms, now.hold.id if now.hold else None, now.left_ms
