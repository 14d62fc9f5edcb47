"""Hosts and ports, which a variable can be any part of."""

from launchpad.checklist.native.fields import Reader
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.problems import Expected
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.references import REFERENCE, filled_text
from launchpad.checklist.native.values import exact_line
from launchpad.probes.host_port import host_port
from launchpad.probes.observed import CannotObserve

# Stands for a variable where the rest is looked at: part of a name, and a port.
_PART = "1"


def variable_line(node: Node, reading: Reading) -> str:
    """Read a text of one line for a program, in which `${name}` stands for a variable."""
    exact_line(node, reading)
    return filled_text(node, reading, ("variable",)).text


def address(usual: int | None = None) -> Reader[str]:
    """Return a reader of a host and a port. usual: as for `host_port`."""

    def read(node: Node, reading: Reading) -> str:
        text = variable_line(node, reading)
        try:
            if not REFERENCE.fullmatch(text):
                host_port(REFERENCE.sub(_PART, text), usual)
        except CannotObserve as error:
            raise Expected(node, error.detail) from None
        return text

    return read
