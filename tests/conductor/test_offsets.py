"""When a rollback's steps start: not before their time, whichever conductor is there."""

import signal
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from launchpad.launch.event import Event
from launchpad.launch.intents import StartRollback
from tests.conductor.conftest import CHECKLIST, Conducted

OFFSET_MS = 1_500
PLAN = CHECKLIST.replace("wait: 300ms", f"wait: 1ms, starts-at: {OFFSET_MS}ms, deadline: 1m")


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Conducted]:
    harbour = Conducted(tmp_path, PLAN)
    yield harbour
    harbour.close()


def after_the_start(harbour: Conducted, event: Event) -> timedelta:
    (began,) = harbour.events("rollback.started")
    return datetime.fromisoformat(event.at) - datetime.fromisoformat(began.at)


def test_a_step_starts_at_its_time_although_its_conductor_was_killed(harbour: Conducted) -> None:
    first = harbour.conducting()
    harbour.does(lambda seen: StartRollback("smoke test failed", "harbour", None, seen))
    assert not harbour.events("step.started")
    first.send_signal(signal.SIGKILL)
    first.wait()
    harbour.conducting()
    harbour.until(lambda: bool(harbour.events("step.started")), "it never starts")
    late = after_the_start(harbour, harbour.events("step.started")[0])
    assert timedelta(milliseconds=OFFSET_MS) <= late < timedelta(milliseconds=OFFSET_MS + 1_000)
