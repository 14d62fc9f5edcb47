"""How steps were left: in whose words at a pause or at the end, and else as they are recorded."""

import msgspec
import pytest

from launchpad.checklist.model import Rollback
from launchpad.launch.forecast import due_of, next_step
from launchpad.launch.intents import AbandonRollback, PauseRollback, ResumeRollback
from launchpad.launch.moment import moment_of
from launchpad.launch.operations import AsLeft, ObservationGap, RollbackPaused
from launchpad.launch.refused import Refused
from launchpad.session.handover_words import handover_lines
from launchpad.session.step_times import by_when, due_words, planned_words
from tests.launch.making import CLEO
from tests.launch.rolling import PLAN, Flight, later, step

HOUR = 3_600_000


def paused(*left: AsLeft) -> Flight:
    flight = Flight()
    flight.starts()
    flight.begins("dns")
    flight.does(PauseRollback("my shift ends", left), CLEO)
    return flight


def card(flight: Flight) -> list[str]:
    now = moment_of(flight.events[-1])
    return list(handover_lines(PLAN, flight.rollback, now))


def test_a_pause_says_how_steps_are_left_and_the_log_says_it_of_the_others() -> None:
    flight = paused(AsLeft(step="dns", text=" partly:\n2 of 3 "), AsLeft(step="jobs", text=" "))
    (statement,) = flight.rollback.statements
    assert statement == flight.rollback.statement
    assert (statement.what, statement.by, statement.reason) == ("paused", "CD", "my shift ends")
    assert [(each.step, each.text, each.said) for each in statement.steps] == [
        ("dns", "partly: 2 of 3", True),
        ("jobs", "not begun", False),
        ("tell", "not begun", False),
    ]


def test_once_it_goes_on_what_was_said_is_history_and_abandoning_says_it_anew() -> None:
    flight = paused(AsLeft(step="dns", text="half"))
    flight.does(ResumeRollback(flight.seen))
    assert flight.rollback.statement is None
    left = (AsLeft(step="dns", text="done"),)
    flight.does(AbandonRollback("by hand", "storefront", left, kill=False))
    assert [each.what for each in flight.rollback.statements] == ["paused", "abandoned"]
    assert flight.rollback.statement == flight.rollback.statements[-1]


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (AsLeft(step="dns", text="Storefront"), "the code word stands where it is said how dns"),
        (AsLeft(step="zzz", text="done"), "has no step 'zzz'"),
    ],
)
def test_a_pause_takes_no_code_word_and_no_other_step(left: AsLeft, said: str) -> None:
    with pytest.raises(Refused, match=said):
        paused(left)


def test_a_pause_that_was_logged_before_anything_was_said_of_steps_is_still_read() -> None:
    before = msgspec.convert({"attempt": 1, "reason": "wait"}, RollbackPaused)
    assert before == RollbackPaused(attempt=1, reason="wait", as_left=())


def test_the_handover_says_who_why_what_is_next_and_how_steps_are_left() -> None:
    flight = paused(AsLeft(step="dns", text="2 of 3 zones"))
    assert card(flight) == [
        "PAUSED by CD at 00:00:05Z: my shift ends",
        "next: step 1, dns (running); the budget ends 00:10:03Z, in 9m58s",
        "step 1, dns, left: 2 of 3 zones",
        "the others as recorded",
    ]
    flight.does(ResumeRollback(flight.seen))
    assert card(flight) == []


def test_a_gap_after_the_pause_is_said_beside_it() -> None:
    flight = paused()
    flight.reports(ObservationGap(gap_ms=None))
    assert card(flight)[0] == "PAUSED by CD at 00:00:05Z: my shift ends; then a reboot"
    assert card(flight)[-1] == "every step as recorded"


def test_a_step_says_when_it_starts_and_by_when_it_is_done_until_it_is() -> None:
    timed = step("dns", starts_at_ms=HOUR, deadline_ms=2 * HOUR)
    plan = Rollback(19, (timed, step("jobs", expected_ms=None)))
    flight = Flight(plan)
    flight.starts()
    began = flight.rollback.began
    due = due_of(flight.rollback, timed, later(began, 12 * 60_000))
    assert due
    assert due_words(due) == "at +1h, in 48m"
    for minutes, said in ((90, "by +2h, in 30m"), (123, "LATE by 3m")):
        now = later(began, minutes * 60_000)
        assert by_when(plan, flight.rollback, timed, now) == said
    assert planned_words(timed) == "at +1h, by +2h"
    assert planned_words(step("now", deadline_ms=0)) == "at once"
    assert by_when(plan, flight.rollback, plan.steps[1], began) == "no time is written for it"
    assert next_step(plan, flight.rollback) == timed


def test_behind_the_budget_the_next_step_says_by_how_much() -> None:
    flight = Flight()
    flight.starts()
    now = later(flight.rollback.began, 11 * 60_000)
    assert by_when(PLAN, flight.rollback, PLAN.steps[0], now) == ("the budget of 10m is OVER by 1m")
