"""Telling what happened to the launch's clock in plain words; see `telling`."""

from collections.abc import Callable, Mapping
from typing import Any

from launchpad.checklist.durations import duration, launch_time
from launchpad.launch.clock_facts import (
    ClockHeld,
    ClockRecycled,
    ClockResumed,
    ClockStepped,
    Keeping,
    LaunchScheduled,
    LaunchScrubbed,
    ObservationAcknowledged,
)
from launchpad.launch.moment import day, second
from launchpad.launch.preflight_facts import PreflightCompleted
from launchpad.launch.state import LaunchState

_KEPT: Mapping[Keeping, str] = {
    "hour": ", keeping its hour after the clock was set",
    "remainder": ", keeping what was left of it after the clock was set",
}


def _scheduled(body: LaunchScheduled, _state: LaunchState) -> str:
    kept = _KEPT[body.keeps] if body.keeps else ""
    when = f"{day(body.t0)} {second(body.t0)}"
    return f"set T-0 to {when}, in {duration(body.in_ms)}{kept} ({body.zone})"


def _held(body: ClockHeld, _state: LaunchState) -> str:
    return f"held the clock: {body.reason}"


def _resumed(body: ClockResumed, _state: LaunchState) -> str:
    why = f": {body.why}" if body.why else ""
    if body.hold is None:
        return f"resumed the clock{why}"
    act = "left" if body.at_once else "opened"
    return f"{act} the built-in hold {body.hold}{why}"


def _recycled(body: ClockRecycled, _state: LaunchState) -> str:
    return f"recycled the clock to {launch_time(body.t_ms)} and held it there: {body.reason}"


def _stepped(body: ClockStepped, _state: LaunchState) -> str:
    way = "forward" if body.step_ms > 0 else "back"
    return f"found the wall clock set {way} by {duration(abs(body.step_ms))}"


def _scrubbed(body: LaunchScrubbed, _state: LaunchState) -> str:
    return f"scrubbed the launch: {body.reason}"


def _acknowledged(_body: ObservationAcknowledged, _state: LaunchState) -> str:
    return "acknowledged that nobody had observed for a while"


def _prepared(body: PreflightCompleted, state: LaunchState) -> str:
    steps = "the steps" if state.mode == "live" else "the rehearsal's steps"
    if not body.missing:
        return f"found everything that {steps} need"
    return f"found missing for {steps}: {'; '.join(body.missing)}"


TOLD_OF_TIME: Mapping[type[object], Callable[[Any, LaunchState], str]] = {
    LaunchScheduled: _scheduled,
    ClockHeld: _held,
    ClockResumed: _resumed,
    ClockRecycled: _recycled,
    ClockStepped: _stepped,
    LaunchScrubbed: _scrubbed,
    ObservationAcknowledged: _acknowledged,
    PreflightCompleted: _prepared,
}
