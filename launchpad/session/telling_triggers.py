"""Telling what happened around the triggers of a rollback."""

from collections.abc import Callable, Mapping
from typing import Any

from launchpad.checklist.durations import duration
from launchpad.launch.state import LaunchState
from launchpad.launch.trigger_facts import (
    BaselineCaptured,
    RollbackProposed,
    TriggerDismissed,
    TriggerTripped,
)


def _captured(body: BaselineCaptured, _state: LaunchState) -> str:
    probes = ", ".join(figure.probe for figure in body.figures)
    return f"captured the baseline of {probes} over {duration(body.over_ms)}"


def _tripped(body: TriggerTripped, _state: LaunchState) -> str:
    flapping = ", which changes all the time" if body.flapping else ""
    return f"saw trigger {body.trigger} trip on {body.probe}{flapping}: {body.shown}"


def _dismissed(body: TriggerDismissed, _state: LaunchState) -> str:
    return f"dismissed trigger {body.trigger} for {duration(body.for_ms)}: {body.reason}"


def _proposed(body: RollbackProposed, _state: LaunchState) -> str:
    within_ms = body.decide_within_ms
    if within_ms is None:
        return f"proposed a rollback on trigger {body.trigger}"
    if body.auto and body.held_up:
        return (
            f"proposed a rollback on trigger {body.trigger}, to decide within "
            f"{duration(within_ms)}; it does not begin by itself: {body.held_up}"
        )
    if body.auto:
        return (
            f"proposed a rollback on trigger {body.trigger}: it begins by itself in "
            f"{duration(within_ms)} unless somebody dismisses it"
        )
    return f"proposed a rollback on trigger {body.trigger}, to decide within {duration(within_ms)}"


TOLD_OF_TRIGGERS: Mapping[type[object], Callable[[Any, LaunchState], str]] = {
    BaselineCaptured: _captured,
    TriggerTripped: _tripped,
    TriggerDismissed: _dismissed,
    RollbackProposed: _proposed,
}
"""How each event around the triggers is told."""
