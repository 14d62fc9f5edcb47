"""`launchpad status`: where a launch stands, as JSON, as text, or followed line by line."""

import threading
from dataclasses import replace
from typing import Any, Literal

from launchpad.checklist.model import Phase, Probe, Rollback
from launchpad.checklist.seconds import in_seconds
from launchpad.cli.clock_text import clock_values
from launchpad.cli.misused import Misused
from launchpad.cli.output import flush, say, say_json
from launchpad.cli.overview import Overview, overview, state_of
from launchpad.cli.poll_status import poll_values
from launchpad.cli.reaching import launch_to_read, log_at
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.forecast import projected_ms
from launchpad.launch.rollback import RollbackState
from launchpad.launch.state import LaunchState
from launchpad.launch.step import StepState
from launchpad.session.history import earlier
from launchpad.session.live import LiveLaunch, follow


def show(
    address: str | None, launch: str | None, answer: Literal["text", "json"], *, watch: bool
) -> None:
    """Show the state of a launch, and with watch every event after it until it is closed."""
    if watch and answer == "json":
        raise Misused("--watch prints lines as they come; it cannot be one JSON document")
    with log_at(address) as log:
        live = launch_to_read(log, launch)
        seen = overview(log, live.state)
        if answer == "json":
            say_json(status_values(live.state, seen))
            return
        # A script that asks for JSON does not wait for what only text needs.
        from launchpad.cli.status_text import status_lines  # noqa: PLC0415 - see above

        history = earlier(log, live.state)
        seen = replace(seen, actuals=history.rollback, cutover_actuals=history.cutover)
        for line in status_lines(live.state, seen):
            say(line)
        if watch:
            _watch(live)


def _watch(live: LiveLaunch) -> None:
    from launchpad.cli.events import event_line  # noqa: PLC0415 - as above

    say("")
    for event in live.log.last(live.launch, 1):
        say(event_line(event, live.state))
    flush()
    for news in follow(live.log, live.launch, live.state.head.seq, threading.Event()):
        for event in live.receive(news):
            say(event_line(event, live.state))
        flush()
        if live.state.closure:
            return


def status_values(state: LaunchState, seen: Overview) -> dict[str, Any]:
    """Return the JSON shape of `launchpad status`. Durations are in the unit of their name.

    What this version cannot know yet is null, false or [], so that the shape is always whole.
    """
    return {
        "launch": state.launch,
        "title": state.title,
        "kind": state.mode,
        **clock_values(state, seen.moment),
        "code_word": state.code_word,
        "phases": [_phase_values(state, phase) for phase in state.checklist.phases],
        "steps": [
            _step_values(item.id, state.step(CUTOVER, item.id), seen)
            for item in state.checklist.items()
            if item.step
        ],
        "probes": [_probe_values(state, seen, probe) for probe in state.checklist.probes],
        "poll": poll_values(state, seen.moment),
        "rollback": _rollback_values(state.checklist.rollback, state.rollback, seen),
        "solvency": {
            "ready": seen.solvency.ready,
            "needs_s": in_seconds(seen.solvency.fit.needs_ms if seen.solvency.fit else None),
            "latest_decision": seen.solvency.fit.latest if seen.solvency.fit else None,
            "missing": list(seen.solvency.missing),
        },
        "conductor": _conductor_values(seen),
        "seats": [
            {"initials": seat.initials, "role": seat.role, "since": seat.since}
            for seat in seen.seats
        ],
        "head": {"seq": state.head.seq, "hash": state.head.hash},
    }


def _probe_values(state: LaunchState, seen: Overview, probe: Probe) -> dict[str, Any]:
    standing, sample = state_of(state, probe), seen.samples.get(probe.id)
    latency_us = sample.latency_us if sample else standing.latency_us
    return {
        "id": probe.id,
        "state": standing.state,
        "reason": standing.reason,
        "latency_ms": None if latency_us is None else latency_us / 1000,
        "at": sample.at if sample else standing.at or None,
    }


def _rollback_values(
    plan: Rollback | None, rollback: RollbackState | None, seen: Overview
) -> dict[str, Any] | None:
    if plan is None or rollback is None:
        return None
    return {
        "state": rollback.status,
        "attempt": rollback.attempt,
        "started_at": rollback.began.at,
        "elapsed_s": in_seconds(seen.elapsed_ms(rollback)),
        "budget_s": in_seconds(plan.budget_ms),
        "projected_s": in_seconds(projected_ms(plan, rollback, seen.moment)),
        "steps": [_step_values(step.id, rollback.step(step.id), seen) for step in plan.steps],
    }


def _step_values(step: str, standing: StepState, seen: Overview) -> dict[str, Any]:
    elapsed = seen.step_elapsed_ms(standing)
    return {"id": step, "state": standing.status, "elapsed_s": in_seconds(elapsed)}


def _conductor_values(seen: Overview) -> dict[str, Any]:
    conductor = seen.conductor
    return {
        "alive": conductor.alive,
        "host": conductor.lease.host if conductor.lease else None,
        "user": conductor.lease.user if conductor.lease else None,
        "heartbeat_age_s": in_seconds(conductor.age_ms),
    }


def _phase_values(state: LaunchState, phase: Phase) -> dict[str, Any]:
    progress = state.progress(phase)
    return {
        "id": phase.id,
        "title": phase.title,
        "items": progress.items,
        "done": progress.done,
        "failed": progress.failed,
        "signed": progress.signed == progress.signoffs if progress.signoffs else None,
    }
