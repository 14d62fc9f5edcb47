"""JSON Schema of the native format, for editors: everything that is read, and nothing else.

What the reader takes, the schema takes. What no schema can tell, such as a name that nobody gave,
only the reader refuses.
"""

from collections.abc import Mapping
from copy import deepcopy

from launchpad.checklist.native.document import VERSION
from launchpad.checklist.native.figures import COMPARATORS
from launchpad.checklist.native.messages import OCCASIONS
from launchpad.checklist.native.schema_holds import HOLDS
from launchpad.checklist.native.schema_phases import PHASES
from launchpad.checklist.native.schema_probes import PROBES
from launchpad.checklist.native.schema_rollback import ROLLBACK
from launchpad.checklist.native.schema_values import (
    VALUES,
    Schema,
    either,
    keys,
    listed,
    named,
    one_of,
    ref,
    text,
    words,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TOP: Mapping[str, Schema] = {
    "launchpad": {
        "enum": [int(VERSION), VERSION],
        "description": "The version of the format.",
    },
    "title": text("What is launched."),
    "code-word": {
        "type": ["string", "number"],
        "pattern": "^[a-z0-9]{3,16}$",
        "description": "The word that confirms dangerous acts; made from the title unless written.",
    },
    "log": text("The address of the log that its launches go to."),
    "vars": named(ref("variable"), "Values that are given when a launch opens."),
    "secrets": named(ref("secret"), "Where secrets are found; never the secrets themselves."),
    "roles": named(text("The role's title."), "The parts that people take, by id."),
    "crew": ref("crew"),
    "contacts": listed(ref("contact"), "Whom to call."),
    "window": ref("window"),
    "holds": listed(ref("hold"), "Holds that are built into the countdown."),
    "commit-criteria": listed(ref("commit-criterion"), "What has to be good for a GO."),
    "phases": listed(ref("phase"), "What is worked through.", some=True),
    "probes": ref("probes"),
    "baseline": ref("baseline"),
    "rollback": ref("rollback"),
    "messages": ref("messages"),
    "snippets": named(ref("snippet"), "Commands to copy, by id; the program never runs them."),
    "env-vars": named(
        ref("environment-variable"),
        "The environment variables that the launch asks for.",
        "environment-name",
    ),
    "metrics": listed(ref("metric"), "Figures that are watched."),
    "criteria": listed(ref("criterion"), "What has to be met."),
}

_PARTS: Mapping[str, Schema] = {
    "variable": keys(
        {
            "required": ref("truth", "Whether a launch does not open without it."),
            "matches": text("A regular expression that the value has to hold."),
            "example": text("A value that is shown, and never used."),
            "default": text("The value where none is given."),
        }
    ),
    "secret": one_of(
        keys(
            {
                "env": ref("environment-name"),
                "file": text("The path of the file that holds it."),
                "command": ref("words", "The command that prints it."),
                "matches": text("A regular expression that the value has to hold."),
            }
        ),
        ("env",),
        ("file",),
        ("command",),
    ),
    "crew": keys(
        {
            "lead": text("The initials of the one who leads the launch."),
            "people": listed(ref("person"), "Everybody on the launch.", some=True),
        },
        must=("lead", "people"),
        description="Who takes part.",
    ),
    "person": keys(
        {
            "initials": {
                "type": ["string", "number"],
                "maxLength": 8,
                "description": "Capital letters and digits, the first a letter.",
            },
            "name": text("The name as it is printed."),
            "roles": listed(ref("id"), "The roles that they take."),
        },
        must=("initials", "name"),
    ),
    "contact": keys(
        {
            "role": text("What they do."),
            "name": text("Who it is."),
            "contact": text("How they are reached."),
        },
        must=("role",),
    ),
    "window": {
        **keys(
            {
                "opens": ref("launch-time", "When the launch may begin."),
                "hard-stop": ref("launch-time", "When it has to be over."),
                "safety-floor": ref("duration", "What is kept before the hard stop."),
            },
            description="The time that is granted for the launch.",
        ),
        "anyOf": [{"required": ["opens"]}, {"required": ["hard-stop"]}],
        "dependentRequired": {"safety-floor": ["hard-stop"]},
    },
    "baseline": keys(
        {
            "probes": ref("probe-patterns"),
            "over": ref("duration", "How long it is measured."),
            "min-samples": ref("count", "How many samples make a baseline."),
        },
        must=("probes", "over", "min-samples"),
        description="What is measured before the launch, to compare with.",
    ),
    "messages": keys(
        {
            occasion: either(
                "The text, in which ${name} stands for a variable.", ref("text"), ref("message")
            )
            for occasion in OCCASIONS
        },
        description="What is told to others, and when.",
    ),
    "message": keys(
        {
            "text": text("The text, in which ${name} stands for a variable."),
            "next-update": ref("duration", "After how long the next one is due."),
        },
        must=("text",),
    ),
    "snippet": keys(
        {
            "text": text("The command."),
            "shell": text("What reads it, such as bash."),
            "expected": text("What it should answer."),
        },
        must=("text",),
    ),
    "environment-variable": keys(
        {
            "optional": ref("truth", "Whether it is only needed under a condition."),
            "group": text("What it belongs to."),
        }
    ),
    "metric": keys(
        {
            "name": text("What is measured."),
            "comparator": words(COMPARATORS, "How the figure compares with the value."),
            "value": ref("decimal"),
            "unit": text("The unit, such as ms or %."),
        },
        must=("name", "comparator", "value"),
    ),
    "criterion": keys(
        {"text": text("What has to be met."), "section": text("What it belongs to.")},
        must=("text",),
    ),
}


def schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a native checklist: the same at every call."""
    # A copy, since who asks for it may add to it.
    return deepcopy(
        {
            "$schema": DIALECT,
            "title": "Launchpad checklist",
            **keys(_TOP, must=("launchpad", "title", "phases")),
            "$defs": {**VALUES, **_PARTS, **PROBES, **HOLDS, **PHASES, **ROLLBACK},
        }
    )
