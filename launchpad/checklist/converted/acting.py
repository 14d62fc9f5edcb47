"""The way back and what is done on an item, as the native format writes them."""

from collections.abc import Mapping
from dataclasses import replace

from launchpad.checklist.converted.observing import command_keys, http_keys
from launchpad.checklist.converted.times import length, moment
from launchpad.checklist.converted.triggers import ProposedTrigger
from launchpad.checklist.converted.writing import Keys, Value, keys
from launchpad.checklist.model import Rollback, Step, Trigger

# What a trigger's times are where none are written.
_ACTIVE = Trigger("", 0)


def rollback_keys(rollback: Rollback, proposed: Mapping[str, ProposedTrigger]) -> Keys:
    """Return the way back. proposed: the triggers that are compiled from their words, by id."""
    return keys(
        budget=length(rollback.budget_ms),
        authority=list(rollback.authority) or None,
        authority_text=rollback.authority_text or None,
        instructions=rollback.instructions or None,
        snippets=list(rollback.snippets) or None,
        triggers=[_as_proposed(trigger, proposed) for trigger in rollback.triggers] or None,
        steps=[_step(step) for step in rollback.steps] or None,
    )


def _step(step: Step) -> Keys:
    return (
        *keys(id=step.id, title=step.title),
        *step_done(step),
        *keys(
            starts_at=length(step.starts_at_ms),
            deadline=length(step.deadline_ms),
            snippets=list(step.snippets) or None,
        ),
    )


def step_done(step: Step) -> Keys:
    """Return what is done in a step, without its id and title."""
    wait: Value | None = length(step.wait_ms)
    if step.wait_until:
        wait = keys(until=step.wait_until)
    return keys(
        command=command_keys(step.command) if step.command else None,
        http=http_keys(step.http) if step.http else None,
        conditions=list(step.conditions) or None,
        manual=(step.instructions or "true") if step.kind == "manual" else None,
        wait=wait,
        expected=length(step.expected_ms),
        timeout=length(step.timeout_ms),
        on_timeout=None if step.on_timeout == "ask" else step.on_timeout,
        on_failure=None if step.on_failure == "ask" else step.on_failure,
        verify=step.verify,
        idempotent="true" if step.idempotent else None,
        rehearse=command_keys(step.rehearse) if step.rehearse else None,
        kill_grace=length(step.kill_grace_ms),
    )


def _as_proposed(trigger: Trigger, proposed: Mapping[str, ProposedTrigger]) -> Keys:
    one = proposed.get(trigger.id)
    if one is None:
        return _trigger(trigger)
    return tuple(
        replace(key, comments=one.comments)
        if key.name == ("probes" if one.trigger.probes else "text")
        else key
        for key in _trigger(one.trigger)
    )


def _trigger(trigger: Trigger) -> Keys:
    active = keys(
        from_=_unless(_ACTIVE.active_from_ms, trigger.active_from_ms),
        until=_unless(_ACTIVE.active_until_ms, trigger.active_until_ms),
    )
    errors = trigger.error_trip_after
    return keys(
        id=trigger.id,
        text=trigger.text or None,
        probes=list(trigger.probes) or None,
        healthy_when=trigger.healthy_when,
        trip_after=None if trigger.trip_after == 1 else str(trigger.trip_after),
        error_trip_after=None if errors is None else str(errors),
        no_data=None if trigger.no_data == "inconclusive" else trigger.no_data,
        active=active or None,
        action=None if trigger.action == "propose" else trigger.action,
        decide_within=length(trigger.decide_within_ms),
    )


def _unless(usual_ms: int, milliseconds: int) -> str | None:
    return None if milliseconds == usual_ms else moment(milliseconds)
