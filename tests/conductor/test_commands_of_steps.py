"""Commands of steps under a conductor: run once, where they were trusted, no secret told."""

import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from launchpad.launch.intents import AbandonRollback, StartRollback
from tests.conductor.conftest import Conducted

pytestmark = pytest.mark.thorough

SECRET = "hunter2-very-secret"  # noqa: S105 - a canary
CHECKLIST = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
secrets:
  token: {file: token}
  slow: {command: [./slow.sh]}
phases:
  - id: edge
    title: Edge
    items:
      - id: dns
        text: DNS points here
        probe:
          command: {exec: [cat, token]}
          conditions: ['[STDOUT] == nope']
          interval: 1s
rollback:
  budget: 1m
  authority: any
  steps:
    - {id: one, title: One, command: {exec: [./one.sh]}, idempotent: true}
    - {id: two, title: Two, command: {exec: [./two.sh], secrets: [slow]}}
"""


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Conducted]:
    scripts = {
        "one.sh": "echo begin >> effects; sleep 2; echo end >> effects",
        "two.sh": "echo two >> effects",
        "slow.sh": "sleep 2; echo a-slow-secret",
    }
    for name, text in scripts.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o700)
    (tmp_path / "token").write_text(SECRET, encoding="utf-8")
    harbour = Conducted(tmp_path, CHECKLIST)
    harbour.trust()
    yield harbour
    harbour.close()


def effects(harbour: Conducted) -> list[str]:
    path = harbour.folder / "effects"
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def starts(harbour: Conducted, first: str) -> None:
    harbour.does(lambda seen: StartRollback("smoke test failed", "harbour", first, seen))


def test_a_probe_that_sees_a_secret_it_was_not_given_tells_none(harbour: Conducted) -> None:
    process = harbour.conducting()
    harbour.until(lambda: bool(harbour.events("probe.changed")), "the probe says nothing")
    assert b"[redacted: token]" in b"".join(
        str(event.body).encode() for event in harbour.events("probe.changed")
    )
    process.send_signal(signal.SIGTERM)
    process.wait(5)
    kept = [path for path in harbour.folder.glob("log.db*") if SECRET in path.read_text("latin-1")]
    assert not kept


def test_what_another_state_folder_began_is_for_a_person_to_decide(harbour: Conducted) -> None:
    first = harbour.conducting()
    starts(harbour, "one")
    harbour.until(lambda: effects(harbour) == ["begin"], "the step does not begin")
    first.kill()
    first.wait()
    harbour.trust(state="another")
    harbour.conducting(state="another")
    harbour.until(lambda: bool(harbour.events("step.indeterminate")), "it is not told")
    harbour.until(lambda: effects(harbour) == ["begin", "end"], "the step does not end")
    assert len(harbour.events("step.started")) == 1


def test_a_step_that_is_given_up_before_it_began_never_does(harbour: Conducted) -> None:
    """It takes seconds to find its secret; the rollback is abandoned meanwhile."""
    harbour.conducting()
    starts(harbour, "two")
    harbour.until(lambda: bool(harbour.events("step.started")), "the step does not begin")
    harbour.does(lambda _seen: AbandonRollback("by hand", "harbour", (), kill=False))
    harbour.until(
        lambda: bool(harbour.events("step.finished", "step.indeterminate")), "its end is not told"
    )
    assert effects(harbour) == []


def test_a_log_that_is_locked_for_a_while_does_not_end_the_conductor(harbour: Conducted) -> None:
    process = harbour.conducting()
    with closing(sqlite3.connect(harbour.folder / "log.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        locked_until = time.monotonic() + 6
        harbour.until(lambda: time.monotonic() > locked_until, "time stands still")
        other.execute("ROLLBACK")
    starts(harbour, "one")
    harbour.until(lambda: effects(harbour) == ["begin", "end"], "the step does not run")
    assert process.poll() is None
