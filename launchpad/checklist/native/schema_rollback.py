"""JSON Schema of what is done and undone: steps, the rollback, its triggers."""

from collections.abc import Mapping

from launchpad.checklist.native.schema_values import (
    Schema,
    either,
    keys,
    listed,
    one_of,
    ref,
    text,
    words,
)
from launchpad.checklist.native.steps import ON_FAILURE, ON_TIMEOUT
from launchpad.checklist.native.triggers import ACTIONS, NO_DATA

_DONE: Mapping[str, Schema] = {
    "command": ref("command"),
    "http": ref("http"),
    "conditions": listed(
        text("A condition, such as '[STATUS] == 200'."),
        "What has to hold of the answer to a request, a 2xx status unless written.",
        some=True,
    ),
    "manual": text("true, or what a person does: instructions."),
    "wait": either(
        "A delay, or until a probe is good.",
        ref("duration"),
        keys({"until": ref("probe-name", "The probe that is waited for.")}, must=("until",)),
    ),
    "expected": ref("duration", "An estimate, which ends nothing."),
    "timeout": ref("duration", "After how long `on-timeout` happens; never unless written."),
    "on-timeout": words(
        ON_TIMEOUT, "What happens then, ask unless written: kill a command, continue behind a wait."
    ),
    "on-failure": words(ON_FAILURE, "What happens when it fails, ask unless written."),
    "verify": ref("probe-name", "The probe that has to be good afterwards."),
    "idempotent": ref("truth", "Whether the command may safely be run again."),
    "rehearse": ref("command", "What runs instead in a rehearsal."),
    "kill-grace": ref("duration", "From asking it to end to killing it, 5s unless written."),
}
_KINDS = (("command",), ("http",), ("manual",), ("wait",))

ROLLBACK: Mapping[str, Schema] = {
    "step": one_of(
        keys(
            {
                "id": ref("id"),
                "title": text("What the step does."),
                **_DONE,
                "starts-at": ref("duration", "When it starts, from the rollback's start."),
                "deadline": ref("duration", "By when it is done, from the rollback's start."),
                "snippets": listed(ref("id"), "The commands to copy that belong to it."),
            },
            must=("id", "title"),
            description="One step of the rollback.",
        ),
        *_KINDS,
    ),
    "item-step": one_of(keys(_DONE, description="What is done for the item."), *_KINDS),
    "rollback": keys(
        {
            "budget": ref("duration", "How long the whole may take; it ends nothing."),
            "authority": either(
                "Who may start it: any member of the crew, or roles.",
                {"const": "any"},
                listed(ref("id"), some=True),
            ),
            "authority-text": text("Who may start it, in your own words."),
            "instructions": text("What is to be known beside the steps."),
            "snippets": listed(ref("id"), "The commands to copy that belong to the whole."),
            "triggers": listed(ref("trigger"), "What the launch is rolled back on."),
            "kill-grace": ref("duration", "That of every step that says no other."),
            "steps": listed(ref("step"), "The steps, in their order.", some=True),
        },
        must=("steps",),
        description="The way back.",
    ),
    "trigger": {
        **keys(
            {
                "id": ref("id"),
                "text": text("What it is, in your own words."),
                "probes": ref("probe-patterns"),
                "healthy-when": text(
                    "A condition that holds as long as it does not trip, such as "
                    "'[RESPONSE_TIME] <= +50%'."
                ),
                "trip-after": ref("count", "Failures in a row that trip it, 1 unless written."),
                "error-trip-after": ref("count", "Errors in a row that trip it, else none do."),
                "no-data": words(NO_DATA, "What no result counts as."),
                "active": keys(
                    {
                        "from": ref("launch-time", "T-0 unless written."),
                        "until": ref("launch-time", "T+30m unless written."),
                    },
                    description="When it can trip.",
                ),
                "action": words(ACTIONS, "What it does, propose unless written."),
                "decide-within": ref("duration", "How long a proposal waits for somebody."),
            },
            must=("id",),
            description="What the launch is rolled back on: probes, or what people see.",
        ),
        "anyOf": [{"required": ["probes"]}, {"required": ["text"]}],
        "if": {"properties": {"action": {"const": "auto"}}, "required": ["action"]},
        "then": {"required": ["decide-within"]},
    },
}
"""The definitions of steps, the rollback and triggers, by name."""
