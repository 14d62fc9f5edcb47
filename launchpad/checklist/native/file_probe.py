"""Files: which one is looked at."""

from launchpad.checklist.model import FileSettings
from launchpad.checklist.native.addresses import variable_line
from launchpad.checklist.native.fields import Fields
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.reading import Reading


def file(node: Node, reading: Reading) -> FileSettings:
    """Read the settings of a file probe."""
    with Fields(node, reading) as fields:
        return FileSettings(path=fields.must("path", variable_line, ""))
