"""A rollback's times: when steps start and are due, and when it leaves the screen alone."""

from dataclasses import replace

import pytest

from launchpad.checklist.model import Rollback
from launchpad.launch.forecast import folded, next_deadline, next_start, projected_ms
from launchpad.launch.intents import KillStep, PauseRollback, ReportFact, ResumeRollback
from launchpad.launch.moment import Moment
from launchpad.launch.operations import RollbackCompleted, StepStarted
from launchpad.launch.refused import Refused
from launchpad.launch.rollback import Begin, Finish, needed_ms, next_act
from tests.launch.rolling import NIGHT, Flight, later, step

MINUTE, HOUR = 60_000, 3_600_000
LONG = Rollback(
    line=1,
    steps=(
        step("dns"),
        step("mail", starts_at_ms=HOUR, deadline_ms=2 * HOUR),
        step("keys", kind="manual", expected_ms=None, deadline_ms=24 * HOUR),
    ),
)


def settled_first() -> Flight:
    flight = Flight(LONG)
    flight.starts()
    flight.begins("dns")
    flight.ends("dns")
    return flight


def after(flight: Flight, milliseconds: int) -> Moment:
    return later(flight.rollback.began, milliseconds)


def test_a_step_does_not_start_before_its_time() -> None:
    flight = settled_first()
    assert next_act(LONG, flight.rollback, HOUR - 1) is None
    assert next_act(LONG, flight.rollback) is None
    assert next_act(LONG, flight.rollback, HOUR) == Begin(LONG.steps[1], 1)


def test_a_conductor_that_starts_one_too_early_is_refused() -> None:
    flight = settled_first()
    fact = StepStarted(step="mail", attempt=1, run=1)
    for now in (None, after(flight, HOUR - 1)):
        with pytest.raises(Refused, match="step mail is not the next one"):
            flight.does(ReportFact(fact, flight.epoch, now), NIGHT)
    flight.does(ReportFact(fact, flight.epoch, after(flight, HOUR)), NIGHT)
    assert flight.status("mail") == "running"


def test_its_time_counts_across_a_reboot_by_the_wall_clock() -> None:
    flight = settled_first()
    rebooted = replace(after(flight, HOUR), boot_id="another", mono_ns=5)
    fact = StepStarted(step="mail", attempt=1, run=1)
    flight.does(ReportFact(fact, flight.epoch, rebooted), NIGHT)
    assert flight.status("mail") == "running"


def test_what_starts_at_a_time_is_forecast_from_then_on() -> None:
    flight = settled_first()
    assert projected_ms(LONG, flight.rollback, after(flight, 5 * MINUTE)) == HOUR + MINUTE
    assert projected_ms(LONG, flight.rollback, after(flight, 2 * HOUR)) == 2 * HOUR + MINUTE
    assert needed_ms(LONG) == HOUR + MINUTE


def test_the_next_start_and_the_next_deadline_are_known() -> None:
    flight = settled_first()
    start = next_start(LONG, flight.rollback, after(flight, 48 * MINUTE))
    assert start
    assert (start.step.id, start.at_ms, start.in_ms) == ("mail", HOUR, 12 * MINUTE)
    assert next_start(LONG, flight.rollback, after(flight, HOUR)) is None
    due = next_deadline(LONG, flight.rollback, after(flight, 3 * HOUR))
    assert due
    assert (due.step.id, due.in_ms) == ("mail", -HOUR)


def test_it_folds_while_what_is_next_is_more_than_a_quarter_of_an_hour_away() -> None:
    flight = settled_first()
    away = folded(LONG, flight.rollback, after(flight, 44 * MINUTE))
    assert away
    assert (away.step.id, away.what) == ("mail", "starts")
    assert folded(LONG, flight.rollback, after(flight, 45 * MINUTE)) is None


def test_it_does_not_fold_while_something_runs_or_waits_for_a_decision_or_rests() -> None:
    flight = Flight(LONG)
    flight.starts()
    flight.begins("dns")
    assert folded(LONG, flight.rollback, after(flight, MINUTE)) is None
    flight.ends("dns", "failed")
    assert folded(LONG, flight.rollback, after(flight, MINUTE)) is None
    flight.resolves("dns", "done")
    assert folded(LONG, flight.rollback, after(flight, MINUTE))
    flight.does(PauseRollback("the vendor calls"))
    assert folded(LONG, flight.rollback, after(flight, MINUTE)) is None


def test_what_is_to_be_done_by_hand_within_a_day_leaves_the_screen_alone_too() -> None:
    flight = settled_first()
    fact = StepStarted(step="mail", attempt=1, run=1)
    flight.does(ReportFact(fact, flight.epoch, after(flight, HOUR)), NIGHT)
    flight.ends("mail")
    flight.begins("keys")
    away = folded(LONG, flight.rollback, after(flight, 2 * HOUR))
    assert away
    assert (away.step.id, away.what, away.in_ms) == ("keys", "deadline", 22 * HOUR)
    assert folded(LONG, flight.rollback, after(flight, 24 * HOUR)) is None


def test_one_that_rested_when_its_last_step_ended_completes_once_it_goes_on() -> None:
    flight = Flight(Rollback(line=1, steps=(step("dns"),)))
    flight.starts()
    flight.begins("dns")
    flight.does(PauseRollback("a look first"))
    flight.ends("dns")
    assert flight.next() is None
    flight.does(ResumeRollback(flight.seen))
    assert flight.next() == Finish()
    flight.reports(RollbackCompleted(attempt=1, elapsed_ms=5_000))
    assert flight.rollback.status == "completed"


def test_to_end_a_step_takes_authority_and_ends_only_that_one() -> None:
    flight = Flight(replace(LONG, authority=("lead",)))
    flight.starts(flight_lead := replace(NIGHT, initials="EF", role="lead"))
    flight.begins("dns")
    with pytest.raises(Refused, match="AB has no authority over the rollback"):
        flight.does(KillStep("dns", "hangs", flight.seen))
    flight.does(KillStep("dns", "hangs", flight.seen), flight_lead)
    assert flight.rollback.status == "running"
    kill = flight.rollback.step("dns").kill
    assert kill
    assert kill.reason == "hangs"
