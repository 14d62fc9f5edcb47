"""One conductor at a time, whatever becomes of it."""

import signal

import pytest

from launchpad.launch.intents import AbandonRollback, CloseLaunch, ConfirmStep, StartRollback
from launchpad.log.leasing import TERM_S
from launchpad.session.conductor import conductor_standing
from tests.conductor.conftest import Conducted

START = ("the smoke test failed", "harbour", None)


def test_it_takes_the_launch_and_ends_when_the_launch_is_closed(conducted: Conducted) -> None:
    process = conducted.conducting()
    standing = conductor_standing(conducted.log, conducted.launch)
    assert standing.alive
    assert standing.lease
    assert standing.lease.pid == process.pid
    conducted.does(lambda _seen: CloseLaunch("scrubbed", "harbour"))
    assert process.wait(5) == 0
    assert not conductor_standing(conducted.log, conducted.launch).alive


def test_a_second_one_finds_the_launch_taken_and_leaves(conducted: Conducted) -> None:
    conducted.conducting()
    second = conducted.conductor()
    _, said = second.communicate(timeout=10)
    assert second.returncode == 0
    assert b"has a conductor already" in said
    assert len(conducted.events("conductor.started")) == 1


def test_of_a_closed_launch_there_is_none(conducted: Conducted) -> None:
    conducted.does(lambda _seen: CloseLaunch("scrubbed", "harbour"))
    process = conducted.conductor()
    _, said = process.communicate(timeout=10)
    assert (process.returncode, b"is closed" in said) == (0, True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda n: n.name)
def test_asked_to_end_it_says_so_in_the_log_and_goes(conducted: Conducted, number: int) -> None:
    process = conducted.conducting()
    process.send_signal(number)
    assert process.wait(5) == 0
    (stopped,) = conducted.events("conductor.stopped")
    assert stopped.body["reason"] == f"ended by {signal.Signals(number).name}"


def test_a_rollback_waits_asks_and_completes(conducted: Conducted) -> None:
    conducted.conducting()
    conducted.does(lambda seen: StartRollback(*START, seen))
    conducted.until(lambda: len(conducted.events("step.started")) == 2, "no second step")
    (waited,) = conducted.events("step.finished")
    assert isinstance(waited.body["elapsed_ms"], int)
    assert 300 <= waited.body["elapsed_ms"] < 1500
    conducted.does(lambda seen: ConfirmStep("tell", "", seen))
    conducted.until(lambda: bool(conducted.events("rollback.completed")), "not completed")


def test_a_killed_one_is_followed_by_one_that_goes_on_where_it_was(conducted: Conducted) -> None:
    first = conducted.conducting()
    conducted.does(lambda seen: StartRollback(*START, seen))
    conducted.until(lambda: len(conducted.events("step.started")) == 2, "no second step")
    first.kill()
    first.wait()
    conducted.conducting()
    assert [event.body["epoch"] for event in conducted.events("conductor.started")] == [1, 2]
    conducted.does(lambda seen: ConfirmStep("tell", "", seen))
    conducted.until(lambda: bool(conducted.events("rollback.completed")), "not completed")
    assert len(conducted.events("step.started")) == 2


def test_a_frozen_one_that_wakes_up_records_nothing_more(conducted: Conducted) -> None:
    frozen = conducted.conducting()
    frozen.send_signal(signal.SIGSTOP)
    conducted.until(
        lambda: not conductor_standing(conducted.log, conducted.launch).alive,
        f"the lease is held after {TERM_S} s",
    )
    conducted.conducting()
    conducted.does(lambda seen: StartRollback(*START, seen))
    frozen.send_signal(signal.SIGCONT)
    assert frozen.wait(10) == 0
    conducted.until(lambda: len(conducted.events("step.started")) == 2, "no second step")
    steps = [event.body["step"] for event in conducted.events("step.started")]
    assert steps == ["pause", "tell"]
    conducted.does(
        lambda _seen: AbandonRollback("enough", "harbour", (), kill=False),
    )
