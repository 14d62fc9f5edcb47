"""What comes from outside: variables, where secrets are found, what environments have to have."""

import re

from launchpad.checklist.model import EnvironmentVariable, Secret, Variable
from launchpad.checklist.native.commands import words
from launchpad.checklist.native.fields import Fields, attempt, named_each
from launchpad.checklist.native.nodes import Node, Scalar
from launchpad.checklist.native.problems import Expected
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.references import literal
from launchpad.checklist.native.values import (
    exact,
    exact_line,
    given,
    identifier,
    line,
    pattern,
    scalar,
    truth,
)

_ENVIRONMENT_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_VARIABLE_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# A user and a password before a host's name.
_PASSWORD = re.compile(r"://[^/?#\s@:]*:[^/?#\s@]*@")


def without_password(node: Node, reading: Reading) -> str:
    """Read a text of one line that holds no address with a password in it."""
    text = exact_line(node, reading)
    if _PASSWORD.search(text):
        raise Expected(node, "a password in an address: give it as a secret instead")
    return text


def environment_name(node: Node, _reading: Reading) -> str:
    """Read the name of an environment variable."""
    text = scalar(node, "the name of an environment variable").text
    if not _ENVIRONMENT_NAME.fullmatch(text):
        raise Expected(node, "expected the name of an environment variable, such as JOB_TOKEN")
    return text


def _variable(key: Scalar, value: Node, reading: Reading) -> Variable:
    name = attempt(given("variable", _name), key, reading, key.text)
    with Fields(value, reading) as fields:
        required = fields.may("required", truth, otherwise=False)
        if required and "default" in fields:
            reading.problems.add(
                fields.place_of("default"),
                "a variable with a default is never missing: it is either required or has one",
            )
        return Variable(
            name=name,
            line=key.place.line,
            required=required,
            matches=fields.may("matches", pattern, None),
            example=fields.may("example", without_password, None),
            default=fields.may("default", _default, None),
        )


def _secret(key: Scalar, value: Node, reading: Reading) -> Secret:
    name = attempt(given("secret", _name), key, reading, key.text)
    reading.refuse("variable", name, key.place, "a variable has this name already")
    with Fields(value, reading) as fields:
        source = fields.one_of(("env", "file", "command"), "a secret")
        found = {
            "env": (fields.may("env", environment_name, ""),),
            "file": (fields.may("file", literal, ""),),
            "command": fields.may("command", words, ()),
        }
        matches = fields.may("matches", pattern, None)
    match source:
        case "file" | "command":
            return Secret(name, key.place.line, source, found[source], matches)
        case _:
            return Secret(name, key.place.line, "env", found["env"], matches)


def _environment_variable(key: Scalar, value: Node, reading: Reading) -> EnvironmentVariable:
    name = attempt(environment_name, key, reading, key.text)
    with Fields(value, reading) as fields:
        return EnvironmentVariable(
            name=name,
            line=key.place.line,
            optional=fields.may("optional", truth, otherwise=False),
            group=fields.may("group", line, ""),
        )


def _default(node: Node, reading: Reading) -> str:
    # An empty text is a value too.
    return without_password(node, reading) if exact(node, reading).text else ""


def _name(node: Node, reading: Reading) -> str:
    name = identifier(node, reading)
    if not _VARIABLE_NAME.fullmatch(name):
        raise Expected(node, "expected a name such as base-url: a to z first, then digits too")
    return name


variables = named_each(_variable)
secrets = named_each(_secret)
environment_variables = named_each(_environment_variable)
