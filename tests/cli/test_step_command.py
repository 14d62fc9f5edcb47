"""step run, step kill, and what they share with resolve and confirm: which step is meant."""

import threading
import time
from collections.abc import Iterator

import pytest

from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.operations import StepFinished, StepStarted
from tests.cli.conductor import Conductor, conducting
from tests.cli.conftest import Shell

PLAN = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
phases:
  - id: edge
    title: Edge
    items:
      - {id: dns, text: Moved, step: {command: {exec: [a]}, timeout: 1ms}}
      - {id: drop, text: Dropped, point-of-no-return: true, step: {manual: true}}
      - {id: bare, text: Seen}
rollback:
  authority: any
  steps:
    - {id: dns, title: Back, command: {exec: [b]}}
    - {id: tell, title: Tell, manual: true}
"""
STARTED = StepStarted(step="dns", attempt=CUTOVER, run=1)
FAILED = StepFinished(step="dns", attempt=CUTOVER, run=1, end="failed", elapsed_ms=70_500)


@pytest.fixture
def launch(launchpad: Shell) -> Iterator[tuple[Shell, Conductor]]:
    path = launchpad.folder / "harbour.yaml"
    path.write_text(PLAN)
    launchpad("trust", path, "--yes")
    assert launchpad("run", path, "--no-console").status == 0
    with conducting(launchpad.log) as conductor:
        launchpad.conducted.clear()
        yield launchpad, conductor


def plays(conductor: Conductor) -> None:
    """Begin the step once it is asked for, and have it fail."""
    give_up = time.monotonic() + 20
    while not conductor.live.state.cutover:
        assert time.monotonic() < give_up
        conductor.log.wait(0.1)
        conductor.live.catch_up()
    conductor.reports(STARTED, FAILED)


def test_the_step_of_an_item_is_asked_for(launch: tuple[Shell, Conductor]) -> None:
    shell, conductor = launch
    done = shell("step", "run", "dns", "--format", "json")
    assert (done.status, done.err) == (0, "")
    (event,) = done.json["events"]
    assert (event["kind"], event["body"]) == (
        "step.requested",
        {"item": "dns", "run": 1, "reason": ""},
    )
    conductor.reports(STARTED)
    assert shell("status", "--format", "json").json["steps"][0]["state"] == "running"


def test_waiting_tells_what_somebody_has_to_do_and_ends_with_it(
    launch: tuple[Shell, Conductor],
) -> None:
    shell, conductor = launch
    player = threading.Thread(target=plays, args=(conductor,))
    player.start()
    waited = shell.process("step", "run", "dns", "--wait")
    player.join(20)
    assert waited.status == 1
    assert "saw fail step dns in 1m10s" in waited.err


def test_an_item_without_a_step_has_none_to_run(launch: tuple[Shell, Conductor]) -> None:
    shell, _ = launch
    done = shell("step", "run", "bare")
    assert (done.status, done.err) == (
        2,
        "launchpad: bare has no step; a person does it and ticks it\n",
    )


def test_the_point_of_no_return_takes_the_word_and_then_holds_a_rollback_back(
    launch: tuple[Shell, Conductor],
) -> None:
    shell, conductor = launch
    assert "say --confirm WORD" in shell("step", "run", "drop").err
    assert "code word: harbour" in shell("step", "run", "drop", "--confirm", "port").err
    assert shell("step", "run", "drop", "--confirm", "harbour").status == 0
    conductor.reports(StepStarted(step="drop", attempt=CUTOVER, run=1))
    assert shell("confirm", "drop").status == 0
    start = ("rollback", "start", "--reason", "503", "--confirm", "harbour")
    refused = shell(*start)
    assert refused.status == 1
    assert "roll forward or freeze; to roll back all the same, say --past-no-return" in refused.err
    assert shell(*start, "--past-no-return").status == 0


def test_what_is_meant_follows_from_what_is_under_way_or_is_said(
    launch: tuple[Shell, Conductor],
) -> None:
    shell, conductor = launch
    shell("step", "run", "dns")
    conductor.reports(STARTED)
    assert shell("step", "kill", "dns", "--reason", "hangs").status == 0
    conductor.reports(FAILED)
    started = shell("rollback", "start", "--reason", "x", "--confirm", "harbour", "--from", "tell")
    assert started.err == "this is the first attempt, and --from tell leaves out: dns\n"
    resolve = ("--as", "skip", "--reason", "by hand")
    assert "step dns is skipped" in shell("resolve", "dns", *resolve).err
    assert shell("resolve", "item/dns", *resolve).status == 0
    assert "no item with a step 'bare'" in shell("resolve", "item/bare", *resolve).err
