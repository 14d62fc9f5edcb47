"""Who may set the launch's clock, when the rules say no, and how a rollback fits the window."""

from dataclasses import replace

import pytest

from launchpad.checklist.model import Crew, CrewMember, Hold, Role, Rollback, Step, Window
from launchpad.console.solvency_words import solvency_words
from launchpad.launch.clock_facts import ClockHeld, ClockResumed, ClockStepped
from launchpad.launch.clock_rules import opens
from launchpad.launch.countdown import Reading, reading
from launchpad.launch.intents import (
    AcknowledgeGap,
    CastVote,
    CloseLaunch,
    ClosePoll,
    ConfirmStep,
    HoldClock,
    Intent,
    OpenPoll,
    RecordResult,
    RecycleClock,
    ReportFact,
    ResumeClock,
    ScrubLaunch,
    SetT0,
    StartRollback,
)
from launchpad.launch.moment import Moment, moment_of
from launchpad.launch.operations import (
    ConductorStarted,
    ObservationGap,
    RollbackCompleted,
    StepStarted,
)
from launchpad.launch.person import Person
from launchpad.launch.preflight_facts import PreflightCompleted
from launchpad.launch.refused import Refused
from launchpad.launch.solvency import fit
from launchpad.session.clock_words import clock_of, hard_stop_words, stand
from tests.launch.making import CHECKLIST, CLEO, Told
from tests.launch.polling import Polling, polled

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
NIGHT = Person("")
CREW = Crew("AB", (CrewMember("AB", "Ada B", ("dba",), 1), CrewMember("CD", "Cleo D", (), 1)))
GATE = Hold("gate", 1, -30 * SECOND, phases=("cutover",))
T0 = "2026-01-01T01:00:00.000Z"


def scheduled(seen: int = 1, in_ms: int = HOUR) -> SetT0:
    return SetT0(T0, "UTC", in_ms, None, seen)


def now(launch: Told) -> Moment:
    return moment_of(launch.events[-1])


def shown(launch: Told) -> Reading:
    clock = launch.now.countdown
    assert clock
    return reading(clock, launch.now.checklist.holds, now(launch))


def conducted(launch: Told) -> Told:
    started = ConductorStarted(epoch=1, host="a-host", user="a-user", pid=1, program="x")
    launch.does(ReportFact(started, 1), NIGHT)
    return launch


def test_only_the_lead_sets_holds_recycles_and_scrubs() -> None:
    launch = Told(replace(CHECKLIST, crew=CREW))
    launch.does(scheduled())
    acts: list[Intent] = [
        scheduled(2),
        HoldClock("wait", 2),
        ResumeClock("", now(launch), 2),
        RecycleClock(-2 * HOUR, "again", now(launch), 2),
        ScrubLaunch("storm", 2),
    ]
    for act in acts:
        with pytest.raises(Refused, match=r"only the lead may .*AB, Ada B"):
            launch.does(act, CLEO)


def test_a_clock_that_has_no_time_can_be_scrubbed_and_nothing_else() -> None:
    launch = Told()
    for act in (HoldClock("wait", 1), ResumeClock("", now(launch), 1)):
        with pytest.raises(Refused, match="T-0 has no time yet"):
            launch.does(act)
    launch.does(ScrubLaunch("the vendor is down", 1))
    assert launch.now.scrub
    assert launch.now.scrub.reason == "the vendor is down"
    with pytest.raises(Refused, match=r"scrubbed by AB at 00:00:02Z"):
        launch.does(scheduled())


def test_two_who_hold_at_once_are_told_who_did() -> None:
    launch = Told()
    launch.does(scheduled())
    launch.does(HoldClock("vendor is late", 2))
    with pytest.raises(Refused, match=r"held already, by AB at 00:00:03Z: vendor is late"):
        launch.does(HoldClock("me too", 3), CLEO)
    launch.does(ResumeClock("", now(launch), 3))
    with pytest.raises(Refused, match="changed by AB at 00:00:04Z, after what you saw"):
        launch.does(HoldClock("late", 3), CLEO)
    with pytest.raises(Refused, match="not held"):
        launch.does(ResumeClock("", now(launch), 4))


def test_what_was_scrubbed_is_not_closed_as_launched() -> None:
    launch = Told()
    launch.does(ScrubLaunch("the vendor is down", 1))
    with pytest.raises(Refused, match="scrubbed by AB at 00:00:02Z; it is closed as scrubbed"):
        launch.does(CloseLaunch("launched", launch.now.code_word))
    launch.does(CloseLaunch("scrubbed", launch.now.code_word))
    assert launch.now.phase == "scrubbed"


def test_a_refusal_says_where_the_clock_stands_in_whole_seconds() -> None:
    launch = Told()
    launch.does(scheduled())
    later = replace(now(launch), mono_ns=now(launch).mono_ns + 628_000_000)
    with pytest.raises(Refused, match="the clock stands at T-1h; it is recycled"):
        launch.does(RecycleClock(-SECOND, "late", later, 2))


def test_holding_recycling_and_scrubbing_need_a_reason() -> None:
    launch = Told()
    launch.does(scheduled())
    for act in (
        HoldClock(" ", 2),
        RecycleClock(-2 * HOUR, "", now(launch), 2),
        ScrubLaunch("", 2),
    ):
        with pytest.raises(Refused, match="needs a reason"):
            launch.does(act)


def test_t0_does_not_lie_in_the_past_and_keeps_nothing_unless_the_clock_was_set() -> None:
    launch = Told()
    with pytest.raises(Refused, match="would have been 2m ago"):
        launch.does(scheduled(in_ms=-2 * MINUTE))
    launch.does(scheduled())
    with pytest.raises(Refused, match="the wall clock was not set"):
        launch.does(SetT0(T0, "UTC", HOUR, "hour", 2))
    conducted(launch)
    launch.does(ReportFact(ClockStepped(step_ms=HOUR), 1), NIGHT)
    assert launch.now.countdown
    assert launch.now.countdown.step
    launch.does(SetT0(T0, "UTC", HOUR - 5 * SECOND, "remainder", launch.seen))
    assert launch.now.countdown.step is None


def test_a_clock_is_recycled_backwards_only() -> None:
    launch = Told()
    launch.does(scheduled(in_ms=10 * MINUTE))
    for t_ms, said in ((0, "before T-0"), (-5 * MINUTE, "stands at T-10m")):
        with pytest.raises(Refused, match=said):
            launch.does(RecycleClock(t_ms, "again", now(launch), 2))
    launch.does(RecycleClock(-20 * MINUTE, "again", now(launch), 2))
    assert (shown(launch).t_ms, shown(launch).stands) == (-20 * MINUTE, True)


def test_a_built_in_hold_opens_when_its_items_are_done_and_never_before() -> None:
    launch = conducted(Told(replace(CHECKLIST, holds=(GATE,))))
    launch.does(scheduled(in_ms=MINUTE))
    opens = ReportFact(ClockResumed(hold="gate", at_once=False), 1, now(launch))
    with pytest.raises(Refused, match="not open"):
        launch.does(opens, NIGHT)
    for item in ("dns", "smoke"):
        launch.does(RecordResult(item, "passed", "", launch.seen))
    launch.does(opens, NIGHT)
    with pytest.raises(Refused, match="opened already"):
        launch.does(opens, NIGHT)


def test_a_go_that_was_not_used_in_its_time_opens_no_hold() -> None:
    told = Polling(replace(polled(), holds=(Hold("go", 1, -MINUTE, poll="cutover"),)))
    told.does(scheduled(in_ms=HOUR))
    told.opens()
    told.all_go()
    told.closes("go")
    (hold,) = told.now.checklist.holds
    assert opens(told.now, hold, told.at())
    assert not opens(told.now, hold, told.at(15 * 60))
    conducted(told)
    late = ReportFact(ClockResumed(hold="go", at_once=False), 1, told.at(15 * 60))
    with pytest.raises(Refused, match="not open"):
        told.does(late, NIGHT)
    told.does(replace(late, now=told.at()), NIGHT)


def test_behind_t_0_a_set_wall_clock_is_on_record_and_nobody_has_to_decide() -> None:
    launch = conducted(Told())
    launch.does(scheduled(in_ms=SECOND))
    before = launch.now.countdown
    launch.does(ReportFact(ClockStepped(step_ms=HOUR), 1), NIGHT)
    assert launch.events[-1].kind == "clock.stepped"
    assert launch.now.countdown == before


def test_behind_t_0_there_is_nothing_left_to_keep() -> None:
    launch = conducted(Told())
    launch.does(scheduled(in_ms=2 * SECOND))
    launch.does(ReportFact(ClockStepped(step_ms=HOUR), 1), NIGHT)
    at = replace(now(launch), mono_ns=now(launch).mono_ns + 61 * 10**9)
    with pytest.raises(Refused, match=r"T-0 was 1m ago: it has nothing left to keep; launchpad t0"):
        launch.does(SetT0(T0, "UTC", HOUR, "hour", launch.seen, at))


def test_a_built_in_hold_is_left_early_with_a_reason_only() -> None:
    launch = Told(replace(CHECKLIST, holds=(GATE,)))
    launch.does(scheduled(in_ms=30 * SECOND))
    assert shown(launch).hold == GATE
    with pytest.raises(Refused, match="to leave the built-in hold gate early needs a reason"):
        launch.does(ResumeClock("", now(launch), 2))
    launch.does(ResumeClock("all but one, agreed with CD", now(launch), 2))
    assert shown(launch).hold is None


def test_a_conductor_holds_once() -> None:
    launch = conducted(Told())
    launch.does(scheduled())
    launch.does(ReportFact(ClockHeld(reason="criterion"), 1), NIGHT)
    with pytest.raises(Refused, match="held already"):
        launch.does(ReportFact(ClockHeld(reason="criterion"), 1), NIGHT)


def test_a_gap_is_acknowledged_by_somebody_who_saw_it() -> None:
    launch = conducted(Told())
    with pytest.raises(Refused, match="no observation gap"):
        launch.does(AcknowledgeGap(2))
    launch.does(ReportFact(ObservationGap(gap_ms=None), 1), NIGHT)
    with pytest.raises(Refused, match="after what you saw"):
        launch.does(AcknowledgeGap(2))
    launch.does(AcknowledgeGap(3), CLEO)
    assert launch.now.gap is None


def test_what_the_conductor_finds_missing_is_part_of_the_state() -> None:
    launch = conducted(Told())
    launch.does(ReportFact(PreflightCompleted(missing=("program dig: not found",)), 1), NIGHT)
    assert launch.now.preflight
    assert launch.now.preflight.missing == ("program dig: not found",)


def _plan(*expected_ms: int | None, budget_ms: int | None = None) -> Rollback:
    steps = tuple(
        Step(id=f"step{number}", title="A step", line=1, kind="manual", expected_ms=each)
        for number, each in enumerate(expected_ms)
    )
    return Rollback(line=1, steps=steps, budget_ms=budget_ms)


WINDOW = Window(1, hard_stop_ms=2 * HOUR, safety_floor_ms=10 * MINUTE)


@pytest.mark.parametrize(
    ("plan", "needs", "at_least", "latest", "over"),
    [
        (_plan(2 * MINUTE, MINUTE), 3 * MINUTE, False, "02:47:00", False),
        (_plan(2 * MINUTE, None), 2 * MINUTE, True, "02:48:00", False),
        (_plan(2 * MINUTE, budget_ms=10 * MINUTE), 2 * MINUTE, False, "02:40:00", False),
        (_plan(12 * MINUTE, budget_ms=10 * MINUTE), 12 * MINUTE, False, "02:38:00", True),
        (_plan(None, budget_ms=10 * MINUTE), 10 * MINUTE, False, "02:40:00", False),
        (_plan(None), None, False, "02:50:00", False),
    ],
)
def test_the_latest_decision_leaves_time_for_the_rollback_and_the_safety_floor(
    plan: Rollback, needs: int | None, at_least: bool, latest: str, over: bool
) -> None:
    launch = Told(replace(CHECKLIST, rollback=plan, window=WINDOW))
    launch.does(SetT0(T0, "UTC", HOUR - 2 * SECOND, None, 1))
    found = fit(launch.now, now(launch))
    assert found
    assert (found.needs_ms, found.at_least, found.over_budget) == (needs, at_least, over)
    assert found.latest == f"2026-01-01T{latest}.000Z"
    assert found.hard_stop == "2026-01-01T03:00:00.000Z"
    assert found.fits


def test_a_hold_moves_t0_and_not_the_hard_stop() -> None:
    launch = Told(replace(CHECKLIST, rollback=_plan(MINUTE), window=WINDOW))
    launch.does(SetT0(T0, "UTC", HOUR - 2 * SECOND, None, 1))
    launch.does(HoldClock("wait", 2))
    later = replace(now(launch), at=T0, mono_ns=now(launch).mono_ns + 3 * HOUR * 1_000_000)
    found = fit(launch.now, later)
    assert found
    assert found.left_ms is not None
    assert found.left_ms < 0
    assert found.fits is False


def test_a_rollback_that_fits_only_before_t0_is_not_said_to_fit() -> None:
    launch = Told(replace(CHECKLIST, rollback=_plan(MINUTE), window=WINDOW))
    launch.does(SetT0(T0, "UTC", HOUR - 2 * SECOND, None, 1))
    found = fit(launch.now, now(launch))
    assert found
    assert not found.before_t0
    launch.does(RecycleClock(-3 * HOUR, "the replica was restarted", now(launch), 2))
    at, clock = now(launch), clock_of(launch.now, now(launch))
    found = fit(launch.now, at)
    assert found
    assert clock
    assert found.before_t0
    assert solvency_words(launch.now, at) == (
        "rollback DOES NOT FIT after T-0, decide by 02:49Z; needs 1m",
        True,
    )
    assert (hard_stop_words(launch.now, clock, at) or "").endswith(", BEFORE T-0")


def test_a_launch_that_was_rolled_back_is_not_said_to_count() -> None:
    launch = Told(replace(CHECKLIST, rollback=_plan(MINUTE)))
    launch.does(scheduled())
    conducted(launch)
    launch.does(StartRollback("orders fail", launch.now.code_word, None, 3))
    launch.does(ReportFact(StepStarted(step="step0", attempt=1, run=1), 1), NIGHT)
    launch.does(ConfirmStep("step0", "", launch.now.head.seq))
    assert stand(launch.now, clock_of(launch.now, now(launch))) == "rolling-back"
    launch.does(ReportFact(RollbackCompleted(attempt=1, elapsed_ms=9_000), 1), NIGHT)
    assert stand(launch.now, clock_of(launch.now, now(launch))) == "rolled-back"
    launch.does(scheduled(launch.now.head.seq))
    assert stand(launch.now, clock_of(launch.now, now(launch))) == "counting"


def test_without_a_hard_stop_nobody_says_that_it_fits() -> None:
    launch = Told(replace(CHECKLIST, rollback=_plan(MINUTE)))
    launch.does(scheduled())
    found = fit(launch.now, now(launch))
    assert found
    assert (found.fits, found.latest) == (None, None)
    assert fit(Told().now, now(launch)) is None


def test_a_go_is_no_go_for_another_t0() -> None:
    roles = (Role("dba", "Database Admin", 1),)
    launch = Told(replace(CHECKLIST, roles=roles))
    launch.does(scheduled())
    launch.does(OpenPoll(None, None, None, launch.seen))
    launch.does(CastVote("dba", "go", "", now(launch), launch.seen))
    launch.does(ClosePoll("go", "agreed", now(launch), launch.seen))
    assert launch.now.poll
    assert launch.now.poll.void is None
    launch.does(scheduled(launch.seen, 2 * HOUR))
    assert launch.now.poll.void == "T-0 was set anew"
