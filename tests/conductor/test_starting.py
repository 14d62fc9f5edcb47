"""While a rollback is under way its runners are started at once; nothing of that outlives it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpad.launch.intents import AbandonRollback, StartRollback
from tests.conductor.conftest import Conducted
from tests.e2e import processes

CHECKLIST = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
phases:
  - {id: edge, title: Edge, items: [{id: dns, text: DNS points here}]}
rollback:
  authority: any
  steps:
    - {id: one, title: One, command: {exec: [./step.sh, one]}}
    - {id: two, title: Two, command: {exec: [./step.sh, two]}}
    - {id: tell, title: Tell everybody, manual: true}
    - {id: three, title: Three, command: {exec: [./step.sh, three]}}
"""
# A command's parent is its runner, whose parent started it.
SCRIPT = """\
#!/bin/sh
sed -n 's/^PPid:[[:space:]]*//p' "/proc/$PPID/status" >> starters
while ! test -e "$1"; do sleep 0.02; done
"""


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Conducted]:
    """Give a launch whose steps go on when a file of their name is there."""
    script = tmp_path / "step.sh"
    script.write_text(SCRIPT, encoding="utf-8")
    script.chmod(0o700)
    harbour = Conducted(tmp_path, CHECKLIST)
    harbour.trust()
    yield harbour
    harbour.close()


def starters(harbour: Conducted) -> list[int]:
    """Return the process ids of what waits for orders."""
    named = processes.naming(Path(harbour.launch))
    return [pid for pid, line in named if "waits for orders" in line]


def begins(harbour: Conducted) -> None:
    harbour.does(lambda seen: StartRollback("smoke test failed", "harbour", None, seen))


def started_by(harbour: Conducted) -> list[int]:
    """Return what started the runner of each step that began."""
    path = harbour.folder / "starters"
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def test_one_process_starts_the_runners_until_the_rollback_is_given_up(
    harbour: Conducted,
) -> None:
    """Also while it waits for a person."""
    harbour.conducting()
    assert starters(harbour) == []
    begins(harbour)
    for step in ("one", "two"):
        (harbour.folder / step).touch()
    harbour.until(lambda: len(harbour.events("step.started")) == 3, "it does not get to the person")
    (starter,) = starters(harbour)
    assert started_by(harbour) == [starter, starter]
    harbour.does(lambda _seen: AbandonRollback("by hand", "harbour", (), kill=False))
    harbour.until(lambda: not starters(harbour), "it is left waiting")


def test_a_killed_conductor_leaves_its_step_and_no_starter(harbour: Conducted) -> None:
    conductor = harbour.conducting()
    begins(harbour)
    harbour.until(lambda: len(started_by(harbour)) == 1, "the step does not begin")
    conductor.kill()
    conductor.wait()
    harbour.until(lambda: not starters(harbour), "it is left waiting")
    (harbour.folder / "one").touch()
    harbour.conducting()
    harbour.until(lambda: bool(harbour.events("step.finished")), "the step's end is lost")
    assert harbour.events("step.finished")[0].body["end"] == "done"
    harbour.until(lambda: len(started_by(harbour)) == 2, "it does not go on")
    assert starters(harbour) == started_by(harbour)[1:]
    (harbour.folder / "two").touch()


def test_a_starter_that_dies_is_replaced(harbour: Conducted) -> None:
    harbour.conducting()
    begins(harbour)
    harbour.until(lambda: len(started_by(harbour)) == 1, "the step does not begin")
    processes.kill(started_by(harbour)[0])
    (harbour.folder / "one").touch()
    harbour.until(lambda: len(started_by(harbour)) == 2, "it does not go on")
    ends = [event.body["end"] for event in harbour.events("step.finished")]
    assert ends == ["done"]
    (harbour.folder / "two").touch()
