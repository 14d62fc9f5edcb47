"""JSON Schema of single values, and the ways of putting schemas together.

What an editor shows as a number or as true is text to the reader as well, so texts take these too.
"""

from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]

# A letter or digit of any script: what is none in ASCII is left out, and white space.
_WORD = r"[^\s!-/:-@A-Z\[-`{-~]+"
_DURATION = (
    r"(?=[0-9])(?=.*[1-9])([0-9]{1,6}d)?([0-9]{1,6}h)?([0-9]{1,6}m(?!s))?"
    r"([0-9]{1,6}s)?([0-9]{1,6}ms)?"
)

VALUES: Mapping[str, Schema] = {
    "text": {"type": ["string", "number", "boolean"]},
    "id": {
        "type": ["string", "number"],
        "pattern": f"^{_WORD}(-{_WORD})*$",
        "maxLength": 40,
        "description": "Small letters, digits and single hyphens.",
    },
    "probe-name": {
        "type": ["string", "number"],
        "pattern": f"^{_WORD}(-{_WORD})*(/{_WORD}(-{_WORD})*)*$",
        "description": "An id, or several with slashes between them, such as smoke/health.",
    },
    "duration": {
        "type": "string",
        "pattern": f"^{_DURATION}$",
        "description": "A duration such as 500ms, 30s, 2m, 1h30m or 2d.",
    },
    "launch-time": {
        "type": "string",
        "pattern": f"^T[+-](0|{_DURATION})$",
        "description": "A time of the launch such as T-1h, T-0 or T+30m.",
    },
    "count": {
        "type": ["integer", "string"],
        "minimum": 1,
        "maximum": 9999,
        "pattern": "^[0-9]{1,4}$",
        "description": "A whole number from 1 to 9999.",
    },
    "decimal": {
        "type": ["number", "string"],
        "pattern": r"^-?[0-9]{1,15}(\.[0-9]{1,9})?$",
        "description": "A number such as 200 or 99.9.",
    },
    "truth": {"enum": [True, False, "true", "false"]},
    "environment-name": {
        "type": "string",
        "pattern": "^[A-Za-z_][A-Za-z0-9_]*$",
        "description": "The name of an environment variable, such as JOB_TOKEN.",
    },
}
"""The definitions that every part of the format uses, by name."""


def ref(name: str, description: str = "") -> Schema:
    """Return a reference to a definition, with what it means in this place."""
    reference: Schema = {"$ref": f"#/$defs/{name}"}
    return {**reference, "description": description} if description else reference


def text(description: str) -> Schema:
    """Return the schema of a text."""
    return ref("text", description)


def words(options: Collection[str], description: str) -> Schema:
    """Return the schema of one of a few words."""
    return {"enum": list(options), "description": description}


def listed(entries: Schema, description: str = "", *, some: bool = False) -> Schema:
    """Return the schema of a list. some: it has at least one entry."""
    schema: Schema = {"type": "array", "items": entries}
    if some:
        schema["minItems"] = 1
    return {**schema, "description": description} if description else schema


def named(values: Schema, description: str, names: str = "id") -> Schema:
    """Return the schema of a mapping whose keys are names. names: their definition."""
    return {
        "type": "object",
        "propertyNames": ref(names),
        "additionalProperties": values,
        "description": description,
    }


def keys(
    properties: Mapping[str, Schema], *, must: Collection[str] = (), description: str = ""
) -> Schema:
    """Return the schema of a mapping that has these keys and no others."""
    schema: Schema = {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
    }
    if must:
        schema["required"] = list(must)
    return {**schema, "description": description} if description else schema


def one_of(schema: Schema, *alternatives: Collection[str]) -> Schema:
    """Return the schema of a mapping that has the keys of exactly one of these alternatives."""
    return {**schema, "oneOf": [{"required": list(names)} for names in alternatives]}


def either(description: str, *schemas: Schema) -> Schema:
    """Return the schema of a value that is written in one of several ways."""
    return {"anyOf": list(schemas), "description": description}
