"""What trips a trigger, and what does not, whatever the probes show in whatever order."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpad.checklist.model import Probe, Rollback, Step, Trigger
from launchpad.conditions.evaluate import Verdict
from launchpad.launch.arming import trigger_standing
from launchpad.launch.baseline import compared, figure, nearest_rank, relative
from launchpad.launch.intents import (
    AbandonRollback,
    DismissTrigger,
    ReportFact,
    ScrubLaunch,
    SetT0,
    StartRollback,
)
from launchpad.launch.moment import Moment, shifted
from launchpad.launch.operations import ConductorStarted, Report
from launchpad.launch.person import Person
from launchpad.launch.tripping import Health, Tripping, counted, due, health, proposal, recorded
from launchpad.probes.result import Result, State
from tests.launch.making import ADA, CHECKLIST, Told

NIGHT = Person("", "", "")
MINUTE_MS = 60_000
LETTERS: dict[str, Health] = {
    "H": "healthy",
    "F": "failing",
    "E": "error",
    "?": "unknown",
    "b": "blind",
}
PLAN = Rollback(line=20, steps=(Step("dns", "Point it back", 21, "manual"),))


def probe(name: str) -> Probe:
    return Probe(name, 12, "http", ("[STATUS] == 200",), 1000, 1000)


class Night(Told):
    """A launch with probes and triggers, whose clock a test turns."""

    def __init__(self, *triggers: Trigger, probes: Sequence[str] = ("health",)) -> None:
        super().__init__(
            replace(
                CHECKLIST,
                probes=tuple(map(probe, probes)),
                rollback=replace(PLAN, triggers=triggers),
            )
        )
        self.tripping = Tripping()
        self.ahead_ms = 0
        self.reports(ConductorStarted(epoch=1, host="h", user="u", pid=1, program="p"))

    @property
    def moment(self) -> Moment:
        """The time of the next event, and what was waited on top of it."""
        seconds = len(self.events) + 1
        at = shifted(f"2026-01-01T00:{seconds // 60:02}:{seconds % 60:02}.000Z", self.ahead_ms)
        return Moment(at, seconds * 1_000_000_000 + self.ahead_ms * 1_000_000, "a-boot")

    def reports(self, fact: Report) -> None:
        self.does(ReportFact(fact, 1, self.moment), NIGHT)

    def passes_t0(self) -> None:
        self.does(SetT0(self.moment.at, "UTC", 0, None, self.seen))

    def shows(self, results: str, name: str = "health") -> None:
        """Count results of a probe by their letters."""
        for letter in results:
            for trigger in self.triggers:
                self.tripping = counted(
                    self.tripping, self.now, trigger, name, LETTERS[letter], letter, self.moment
                )

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        plan = self.now.checklist.rollback
        return plan.triggers if plan else ()

    def trips(self) -> list[str]:
        """Record what trips now, and return what showed it."""
        facts = list(due(self.tripping, self.now, self.moment))
        for fact in facts:
            self.reports(fact)
            self.tripping = recorded(self.tripping, fact.trigger)
        return [f"{fact.trigger} {fact.probe} {fact.shown}" for fact in facts]

    def standing(self) -> tuple[str, str]:
        standing = trigger_standing(self.now, self.triggers[0], self.moment)
        return standing.word, standing.why


def smoke(**settings: object) -> Trigger:
    plain = Trigger("smoke", 22, probes=("*",), decide_within_ms=MINUTE_MS)
    return replace(plain, **settings)  # type: ignore[arg-type]  # the tests name real fields


@pytest.mark.parametrize(
    ("settings", "results", "trips"),
    [
        ({}, "F", True),
        ({}, "H?b", False),
        ({"trip_after": 2}, "F", False),
        ({"trip_after": 2}, "FF", True),
        ({"trip_after": 2}, "FHF", False),
        # What does not tell ends no row; what was seen by nobody at all does.
        ({"trip_after": 2}, "F?F", True),
        ({"trip_after": 2}, "FEF", True),
        ({"trip_after": 2}, "FbF", False),
        # It could not be measured: that is no failure, unless the author says how often.
        ({}, "EEEEE", False),
        ({"error_trip_after": 3}, "EE", False),
        ({"error_trip_after": 3}, "EEE", True),
        ({"error_trip_after": 3}, "EEHE", False),
    ],
)
def test_so_many_in_a_row_trip(settings: dict[str, object], results: str, trips: bool) -> None:
    night = Night(smoke(**settings))
    night.passes_t0()
    night.shows(results)
    assert bool(night.trips()) is trips


@given(st.text("HFE?b", max_size=30), st.integers(1, 4), st.none() | st.integers(1, 4))
def test_what_trips_was_seen_since_it_was_last_healthy(
    results: str, trip_after: int, error_trip_after: int | None
) -> None:
    night = Night(smoke(trip_after=trip_after, error_trip_after=error_trip_after))
    night.passes_t0()
    night.shows(results)
    row = results.replace("b", "H").rpartition("H")[2]
    errors = error_trip_after is not None and row.count("E") >= error_trip_after
    assert bool(night.trips()) is (row.count("F") >= trip_after or errors)


@given(st.text("HFE?b", max_size=30))
def test_it_trips_once_for_each_time_that_it_gets_bad(results: str) -> None:
    night = Night(smoke())
    night.passes_t0()
    tripped = []
    for letter in results:
        night.shows(letter)
        tripped += [letter] if night.trips() else []
    told = results.replace("?", "").replace("E", "").replace("b", "")
    assert len(tripped) == sum(bool(row) for row in told.split("H"))


def test_another_probe_that_gets_bad_meanwhile_is_the_same_event() -> None:
    night = Night(smoke(), probes=("health", "login"))
    night.passes_t0()
    night.shows("F", "login")
    assert night.trips() == ["smoke login F"]
    night.shows("F")
    night.shows("H", "login")
    night.shows("F", "login")
    assert night.trips() == []
    night.shows("H")
    night.shows("H", "login")
    night.shows("F")
    assert night.trips() == ["smoke health F"]


def test_a_trigger_acts_from_t0_on_for_its_time_and_counts_nothing_before() -> None:
    night = Night(smoke(trip_after=2))
    assert night.standing() == ("not-armed", "not armed: T-0 has no time")
    night.does(SetT0("2026-01-01T00:01:00.000Z", "UTC", 60_000, None, night.seen))
    night.shows("FFF")
    assert night.standing() == ("not-armed", "not armed: it is armed from T-0")
    night.ahead_ms = MINUTE_MS
    night.shows("F")
    assert night.trips() == []
    assert night.standing() == ("armed", "armed until T+30m")
    night.shows("F")
    assert night.trips() == ["smoke health F"]
    assert night.standing()[0] == "tripped"

    night = Night(smoke())
    night.passes_t0()
    night.ahead_ms = 31 * MINUTE_MS
    night.shows("F")
    assert night.trips() == []
    assert night.standing() == ("not-armed", "not armed: it was armed until T+30m")


def test_a_dismissed_one_trips_again_when_that_is_over_and_it_still_fails() -> None:
    night = Night(smoke())
    night.passes_t0()
    night.shows("F")
    assert night.trips()
    night.does(DismissTrigger("smoke", "the vendor", 10 * MINUTE_MS, night.seen))
    night.shows("FFHF")
    assert night.trips() == []
    assert night.standing()[0] == "dismissed"
    night.ahead_ms = 10 * MINUTE_MS
    assert night.trips() == ["smoke health F"]


def test_it_is_disarmed_during_a_rollback_and_after_a_scrub() -> None:
    night = Night(smoke(action="auto"))
    night.passes_t0()
    night.does(StartRollback("smoke", "storefront", None, night.seen))
    night.shows("F")
    assert night.trips() == []
    assert night.standing() == ("not-armed", "not armed: the rollback is under way")
    night.does(AbandonRollback("forward", "storefront", (), kill=False))
    night.shows("F")
    assert night.trips()
    # People have taken it into their own hands: nothing begins by itself any more.
    proposed = proposal(night.now, night.triggers[0])
    assert proposed
    assert not proposed.auto

    night = Night(smoke())
    night.passes_t0()
    night.does(ScrubLaunch("wind", night.seen), ADA)
    night.shows("F")
    assert night.trips() == []


def result(state: State, reason: str = "ok") -> Result:
    return Result(state, reason, "", None, {}, None, "")  # type: ignore[arg-type]  # of the list


@pytest.mark.parametrize(
    ("settings", "seen", "verdict", "flapping", "said"),
    [
        ({}, result("success"), None, False, "healthy"),
        ({}, result("success"), None, True, "unknown"),
        ({}, result("failed"), None, True, "failing"),
        ({}, result("error"), None, False, "error"),
        ({}, result("inconclusive"), None, False, "unknown"),
        ({"no_data": "fail"}, result("inconclusive"), None, False, "failing"),
        ({"no_data": "fail"}, result("inconclusive", "vantage-lost"), None, False, "blind"),
        ({"no_data": "fail"}, result("skipped"), None, False, "unknown"),
        ({"healthy_when": "[STATUS] < 500"}, result("failed"), "true", False, "healthy"),
        ({"healthy_when": "[STATUS] < 500"}, result("success"), "false", False, "failing"),
        ({"healthy_when": "[STATUS] < 500"}, result("error"), "no-data", False, "error"),
        ({"healthy_when": "[STATUS] < 500"}, result("error"), None, False, "error"),
        # A comparison without a baseline, or with too few samples, is neither.
        (
            {"healthy_when": "[RESPONSE_TIME] <= +50%", "no_data": "fail"},
            result("success"),
            "no-data",
            False,
            "unknown",
        ),
    ],
)
def test_what_a_result_says_to_a_trigger(
    settings: dict[str, object], seen: Result, verdict: str | None, flapping: bool, said: str
) -> None:
    given = Verdict(verdict, "") if verdict else None  # type: ignore[arg-type]  # of the list
    assert health(smoke(**settings), seen, given, flapping=flapping) == said


@pytest.mark.parametrize(
    ("latencies_ms", "outcome", "shown"),
    [
        ([100] * 19 + [900], "true", "[RESPONSE_TIME] (100ms) <= +50% (150ms)"),
        ([100] * 18 + [151] * 2, "false", "[RESPONSE_TIME] (151ms) <= +50% (150ms)"),
        (
            [900] * 9,
            "no-data",
            "[RESPONSE_TIME] (not measured) <= +50% (no baseline): 9 of 10 samples",
        ),
    ],
)
def test_a_window_is_compared_by_its_95th_percentile(
    latencies_ms: list[int], outcome: str, shown: str
) -> None:
    condition = relative(smoke(healthy_when="[RESPONSE_TIME] <= +50%"))
    assert condition
    before = figure("health", [100_000] * 20)
    verdict = compared(condition, [ms * 1000 for ms in latencies_ms], before, 10)
    assert (verdict.outcome, verdict.shown) == (outcome, shown)
    assert compared(condition, [100_000] * 20, None, 10).outcome == "no-data"


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=60), st.integers(1, 100))
def test_a_percentile_was_measured_and_so_many_do_not_exceed_it(
    values: list[int], percent: int
) -> None:
    found = nearest_rank(sorted(values), percent)
    assert found in values
    assert sum(value <= found for value in values) * 100 >= percent * len(values)
    assert sum(value < found for value in values) * 100 < percent * len(values)
