"""What a launch is rolled back on: probes that stop being well, or what people see."""

from dataclasses import replace
from typing import get_args

from launchpad.checklist.model import NoData, Trigger, TriggerAction
from launchpad.checklist.native.condition_syntax import condition
from launchpad.checklist.native.fields import Fields, Reader, each
from launchpad.checklist.native.nodes import Node
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

_OF_PROBES = ("trip-after", "error-trip-after", "no-data", "active", "action", "decide-within")
_DECIDED: tuple[TriggerAction, ...] = ("propose", "auto")


def _trigger(node: Node, reading: Reading) -> Trigger:
    with Fields(node, reading) as fields:
        trigger = Trigger(
            id=fields.must("id", given("trigger"), ""),
            line=node.place.line,
            text=fields.may("text", line, ""),
            probes=fields.may("probes", probe_patterns, ()),
            healthy_when=fields.may("healthy-when", condition(None), None),
            trip_after=fields.may("trip-after", count, 1),
            error_trip_after=fields.may("error-trip-after", count, None),
            no_data=fields.may("no-data", choice(NO_DATA), "inconclusive"),
            action=fields.may("action", choice(ACTIONS), "propose"),
            decide_within_ms=fields.may("decide-within", duration_ms, None),
        )
        trigger = fields.may("active", _active(trigger), trigger)
        if "probes" in fields:
            _require_decision(fields, trigger, reading)
        elif "text" in fields:
            for key in _OF_PROBES:
                fields.refuse(key, f"`{key}` does nothing here: only `probes` can trip it")
        elif not fields.wrong:
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


triggers = each(_trigger)
