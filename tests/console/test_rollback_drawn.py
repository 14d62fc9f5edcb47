"""What the rollback screen draws: the clock first, every step in words, into every width."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from launchpad.checklist.model import Rollback, Step
from launchpad.console import rollback_lines
from launchpad.console.budget import Budget, budget_of, clock_figures, clock_words, pause_words
from launchpad.console.digits import HEIGHT, big
from launchpad.console.ink import ASCII, UNICODE, Ink
from launchpad.console.rollback_lines import RollbackView, view_of
from launchpad.console.sight import Printed
from launchpad.console.step_words import step_standing, time_words
from launchpad.launch.event import Stamp
from launchpad.launch.moment import Moment
from launchpad.launch.rollback import RollbackState
from launchpad.launch.state import LaunchState, ProbeStanding
from launchpad.launch.step import StepState, StepStatus
from tests.launch.making import CHECKLIST, Told

SECOND = 10**9
BEGAN = Moment("2026-01-01T02:00:00.000Z", 1_000 * SECOND, "a-boot")
STEPS = (
    Step(id="dns", title="Traffic back", line=2, kind="command", expected_ms=120_000),
    Step(id="jobs", title="Jobs off", line=3, kind="command", expected_ms=60_000, verify="health"),
    Step(id="pause", title="Settle", line=4, kind="wait", wait_until="health"),
    Step(id="tell", title="Tell", line=5, kind="manual", instructions="Call.\nThen write."),
)
PLAN = Rollback(line=1, steps=STEPS, budget_ms=600_000)
LAUNCH = Told(replace(CHECKLIST, rollback=PLAN)).now
STATUSES: list[StepStatus] = [
    "pending",
    "running",
    "done",
    "failed",
    "timed-out",
    "skipped",
    "indeterminate",
]


def at(seconds: int) -> Stamp:
    """Return a moment, so many seconds after the rollback began."""
    return Stamp("2026-01-01T02:00:31.000Z", str((1_000 + seconds) * SECOND), "a-boot", "h")


def rolling(**more: object) -> RollbackState:
    plain = RollbackState(1, "running", BEGAN, "AB", "health is red")
    return replace(plain, **more)  # type: ignore[arg-type]  # the tests name real fields


def state_of(rollback: RollbackState) -> LaunchState:
    return replace(LAUNCH, rollback=rollback)


def view(rollback: RollbackState, seconds: int, printed: Printed | None = None) -> RollbackView:
    found = view_of(state_of(rollback), at(seconds), printed)
    assert found
    return found


def clock(rollback: RollbackState, seconds: int) -> str:
    return rollback_lines.clock(view(rollback, seconds), 80, UNICODE).plain


def test_the_clock_says_what_is_left_and_how_it_will_come_out() -> None:
    said = clock(rolling(), 31)
    assert "9m29s left of 10m" in said
    assert "elapsed 31s, now 02:00:31Z" in said
    assert "projected to end 02:03:31Z with 6m29s to spare" in said


def test_an_end_that_nobody_knows_is_only_the_earliest() -> None:
    resting = rolling(status="paused", pause="paused by AB: the vendor calls")
    assert "ends at the earliest 02:03:31Z" in clock(resting, 31)
    assert "to spare" not in clock(resting, 31)


def test_an_overrun_is_said_as_soon_as_it_can_be_foreseen_and_the_clock_goes_on() -> None:
    assert "1m OVER the budget" in clock(rolling(), 480)
    assert "+1m12s OVER 10m" in clock(rolling(), 672)
    assert budget_of(PLAN, rolling(), at(480)).red
    assert not budget_of(PLAN, rolling(), at(31)).red


def test_across_a_reboot_the_wall_clock_says_the_time_and_that_is_said() -> None:
    away = replace(at(31), boot_id="another", mono_ns="0")
    budget = budget_of(PLAN, rolling(), away)
    assert (
        clock_words(budget)
        == f"{clock_words(budget_of(PLAN, rolling(), at(31)))}, by the wall clock"
    )
    assert clock_figures(budget) == clock_figures(budget_of(PLAN, rolling(), at(31)))


def test_without_a_budget_the_clock_counts_up() -> None:
    budget = Budget(
        elapsed=185_000, projected=200_000, allowed=None, ends="02:03:20Z", earliest=False
    )
    assert clock_words(budget) == "3m05s so far, no budget"
    assert clock_figures(budget) == "3:05"


@pytest.mark.parametrize("ink", [UNICODE, ASCII])
def test_every_figure_is_drawn_in_its_own_way(ink: Ink) -> None:
    drawn = {figure: big(figure, ink) for figure in "0123456789:+"}
    assert len(set(drawn.values())) == len(drawn)
    for rows in drawn.values():
        assert len(rows) == HEIGHT
        assert len({cell_len(row) for row in rows}) == 1
    if ink is ASCII:
        assert all(row.isascii() for rows in drawn.values() for row in rows)


@pytest.mark.parametrize("status", STATUSES)
def test_every_state_of_a_step_has_a_glyph_and_a_word(status: StepStatus) -> None:
    state = StepState(status, run=1, began=BEGAN, elapsed_ms=72_000, reason="why", by="auto")
    drawn = rollback_lines.steps(view(rolling(steps={"dns": state}), 31), 80, 4, UNICODE)
    first = drawn.plain.splitlines()[0]
    assert first[1] in "·▸✓!-\u2212?"
    words = {"timed-out": "TIMED OUT", "running": "RUNNING", "failed": "FAILED"}
    assert words.get(status, status).upper() in first.upper()


def standing(step: Step, state: StepState, seconds: int = 31) -> str:
    rollback = rolling(steps={step.id: state})
    return step_standing(state_of(rollback), rollback, step, at(seconds))


@pytest.mark.parametrize(
    ("step", "state", "said"),
    [
        (STEPS[0], StepState(), "pending, command"),
        (STEPS[2], StepState(), "pending, waits until health is OK"),
        (STEPS[3], StepState(), "pending, by hand"),
        (STEPS[0], StepState("running", 1, BEGAN), "RUNNING 31s, 1m29s left"),
        (STEPS[3], StepState("running", 1, BEGAN), "BY HAND 31s"),
        (STEPS[1], StepState("done", 1, BEGAN, 72_000), "done, took 1m12s, verified: health OK"),
        (STEPS[3], StepState("done", 1, BEGAN, 9_000, by="CD"), "done by CD, took 9s"),
        # It has a probe, and is done because somebody said so: nothing was verified.
        (STEPS[1], StepState("done", 1, BEGAN, 9_000, by="CD"), "done by CD, took 9s"),
        (
            STEPS[0],
            StepState("failed", 1, BEGAN, exit_status=3, reason="exit status 3"),
            "FAILED, exit 3",
        ),
        (STEPS[0], StepState("failed", 1, BEGAN, exit_status=3, reason="x"), "FAILED, exit 3: x"),
        (STEPS[0], StepState("failed", 1, BEGAN, signal=9), "FAILED by signal 9"),
        (STEPS[0], StepState("skipped", 1, BEGAN, reason="x", by="CD"), "skipped by CD: x"),
    ],
)
def test_a_step_says_where_it_stands(step: Step, state: StepState, said: str) -> None:
    assert standing(step, state) == said


def test_a_step_that_ended_well_says_what_it_waits_for() -> None:
    known = StepState("running", 1, BEGAN, verifying="smoke/health")
    rollback = rolling(steps={"dns": StepState("done", 1, BEGAN, 9_000), "jobs": known})
    seen = ProbeStanding("failed", BEGAN.at, "status-mismatch", "503", None)
    state = replace(state_of(rollback), probes={"smoke/health": seen})
    said = "ended well, waits for smoke/health (now FAILED)"
    assert step_standing(state, rollback, STEPS[1], at(91)) == f"{said}, 31s late"
    unseen = state_of(rollback)
    assert "smoke/health (not seen yet)" in step_standing(unseen, rollback, STEPS[1], at(9))
    found = view_of(state, at(91), None)
    assert found
    # Its row may have no room for it; the line for what waits has.
    assert f"step 2 {said}; k ends the wait" in rollback_lines.output(found, 80, 6, UNICODE).plain


def test_what_is_in_the_way_is_told_to_its_end() -> None:
    trouble = "NO CONDUCTOR since 4s; as deploy@bastion1, type: launchpad conductor --log "
    trouble += "postgresql://launch@db.internal/launch --launch harbour-20260101-abcd"
    drawn = rollback_lines.heading(view(rolling(), 31), trouble, 80, UNICODE)
    assert len(drawn) == 3
    assert " ".join(" ".join(line.plain for line in drawn[1:]).split()) == trouble


@pytest.mark.parametrize(
    ("expected_ms", "deadline_ms", "said"),
    [
        (120_000, None, "2m"),
        (120_000, 3_600_000, "2m"),
        (None, 0, "now"),
        (None, 3_600_000, "by 1h"),
        (None, 86_400_000, "by 24h"),
        (None, None, ""),
    ],
)
def test_a_step_says_how_long_it_takes_or_by_when_it_is_done(
    expected_ms: int | None, deadline_ms: int | None, said: str
) -> None:
    step = replace(STEPS[0], expected_ms=expected_ms, deadline_ms=deadline_ms)
    assert time_words(step) == said


def test_lateness_is_said_and_so_is_a_timeout_that_ends_nothing() -> None:
    running = StepState("running", 1, BEGAN)
    assert standing(STEPS[0], running, 150) == "RUNNING 2m30s, 30s late"
    limited = replace(STEPS[0], timeout_ms=140_000)
    assert standing(limited, running, 150) == "RUNNING 2m30s, over its timeout of 2m20s"


def test_what_waits_for_somebody_is_said_with_the_key() -> None:
    failed = rolling(steps={"dns": StepState("failed", 1, BEGAN, reason="no route")})
    assert rollback_lines.waiting_words(view(failed, 31)) == (
        "step 1 FAILED: r says what becomes of it",
        "bold $text-error",
    )
    done = {step.id: StepState("done", 1, BEGAN) for step in STEPS[:3]}
    by_hand = rolling(steps={**done, "tell": StepState("running", 1, BEGAN)})
    waiting = rollback_lines.waiting_words(view(by_hand, 31))
    assert waiting
    assert waiting[0] == "step 4 is done by hand: i says that it is done"
    told = rollback_lines.output(view(by_hand, 31), 80, 6, UNICODE).plain
    assert "step 4, by hand" in told
    assert "Then write." in told


def test_the_newest_lines_of_the_output_are_shown_with_who_it_runs_as() -> None:
    running = rolling(steps={"dns": StepState("running", 1, BEGAN)})
    printed = Printed("dns", 1, "".join(f"line {n}\n" for n in range(50)))
    lines = rollback_lines.output(view(running, 31, printed), 80, 4, UNICODE).plain.splitlines()
    assert "output of 1, runs as a-user@a-host" in lines[0]
    assert [line.strip() for line in lines[1:]] == ["line 47", "line 48", "line 49"]


def test_a_pause_says_who_or_what_holds_it() -> None:
    assert pause_words(rolling(pause="paused by AB: vendor")) == "PAUSED by AB: vendor"
    assert pause_words(rolling(pause="9s without a conductor")) == "PAUSED: 9s without a conductor"


def test_the_end_is_said_with_how_long_it_took() -> None:
    over = rolling(status="completed", elapsed_ms=252_000)
    assert "completed in 4m12s of 10m" in clock(over, 999)
    assert rollback_lines.waiting_words(view(over, 999)) is None


@given(
    st.text(min_size=1, max_size=90),
    st.lists(st.sampled_from(STATUSES), min_size=4, max_size=4),
    st.integers(0, 10_000),
    st.integers(80, 200),
    st.sampled_from([UNICODE, ASCII]),
)
def test_every_line_fits_whatever_the_texts_are(
    text: str, statuses: list[StepStatus], seconds: int, width: int, ink: Ink
) -> None:
    titled = tuple(replace(step, title=text, instructions=text) for step in STEPS)
    plan = replace(PLAN, steps=titled)
    launch = Told(replace(CHECKLIST, rollback=plan, title=text)).now
    steps = {
        step.id: StepState(status, 1, BEGAN, reason=text)
        for step, status in zip(titled, statuses, strict=True)
    }
    state = replace(launch, rollback=rolling(steps=steps, reason=text))
    drawn = view_of(state, at(seconds), Printed("dns", 1, text))
    assert drawn
    everything = [
        *rollback_lines.heading(drawn, None, width, ink),
        *rollback_lines.heading(drawn, text, width, ink),
        rollback_lines.clock(drawn, width, ink),
        rollback_lines.steps(drawn, width, 4, ink),
        rollback_lines.output(drawn, width, 6, ink),
    ]
    for content in everything:
        for row in content.plain.split("\n"):
            assert cell_len(row) == width, repr(row)
            assert "\x1b" not in row
            if ink is ASCII:
                assert row.isascii()


@given(st.integers(1, 40), st.integers(1, 12), st.integers(0, 39))
def test_the_step_at_work_always_shows(count: int, height: int, current: int) -> None:
    current = min(current, count - 1)
    many = tuple(replace(STEPS[0], id=f"s{n}", title=f"Number {n}.") for n in range(count))
    done = {step.id: StepState("done", 1, BEGAN) for step in many[:current]}
    rollback = rolling(steps={**done, many[current].id: StepState("running", 1, BEGAN)})
    launch = replace(
        Told(replace(CHECKLIST, rollback=replace(PLAN, steps=many))).now, rollback=rollback
    )
    drawn = view_of(launch, at(5), None)
    assert drawn
    lines = rollback_lines.steps(drawn, 80, height, UNICODE).plain.splitlines()
    assert len(lines) == min(height, count)
    assert any(f"Number {current}." in line for line in lines)
