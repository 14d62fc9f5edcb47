"""Conditions are checked where they are written, with the placeholders their probe offers."""

from collections.abc import Mapping

from launchpad.checklist.model import ProbeType
from launchpad.checklist.native.fields import Reader
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.problems import Expected
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.references import literal
from launchpad.checklist.native.values import scalar
from launchpad.conditions.errors import ConditionError
from launchpad.conditions.parse import parse

OFFERED: Mapping[ProbeType, frozenset[str]] = {
    "http": frozenset(
        {
            "STATUS",
            "RESPONSE_TIME",
            "IP",
            "BODY",
            "HEADER",
            "CONNECTED",
            "CERTIFICATE_EXPIRATION",
            "TLS_VERSION",
        }
    ),
    "env": frozenset({"SET", "VALUE"}),
    "command": frozenset({"EXIT_CODE", "STDOUT", "STDERR", "RESPONSE_TIME"}),
}
"""The placeholders that each type of probe has a value for."""


def condition(of_type: ProbeType | None) -> Reader[str]:
    """Return a reader of conditions for a type of probe; None where that is not known."""
    offered = OFFERED[of_type] if of_type else None

    def read(node: Node, reading: Reading) -> str:
        text = literal(node, reading)
        try:
            parse(text, offered)
        except ConditionError as error:
            raise Expected(scalar(node).at(error.position), error.message) from None
        return text

    return read
