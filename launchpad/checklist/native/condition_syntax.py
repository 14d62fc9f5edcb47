"""Conditions are checked where they are written, with the placeholders their probe offers."""

from launchpad.checklist.model import ProbeType
from launchpad.checklist.native.fields import Reader
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.problems import Expected
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.references import literal
from launchpad.checklist.native.values import scalar
from launchpad.conditions.errors import ConditionError
from launchpad.conditions.parse import parse
from launchpad.probes.registry import TYPES

# Nobody knows what is to be asked of these but who writes the probe.
_WRITTEN: frozenset[ProbeType] = frozenset({"http", "command", "sql", "prometheus"})


def unwritten(of_type: ProbeType) -> tuple[str, ...] | None:
    """Return what a type is asked where no conditions are written; None where they have to be."""
    return None if of_type in _WRITTEN else TYPES[of_type].default


def condition(of_type: ProbeType | None) -> Reader[str]:
    """Return a reader of conditions for a type of probe; None where that is not known."""
    offered = TYPES[of_type].offered if of_type else None

    def read(node: Node, reading: Reading) -> str:
        text = literal(node, reading)
        try:
            parse(text, offered)
        except ConditionError as error:
            raise Expected(scalar(node).at(error.position), error.message) from None
        return text

    return read
