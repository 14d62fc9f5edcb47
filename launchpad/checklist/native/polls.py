"""The go/no-go poll of a phase: who is asked, and for how long their answers are good."""

from dataclasses import replace

from launchpad.checklist.model import Phase
from launchpad.checklist.native.fields import Fields, Reader, some
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.values import duration_ms, used


def poll_of(known: Phase) -> Reader[Phase]:
    """Return a reader of a poll that yields the phase with it."""

    def polled(node: Node, reading: Reading) -> Phase:
        with Fields(node, reading) as fields:
            return replace(
                known,
                poll=fields.must("roles", some(used("role")), ()),
                poll_closes_ms=fields.may("closes-in", duration_ms, None),
                poll_valid_ms=fields.may("valid-for", duration_ms, None),
            )

    return polled
