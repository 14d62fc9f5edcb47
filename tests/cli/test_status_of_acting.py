"""status of a launch that is observed and rolled back: probes, conductor, solvency, rollback."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from launchpad.cli.solvency import REHEARSED
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.operations import ProbeChanged, ProbeState, StepFinished, StepStarted
from launchpad.log.boottime import boot_time
from launchpad.log.samples import Sample
from launchpad.session.participant import os_user
from tests.cli.conductor import Conductor, conducting
from tests.cli.conftest import ACTING, Shell

START = ("rollback", "start", "--reason", "503", "--confirm", "storefront")


@pytest.fixture
def conductor(acting: Shell) -> Iterator[Conductor]:
    with conducting(acting.log) as conductor:
        yield conductor


def status(shell: Shell) -> Any:
    return shell("status", "--format", "json").json


def sees(conductor: Conductor, state: Any, reason: str, latency_us: int) -> None:
    before: ProbeState | None = "failed" if state == "success" else None
    changed = ProbeChanged(
        probe="migrations",
        state=state,
        before=before,
        reason=reason,
        shown="6 of 7",
        latency_us=latency_us,
    )
    conductor.reports(changed)


def sampled(conductor: Conductor, state: str, latency_us: int, at: str) -> None:
    boot_id, mono_ns = boot_time()
    conductor.samples(
        Sample("migrations", at, mono_ns, boot_id, state, "ok", "6 applied", latency_us)
    )


def test_a_probe_that_nobody_observed_has_no_data(acting: Shell) -> None:
    assert status(acting)["probes"] == [
        {
            "id": "migrations",
            "state": "inconclusive",
            "reason": "no-data",
            "latency_ms": None,
            "at": None,
        }
    ]
    assert "migrations  NO DATA  -        -        not observed yet\n" in acting("status").out


def test_a_probe_stands_as_recorded_with_the_latency_of_its_newest_sample(
    acting: Shell, conductor: Conductor
) -> None:
    sees(conductor, "failed", "condition-false", 40_000)
    sampled(conductor, "success", 12_500, "2026-11-21T02:17:19.000Z")
    assert status(acting)["probes"] == [
        {
            "id": "migrations",
            "state": "failed",
            "reason": "condition-false",
            "latency_ms": 12.5,
            "at": "2026-11-21T02:17:19.000Z",
        }
    ]
    assert "migrations  FAILED  12ms     02:17:19Z  6 applied\n" in acting("status").out


def test_the_conductor_is_named_with_the_age_of_its_last_beat(
    acting: Shell, conductor: Conductor
) -> None:
    shown = status(acting)["conductor"]
    assert (shown["alive"], shown["host"], shown["user"]) == (
        True,
        conductor.lease.host,
        os_user(),
    )
    assert 0 <= shown["heartbeat_age_s"] < 3
    assert f"conducted by {os_user()}@{conductor.lease.host}, heard " in acting("status").out


def test_a_launch_without_a_conductor_says_so(acting: Shell) -> None:
    assert status(acting)["conductor"]["alive"] is False
    told = acting("status").out
    assert told.count("\nNO CONDUCTOR; it belongs to ") == 1
    assert f"\n  launchpad conductor --log {acting.log} --launch " in told


def test_while_rolling_back_without_a_conductor_the_command_stands_on_top(acting: Shell) -> None:
    with conducting(acting.log):
        acting(*START)
    told = acting("status").out
    command = f"\n  launchpad conductor --log {acting.log} --launch "
    assert told.count(command) == 2
    assert told.index(command) < told.index("\nDONE ")


def test_a_launch_with_nothing_to_conduct_says_nothing_of_it(opened: Shell) -> None:
    assert "CONDUCTOR" not in opened("status").out
    assert status(opened)["solvency"] == {
        "ready": False,
        "needs_s": None,
        "latest_decision": None,
        "missing": [],
    }


def test_solvency_names_what_is_missing(acting: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(acting.folder))
    solvency = status(acting)["solvency"]
    assert (solvency["ready"], solvency["needs_s"]) == (False, 90)
    assert solvency["missing"][0] == "a conductor"
    assert any(each.startswith("program echo: ") for each in solvency["missing"])
    assert (
        "rollback NOT READY, at least 1m30s expected of a budget of 10m, steps"
        in acting("status").out
    )


def test_solvency_is_ready_when_all_is_there(acting: Shell, conductor: Conductor) -> None:
    assert status(acting)["solvency"] == {
        "ready": True,
        "needs_s": 90,
        "latest_decision": None,
        "missing": [],
    }
    assert (
        "rollback READY, at least 1m30s expected of a budget of 10m, steps" in acting("status").out
    )


def test_what_is_not_trusted_any_more_is_not_ready(acting: Shell, conductor: Conductor) -> None:
    for trusted in Path(os.environ["XDG_STATE_HOME"]).rglob("trust/*/*.json"):
        trusted.unlink()
    (missing,) = status(acting)["solvency"]["missing"]
    assert missing == "trust: launch.yaml was never trusted by this account"


def test_solvency_says_who_can_look_where_this_account_cannot(
    acting: Shell, conductor: Conductor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launchpad.cli.solvency.belongs_here", lambda _home: False)
    (missing,) = status(acting)["solvency"]["missing"]
    assert f"only {os_user()}@" in missing


def test_a_rollback_is_told_step_by_step(acting: Shell, conductor: Conductor) -> None:
    assert acting(*START).status == 0
    conductor.reports(
        StepStarted(step="dns", attempt=1, run=1),
        StepFinished(
            step="dns", attempt=1, run=1, end="failed", elapsed_ms=70_500, reason="exit 1"
        ),
    )
    shown = status(acting)
    assert shown["state"] == "rolling-back"
    rollback = shown["rollback"]
    assert (rollback["state"], rollback["attempt"], rollback["budget_s"]) == ("running", 1, 600)
    assert rollback["elapsed_s"] < 20
    assert 90 <= rollback["projected_s"] < 110
    assert rollback["started_at"].endswith("Z")
    assert rollback["steps"] == [
        {"id": "dns", "state": "failed", "elapsed_s": 70.5},
        {"id": "tell", "state": "pending", "elapsed_s": None},
    ]
    text = acting("status").out
    assert "Storefront cutover   LIVE   ROLLING BACK\n" in text
    assert "ROLLBACK RUNNING, attempt 1, started by AB at " in text
    assert "> FAILED 1m10s 1m30s - dns Point traffic back exit 1 " in " ".join(text.split())


TIMED = ACTING.replace("expected: 90s}", "expected: 90s, deadline: 1h}").replace(
    "manual: Post in the status channel}", "manual: true, starts-at: 4h, deadline: 5h}"
)


def test_status_says_when_each_step_starts_and_by_when_it_is_done(launchpad: Shell) -> None:
    launchpad.acting.write_text(TIMED)
    launchpad("run", "--no-console", launchpad.acting, "--trust", "--var", "base-url=https://x.io")
    assert "expected 1m30s, by +1h\n" in launchpad("status").out
    assert "no estimate, at +4h, by +5h\n" in launchpad("status").out
    with conducting(launchpad.log):
        launchpad(*START)
        text = " ".join(launchpad("status").out.split())
    assert "pending - 1m30s by +1h, in 59m" in text
    assert "pending - - at +4h, in 3h59m" in text


def test_in_a_rehearsal_it_is_said_that_the_launchs_own_commands_were_not_looked_for(
    launchpad: Shell,
) -> None:
    gone = "command: {exec: [./gone.sh]}, rehearse: {exec: [./gone-too.sh]}"
    launchpad.acting.write_text(ACTING.replace("command: {exec: [echo, back]}", gone))
    words = ["--rehearse", "--trust", "--var", "base-url=https://x.example"]
    for script in ("gone.sh", "gone-too.sh"):
        (launchpad.folder / script).write_text("#!/bin/sh\n")
        (launchpad.folder / script).chmod(0o700)
    assert launchpad("run", "--no-console", launchpad.acting, *words).status == 0
    for script in ("gone.sh", "gone-too.sh"):
        (launchpad.folder / script).unlink()
    text = launchpad("status").out
    assert "missing: program ./gone-too.sh: not found; rollback/dns/rehearse needs it\n" in text
    assert "./gone.sh" not in text
    assert f"  {REHEARSED}\n" in text


def test_how_long_an_items_step_took_elsewhere_stands_beside_its_estimate(
    launchpad: Shell,
) -> None:
    step = "step: {command: {exec: [echo, moved]}, expected: 2m}"
    item = f"      - {{id: dns, text: Moved, {step}}}\n    sign-off"
    launchpad.acting.write_text(ACTING.replace("    sign-off", item))
    words = ["--trust", "--another", "--var", "base-url=https://x.example"]
    for _ in range(2):
        assert launchpad("run", "--no-console", launchpad.acting, *words).status == 0
        with conducting(launchpad.log) as conductor:
            assert "not asked - 2m dns Moved" in " ".join(launchpad("status").out.split())
            launchpad("step", "run", "dns")
            began = StepStarted(step="dns", attempt=CUTOVER, run=1)
            ended = StepFinished(step="dns", attempt=CUTOVER, run=1, end="done", elapsed_ms=70_500)
            conductor.reports(began, ended)
            text = " ".join(launchpad("status").out.split())
        launchpad("close", "--outcome", "launched", "--confirm", "storefront")
    assert "done 1m10s 2m dns Moved took 1m10s in the launch of " in text


def test_a_closed_launch_is_neither_conducted_nor_ready(acting: Shell) -> None:
    acting("close", "--outcome", "scrubbed", "--confirm", "storefront")
    assert status(acting)["solvency"]["missing"] == []
    assert "CONDUCTOR" not in acting("status").out
