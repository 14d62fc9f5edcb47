"""How soon a rollback's steps run: `python -m tests.bench.rollback [RUNS]`. Medians.

Each figure stands beside its reference, measured in turn with it: ansible-core, with a playbook of
the same commands on this machine, no facts gathered and its Python named. It is looked for on the
PATH; where it is missing, "not measured" is said. Goal: a ratio of at most 0.1. When a command runs
is told by the file that it touches, on both sides. A trigger that goes back by itself, with nobody
to ask, is measured once in three runs: each needs a launch of its own.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from launchpad.launch.intents import SetT0, StartRollback
from launchpad.session.clock import now
from tests.conductor.conftest import Conducted

RUNS = 10
STEPS = 3
GOAL = 0.1
PROGRAM = "ansible-playbook"

CHECKLIST = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
phases:
  - id: edge
    title: Edge
    items:
      - {id: dns, text: DNS points here}
rollback:
  budget: 1m
  authority: any
  steps:
"""
TRIGGER = """\
  triggers:
    - {id: smoke, probes: [well], trip-after: 1, action: auto, decide-within: 1ms}
probes:
  well: {command: {exec: [test, -e, well]}, conditions: ['[EXIT_CODE] == 0'], interval: 1s}
"""
PLAYBOOK = """\
- hosts: localhost
  gather_facts: false
  tasks:
"""


class Bench:
    """A launch with a conductor, and a playbook, that touch the same files one after the other."""

    def __init__(self, folder: Path, more: str = "") -> None:
        """Conduct a launch in a folder. more: what its checklist says besides."""
        self._folder = folder
        self._touched = [folder / f"touched-{number}" for number in range(STEPS)]
        steps = "".join(
            f"    - {{id: s{number}, title: Step, command: {{exec: [touch, {path.name}]}}}}\n"
            for number, path in enumerate(self._touched)
        )
        tasks = "".join(f"    - ansible.builtin.command: touch {path}\n" for path in self._touched)
        self._playbook = folder / "playbook.yaml"
        self._playbook.write_text(PLAYBOOK + tasks, encoding="utf-8")
        self._launch = Conducted(folder, CHECKLIST + steps + more)
        self._launch.trust()
        self._launch.conducting()

    def rollback(self) -> list[float]:
        """Roll back; return the seconds from its start to the first step, and between steps."""
        self._begin()
        began_ns = wall_ns_of(
            self._launch.does(lambda seen: StartRollback("bench", "harbour", None, seen))[0].mono_ns
        )
        attempts = len(self._launch.events("rollback.started"))
        self._launch.until(
            lambda: len(self._launch.events("rollback.completed")) == attempts, "no end"
        )
        return self._spans(began_ns)

    def trip(self) -> float:
        """Have the trigger tripped; return the seconds from then to the first step."""
        well = self._folder / "well"
        well.touch()
        self._launch.until(lambda: bool(self._launch.events("probe.changed")), "nothing is seen")
        self._launch.does(lambda seen: SetT0(now().at, "UTC", 0, None, seen))
        well.unlink()
        self._launch.until(lambda: bool(self._launch.events("rollback.completed")), "no rollback")
        return self._spans(wall_ns_of(self._launch.events("trigger.tripped")[0].mono_ns))[0]

    def playbook(self, program: str) -> list[float]:
        """Play the playbook; return the seconds from its start to the first task, and between."""
        self._begin()
        began_ns = time.time_ns()
        subprocess.run(
            [program, "-i", "localhost,", "-c", "local", str(self._playbook)],
            check=True,
            env=self._environment(),
            stdout=subprocess.DEVNULL,
        )
        return self._spans(began_ns)

    def close(self) -> None:
        """End the conductor."""
        self._launch.close()

    def _begin(self) -> None:
        for path in self._touched:
            path.unlink(missing_ok=True)

    def _spans(self, began_ns: int) -> list[float]:
        moments = [began_ns, *(path.stat().st_mtime_ns for path in self._touched)]
        return [(later - earlier) / 1e9 for earlier, later in pairwise(moments)]

    def _environment(self) -> Mapping[str, str]:
        return {
            **os.environ,
            "ANSIBLE_HOME": str(self._folder / "ansible"),
            "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
        }


def wall_ns_of(mono_ns: str) -> int:
    """Return the wall clock's nanoseconds at a moment since this boot."""
    return int(mono_ns) + time.time_ns() - time.clock_gettime_ns(time.CLOCK_BOOTTIME)


def main(runs: int) -> int:
    """Print each figure and its ratio to the reference; return the exit status."""
    program = shutil.which(PROGRAM)
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(Path(scratch))
        try:
            bench.rollback()  # the first one reads what is read only once
            ours, theirs = [], []
            for _ in range(runs):
                ours.append(bench.rollback())
                if program:
                    theirs.append(bench.playbook(program))
        finally:
            bench.close()
    show(
        "trigger tripped to first step",
        [tripped() for _ in range(max(runs // 3, 1))],
        first(theirs),
    )
    show("rollback started to first step", first(ours), first(theirs))
    show("step to next step", between(ours), between(theirs))
    return 0


def tripped() -> float:
    """Return the seconds from a trigger's trip to the first step of the rollback it began."""
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(Path(scratch), TRIGGER)
        try:
            return bench.trip()
        finally:
            bench.close()


def first(runs: list[list[float]]) -> list[float]:
    """Return the spans before the first command."""
    return [spans[0] for spans in runs]


def between(runs: list[list[float]]) -> list[float]:
    """Return the spans from one command to the next."""
    return [span for spans in runs for span in spans[1:]]


def show(name: str, ours: list[float], theirs: list[float]) -> None:
    """Print one row."""
    own = statistics.median(ours)
    row = f"{name:<32} {own * 1000:6.1f} ms   ansible-core "
    if theirs:
        bare = statistics.median(theirs)
        row += f"{bare * 1000:6.1f} ms   {own / bare:5.2f}x   goal {GOAL}x"
    else:
        row += "not measured"
    sys.stdout.write(row + "\n")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
