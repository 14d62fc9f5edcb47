"""DNS: which name and which of its records, and who is asked."""

from typing import get_args

from launchpad.checklist.model import DnsSettings
from launchpad.checklist.native.addresses import address, variable_line
from launchpad.checklist.native.fields import Fields, Reader
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.values import choice
from launchpad.probes.dns import RecordType

_PORT = 53
_record_type: Reader[RecordType] = choice(get_args(RecordType))


def dns(node: Node, reading: Reading) -> DnsSettings:
    """Read the settings of a DNS probe."""
    with Fields(node, reading) as fields:
        return DnsSettings(
            name=fields.must("name", variable_line, ""),
            type=fields.may("type", _record_type, "A"),
            server=fields.may("server", address(_PORT), None),
        )
