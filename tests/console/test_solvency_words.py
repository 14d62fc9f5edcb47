"""Whether a rollback fits, in few words: what is bad stands first, where a narrow screen is cut."""

from dataclasses import replace

import pytest

from launchpad.checklist.model import Checklist, Rollback, Step, Window
from launchpad.console.solvency_words import solvency_words
from launchpad.launch.intents import ReportFact, SetT0
from launchpad.launch.moment import moment_of
from launchpad.launch.operations import ConductorStarted
from launchpad.launch.person import Person
from launchpad.launch.preflight_facts import PreflightCompleted
from tests.launch.making import CHECKLIST, Told

MINUTE, HOUR = 60_000, 3_600_000
T0 = "2026-01-01T01:00:00.000Z"
STEP = Step(id="dns", title="Point it back", line=1, kind="manual")
BACK = Rollback(line=1, steps=(replace(STEP, expected_ms=7 * MINUTE),))


def told(back: Rollback | None = BACK, window: Window | None = None, *missing: str) -> str | None:
    checklist: Checklist = replace(CHECKLIST, rollback=back, window=window)
    launch = Told(checklist)
    launch.does(SetT0(T0, "UTC", HOUR - 2_000, None, 1))
    started = ConductorStarted(epoch=1, host="a", user="a", pid=1, program="x")
    launch.does(ReportFact(started, 1), Person(""))
    if missing:
        launch.does(ReportFact(PreflightCompleted(missing=missing), 1), Person(""))
    words = solvency_words(launch.now, moment_of(launch.events[-1]))
    return words[0] if words else None


@pytest.mark.parametrize(
    ("hard_stop_ms", "said"),
    [
        (3 * HOUR, "rollback 7m fits, decide by 03:53Z 3h52m"),
        (30 * MINUTE, "rollback 7m fits, decide by 01:23Z 1h22m"),
        (48 * HOUR, "rollback 7m fits, decide by 2026-01-03 00:53Z 48h52m"),
        (-10 * MINUTE, "rollback DOES NOT FIT after T-0, decide by 00:43Z; needs 7m"),
        (-59 * MINUTE, "rollback DOES NOT FIT, latest was 2025-12-31 23:54Z; needs 7m"),
    ],
)
def test_until_when_it_can_be_decided(hard_stop_ms: int, said: str) -> None:
    assert told(BACK, Window(1, hard_stop_ms=hard_stop_ms)) == said


def test_without_a_hard_stop_that_is_said() -> None:
    assert told() == "rollback 7m, no hard stop"
    assert told(replace(BACK, steps=(*BACK.steps, STEP))) == "rollback 7m+, no hard stop"
    assert told(replace(BACK, steps=(STEP,))) == "rollback no estimate, no hard stop"


def test_what_is_bad_stands_first() -> None:
    tight = replace(BACK, budget_ms=5 * MINUTE)
    late = Window(1, hard_stop_ms=-59 * MINUTE)
    assert told(tight, late, "program dig", "secret token") == (
        "rollback NOT READY, 2 missing; DOES NOT FIT, latest was 2025-12-31 23:54Z; "
        "OVER THE BUDGET of 5m; needs 7m"
    )


def test_a_launch_that_nothing_observes_needs_no_rollback() -> None:
    assert told(None) is None
