"""What a launch is rolled back on: probes that stop being well, or what people see."""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from launchpad.checklist.model import NoData, Trigger, TriggerAction
from launchpad.checklist.native.condition_syntax import condition
from launchpad.checklist.native.fields import Fields, Reader, each
from launchpad.checklist.native.nodes import Mapping, Node, Scalar
from launchpad.checklist.native.probes import probe_patterns
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.values import (
    choice,
    count,
    duration_ms,
    given,
    launch_time_ms,
    line,
)

NO_DATA: tuple[NoData, ...] = get_args(NoData)
ACTIONS: tuple[TriggerAction, ...] = get_args(TriggerAction)

# What only counts where something is observed; the first ones are also read from words.
_WHEN = ("trip-after", "active")
_OF_PROBES = ("error-trip-after", "no-data", "action", "decide-within")
_DECIDED: tuple[TriggerAction, ...] = ("propose", "auto")


def triggers_over(known: Sequence[Trigger]) -> Reader[tuple[Trigger, ...]]:
    """Return a reader of triggers. known: what a document says of them in its own words.

    An entry with the id of one of those says more of it, such as its probes; the others stay.
    """
    before = {trigger.id: trigger for trigger in known}

    def trigger(node: Node, reading: Reading) -> Trigger:
        return _trigger(node, reading, before.get(_id_of(node), Trigger("", node.place.line)))

    def triggers(node: Node, reading: Reading) -> tuple[Trigger, ...]:
        read = {one.id: one for one in each(trigger)(node, reading)}
        return tuple({**before, **read}.values())

    return triggers


def _id_of(node: Node) -> str:
    entries = node.entries if isinstance(node, Mapping) else ()
    values = (value for key, value in entries if key.text == "id")
    return next((value.text for value in values if isinstance(value, Scalar)), "")


def _trigger(node: Node, reading: Reading, known: Trigger) -> Trigger:
    with Fields(node, reading) as fields:
        trigger = Trigger(
            id=fields.must("id", given("trigger"), ""),
            line=known.line,
            text=fields.may("text", line, known.text),
            probes=fields.may("probes", probe_patterns, known.probes),
            healthy_when=fields.may("healthy-when", condition(None), known.healthy_when),
            trip_after=fields.may("trip-after", count, known.trip_after),
            error_trip_after=fields.may("error-trip-after", count, known.error_trip_after),
            no_data=fields.may("no-data", choice(NO_DATA), known.no_data),
            active_from_ms=known.active_from_ms,
            active_until_ms=known.active_until_ms,
            action=fields.may("action", choice(ACTIONS), known.action),
            decide_within_ms=fields.may("decide-within", duration_ms, known.decide_within_ms),
        )
        trigger = fields.may("active", _active(trigger), trigger)
        if "probes" in fields or known.probes:
            _require_decision(fields, trigger, reading)
        elif trigger.text:
            for key in _OF_PROBES if trigger.healthy_when else (*_WHEN, *_OF_PROBES):
                fields.refuse(key, f"`{key}` does nothing here: only `probes` can trip it")
        elif "text" not in fields and not fields.wrong:
            reading.problems.add(fields.place, "a trigger needs `probes` or `text`")
    return trigger


def _active(trigger: Trigger) -> Reader[Trigger]:
    def times(node: Node, reading: Reading) -> Trigger:
        with Fields(node, reading) as fields:
            read = replace(
                trigger,
                active_from_ms=fields.may("from", launch_time_ms, trigger.active_from_ms),
                active_until_ms=fields.may("until", launch_time_ms, trigger.active_until_ms),
            )
            if read.active_until_ms <= read.active_from_ms:
                reading.problems.add(
                    fields.place,
                    "it ends before it begins: without `from` it is T-0, without `until` T+30m",
                )
        return read

    return times


def _require_decision(fields: Fields, trigger: Trigger, reading: Reading) -> None:
    if trigger.action not in _DECIDED:
        fields.refuse(
            "decide-within", f"`decide-within` does nothing here: {trigger.action} asks nobody"
        )
    elif trigger.action == "auto" and "decide-within" not in fields:
        reading.problems.add(
            fields.place_of("action"), "auto needs `decide-within`: how long it can be dismissed"
        )
