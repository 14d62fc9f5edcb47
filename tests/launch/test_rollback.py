"""A rollback's rules: who may begin it, in which order steps go, and what a person decides."""

from dataclasses import replace

import pytest

from launchpad.checklist.model import Crew, CrewMember, Role, Rollback
from launchpad.launch.fold import fold
from launchpad.launch.forecast import open_ended, projected_ms, taken
from launchpad.launch.intents import (
    AbandonRollback,
    CloseLaunch,
    ConfirmStep,
    KillStep,
    PauseRollback,
    ResolveStep,
    ResumeRollback,
    SwitchDemo,
)
from launchpad.launch.kinds import BadEvent
from launchpad.launch.operations import (
    AsLeft,
    ConductorStopped,
    ObservationGap,
    ProbeChanged,
    Report,
    RollbackCompleted,
    StepEnd,
    StepEndedWell,
    StepFinished,
    StepIndeterminate,
    StepStarted,
)
from launchpad.launch.person import Person
from launchpad.launch.refused import Refused
from launchpad.launch.rollback import Begin, Finish, needed_ms, waiting_for
from launchpad.launch.step import StepState
from tests.launch.making import ADA, CLEO, event
from tests.launch.rolling import PLAN, Flight, later, step


def test_steps_go_in_their_order_and_the_rollback_completes_behind_the_last() -> None:
    flight = Flight()
    assert flight.next() is None
    flight.starts()
    assert flight.phase() == "rolling-back"
    for name in ("dns", "jobs"):
        act = flight.next()
        assert isinstance(act, Begin)
        assert (act.step.id, act.run) == (name, 1)
        flight.begins(name)
        assert flight.next() is None
        assert flight.now.running_step == name
        flight.ends(name)
    flight.begins("tell")
    flight.does(ConfirmStep("tell", "told them all", flight.seen), CLEO)
    told = flight.rollback.step("tell")
    assert (told.status, told.by, told.reason, told.elapsed_ms) == (
        *("done", "CD", "told them all"),
        1000,
    )
    assert flight.next() == Finish()
    flight.reports(RollbackCompleted(attempt=1, elapsed_ms=9_000))
    assert flight.rollback.over
    assert flight.phase() == "open"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"confirm": "storefrnt"}, "code word: storefront"),
        ({"reason": " "}, "needs a reason"),
        ({"first": "nothing"}, "has no step 'nothing'; it has dns, jobs, tell"),
    ],
)
def test_it_begins_with_a_reason_the_code_word_and_a_step_that_is_there(
    changes: dict[str, object], said: str
) -> None:
    flight = Flight()
    with pytest.raises(Refused, match=said):
        flight.starts(ADA, **changes)
    assert flight.now.rollback is None


@pytest.mark.parametrize("plan", [None, replace(PLAN, steps=())])
def test_without_steps_there_is_nothing_to_begin(plan: Rollback | None) -> None:
    with pytest.raises(Refused, match="has no rollback"):
        Flight(plan).starts()


def test_who_holds_none_of_its_roles_cannot_begin_it() -> None:
    crew = Crew("EF", (CrewMember("EF", "Eve F", ("dba",), 3),))
    flight = Flight(
        replace(PLAN, authority=("dba",)), roles=(Role("dba", "Database Admin", 2),), crew=crew
    )
    with pytest.raises(Refused, match=r"CD has no authority over the rollback; .*Database Admin"):
        flight.starts(CLEO)
    for by in (ADA, Person("EF"), Person("GH", "", "database admin")):
        flight.starts(by)
        flight.does(AbandonRollback("by hand", "storefront", (), kill=False), by)


def test_the_second_of_two_who_begin_it_learns_who_was_first() -> None:
    flight = Flight()
    seen = flight.seen
    flight.starts()
    with pytest.raises(Refused, match="under way, started by AB at 00:00:03Z"):
        flight.starts(CLEO)
    flight.does(AbandonRollback("by hand", "storefront", (), kill=False))
    with pytest.raises(Refused, match="attempt 1 was abandoned after what you saw"):
        flight.starts(CLEO, seen=seen)


def test_a_second_attempt_begins_at_a_chosen_step_and_keeps_the_first() -> None:
    flight = Flight()
    flight.starts()
    flight.begins("dns")
    flight.ends("dns")
    left = (AsLeft(step="jobs", text="partly: two of five"),)
    flight.does(AbandonRollback("by hand", "storefront", left, kill=True))
    assert flight.rollback.kill
    assert flight.rollback.statement
    assert [(each.step, each.text, each.said) for each in flight.rollback.statement.steps] == [
        ("dns", "done", False),
        ("jobs", "partly: two of five", True),
        ("tell", "not begun", False),
    ]
    flight.starts(ADA, first="jobs")
    assert (flight.rollback.attempt, flight.status("dns")) == (2, "skipped")
    assert [(each.attempt, each.status) for each in flight.now.attempts] == [(1, "abandoned")]
    act = flight.next()
    assert isinstance(act, Begin)
    assert act.step.id == "jobs"


def test_while_paused_no_step_begins_and_what_runs_may_end() -> None:
    flight = Flight()
    flight.starts()
    flight.begins("dns")
    flight.does(PauseRollback("wait for the network team"), CLEO)
    flight.ends("dns")
    assert flight.next() is None
    assert flight.rollback.pause == "paused by CD: wait for the network team"
    with pytest.raises(Refused, match="already paused"):
        flight.does(PauseRollback("again"))
    flight.does(ResumeRollback(flight.seen))
    assert isinstance(flight.next(), Begin)
    with pytest.raises(Refused, match="not paused"):
        flight.does(ResumeRollback(flight.seen))


def test_after_a_gap_in_observation_nothing_begins_until_somebody_says_so() -> None:
    flight = Flight()
    flight.reports(ObservationGap(gap_ms=60_000))
    assert flight.now.rollback is None
    flight.starts()
    flight.takes_over(2)
    flight.reports(ObservationGap(gap_ms=None))
    assert flight.next() is None
    assert flight.rollback.pause == "a reboot"
    with pytest.raises(Refused, match="paused after what you saw"):
        flight.does(ResumeRollback(flight.seen - 1))
    flight.does(ResumeRollback(flight.seen))
    assert isinstance(flight.next(), Begin)


@pytest.mark.parametrize(
    ("resolution", "status"), [("done", "done"), ("skip", "skipped"), ("retry", "pending")]
)
def test_what_became_of_a_step_that_cannot_be_known_is_for_a_person_to_say(
    resolution: str, status: str
) -> None:
    flight = Flight()
    flight.starts()
    flight.begins("dns")
    flight.loses("dns")
    assert flight.next() is None
    waiting = waiting_for(PLAN, flight.rollback)
    assert waiting
    assert waiting[0].id == "dns"
    flight.resolves("dns", resolution)
    assert (flight.status("dns"), flight.rollback.step("dns").by) == (status, "AB")
    act = flight.next()
    assert isinstance(act, Begin)
    assert (act.step.id, act.run) == (("dns", 2) if resolution == "retry" else ("jobs", 1))


@pytest.mark.parametrize(("name", "nothing_runs"), [("jobs", True), ("jobs", False), ("dns", True)])
def test_only_what_is_idempotent_and_surely_over_begins_again_by_itself(
    name: str, *, nothing_runs: bool
) -> None:
    flight = Flight()
    flight.starts(ADA, first=name)
    flight.begins(name)
    flight.loses(name, nothing_runs=nothing_runs)
    act = flight.next()
    if (name, nothing_runs) == ("jobs", True):
        assert isinstance(act, Begin)
        assert (act.step.id, act.run) == (name, 2)
    else:
        assert act is None


def test_after_three_lost_runs_in_a_row_a_person_decides() -> None:
    flight = Flight()
    flight.starts()
    flight.begins("dns")
    flight.ends("dns")
    for run in (1, 2, 3):
        flight.begins("jobs", run)
        flight.loses("jobs", run, nothing_runs=True)
    assert flight.next() is None
    with pytest.raises(Refused, match="step jobs is not the next one"):
        flight.begins("jobs", 4)
    # Who has it done once more begins a new row.
    flight.resolves("jobs", "retry")
    flight.begins("jobs", 4)
    flight.loses("jobs", 4, nothing_runs=True)
    assert flight.next() == Begin(PLAN.steps[1], 5)


def test_a_step_that_ended_well_runs_on_until_its_probe_is_good() -> None:
    flight = Flight()
    flight.starts()
    flight.begins("dns")
    seen = flight.seen
    waits = StepEndedWell(step="dns", attempt=1, run=1, probe="health")
    flight.reports(waits)
    known = flight.rollback.step("dns")
    assert (known.status, known.verifying) == ("running", "health")
    assert flight.next() is None
    with pytest.raises(Refused, match="step dns waits for its probe already"):
        flight.reports(waits)
    # Whoever saw it run may still end it.
    flight.does(KillStep("dns", "it never gets good", seen))
    flight.ends("dns", "failed")
    assert flight.rollback.step("dns").verifying is None
    with pytest.raises(Refused, match="not under way"):
        flight.reports(waits)


def test_what_only_waits_may_be_decided_about_while_it_does() -> None:
    plan = replace(PLAN, steps=(step("settle", kind="wait", wait_ms=1000), step("jobs")))
    flight = Flight(plan)
    flight.starts()
    flight.begins("settle")
    with pytest.raises(Refused, match="nothing to resolve"):
        flight.resolves("settle", "retry")
    flight.resolves("settle", "skip")
    act = flight.next()
    assert isinstance(act, Begin)
    assert act.step.id == "jobs"


@pytest.mark.parametrize("end", ["failed", "timed-out"])
def test_behind_a_step_that_did_not_end_well_it_goes_on_only_where_the_author_said_so(
    end: StepEnd,
) -> None:
    for policy, goes_on in (("ask", False), ("stop", False), ("continue", True)):
        plan = replace(PLAN, steps=(step("dns", on_failure=policy), step("jobs")))
        flight = Flight(plan)
        flight.starts()
        flight.begins("dns")
        flight.ends("dns", end)
        assert isinstance(flight.next(), Begin) is goes_on, policy


def test_a_stale_or_needless_decision_about_a_step_is_refused() -> None:
    flight = Flight()
    flight.starts()
    with pytest.raises(Refused, match="dns is pending; there is nothing to resolve"):
        flight.resolves("dns", "skip")
    flight.begins("dns")
    seen = flight.seen
    flight.ends("dns", "failed")
    with pytest.raises(Refused, match=r"step dns became failed by .* after what you saw"):
        flight.does(ResolveStep("dns", "retry", "why", seen))
    with pytest.raises(Refused, match="no manual step"):
        flight.does(ConfirmStep("dns", "", flight.seen))
    with pytest.raises(Refused, match="needs a reason"):
        flight.does(ResolveStep("dns", "retry", " ", flight.seen))


def test_a_manual_step_may_be_left_out() -> None:
    flight = Flight()
    flight.starts(ADA, first="tell")
    with pytest.raises(Refused, match="tell is pending"):
        flight.does(ConfirmStep("tell", "", flight.seen))
    flight.begins("tell")
    flight.resolves("tell", "skip")
    assert flight.next() == Finish()


def test_what_only_waits_for_somebody_ends_when_the_rollback_is_abandoned() -> None:
    flight = Flight()
    flight.starts(ADA, first="tell")
    flight.begins("tell")
    flight.does(AbandonRollback("by hand", "storefront", (), kill=False))
    assert flight.status("tell") == "skipped"
    flight.does(CloseLaunch("rolled-back", "storefront"))


def test_a_launch_is_not_closed_while_its_rollback_is_under_way() -> None:
    flight = Flight()
    flight.starts()
    flight.begins("dns")
    with pytest.raises(Refused, match="the rollback is under way"):
        flight.does(CloseLaunch("scrubbed", "storefront"))
    flight.does(AbandonRollback("by hand", "storefront", (), kill=False))
    with pytest.raises(Refused, match="step dns still runs; it ends first"):
        flight.does(CloseLaunch("scrubbed", "storefront"))
    with pytest.raises(Refused, match="step dns of attempt 1 still runs"):
        flight.starts()
    flight.ends("dns")
    flight.does(CloseLaunch("rolled-back", "storefront"))
    assert flight.phase() == "rolled-back"


def test_only_the_newest_conductor_records_anything() -> None:
    flight = Flight()
    flight.starts()
    flight.takes_over(2)
    for epoch in (1, 3):
        with pytest.raises(Refused, match=f"epoch {epoch} is no longer"):
            flight.reports(StepStarted(step="dns", attempt=1, run=1), epoch=epoch)
    with pytest.raises(Refused, match="epoch 2 took this launch"):
        flight.takes_over(2)
    flight.epoch = 2
    flight.reports(ConductorStopped(epoch=2, reason="ended by SIGTERM"))
    assert flight.now.conductor
    assert flight.now.conductor.stopped == "ended by SIGTERM"
    with pytest.raises(Refused, match="no longer"):
        flight.begins("dns")


@pytest.mark.parametrize(
    "fact",
    [
        StepStarted(step="jobs", attempt=1, run=1),
        StepStarted(step="dns", attempt=2, run=1),
        StepStarted(step="dns", attempt=1, run=2),
        StepFinished(step="dns", attempt=1, run=1, end="done", elapsed_ms=1),
        StepIndeterminate(step="dns", attempt=1, run=1, why="?"),
        RollbackCompleted(attempt=1, elapsed_ms=1),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_a_conductor_records_no_step_out_of_turn(fact: Report) -> None:
    flight = Flight()
    flight.starts()
    with pytest.raises(Refused):
        flight.reports(fact)


def test_a_probe_changes_only_to_another_state() -> None:
    flight = Flight()
    change = ProbeChanged(
        probe="health", state="failed", before=None, reason="r", shown="503", latency_us=12
    )
    flight.reports(change)
    assert flight.now.probes["health"].shown == "503"
    with pytest.raises(Refused, match="already failed"):
        flight.reports(change)


def test_only_the_demo_is_broken_on_purpose() -> None:
    flight = Flight()
    with pytest.raises(Refused, match="not the demo"):
        flight.does(SwitchDemo("failing"))


def test_what_is_left_is_forecast_by_the_estimates_and_never_less_than_was_taken() -> None:
    flight = Flight()
    flight.starts()
    assert projected_ms(PLAN, flight.rollback, flight.rollback.began) == 180_000
    flight.begins("dns")
    running = flight.rollback.step("dns").began
    assert running
    late = later(running, 300_000)
    assert projected_ms(PLAN, flight.rollback, late) == 301_000 + 60_000
    rebooted = replace(late, boot_id="another-boot", mono_ns=0)
    assert projected_ms(PLAN, flight.rollback, rebooted) == 301_000 + 60_000
    assert not taken(flight.rollback, rebooted).exact


def test_an_end_that_depends_on_people_or_on_what_is_late_is_only_the_earliest() -> None:
    flight = Flight()
    flight.starts()
    flight.begins("dns")
    began = flight.rollback.step("dns").began
    assert began
    assert not open_ended(PLAN, flight.rollback, began)
    assert open_ended(PLAN, flight.rollback, later(began, 120_000))
    flight.does(PauseRollback("the vendor calls"))
    assert open_ended(PLAN, flight.rollback, began)


def test_the_code_word_is_no_word_on_how_a_step_was_left() -> None:
    flight = Flight()
    flight.starts()
    left = (AsLeft(step="dns", text="Storefront "),)
    with pytest.raises(Refused, match="code word stands where it is said how dns was left"):
        flight.does(AbandonRollback("by hand", "storefront", left, kill=False))


def test_a_rollback_needs_its_estimates_else_its_budget() -> None:
    assert needed_ms(PLAN) == 180_000
    bare = replace(PLAN, steps=(step("tell", expected_ms=None),))
    assert needed_ms(bare) == 600_000
    assert needed_ms(replace(bare, budget_ms=None)) is None


def test_a_step_without_a_rollback_makes_no_sense() -> None:
    flight = Flight()
    lost = event(flight.seen + 1, StepStarted(step="dns", attempt=1, run=1))
    with pytest.raises(BadEvent, match="no rollback was started"):
        fold(flight.state, [lost])


def test_a_step_that_was_never_touched_is_pending() -> None:
    flight = Flight()
    flight.starts()
    assert flight.rollback.step("dns") == StepState()
