"""The types of probes there are. Importing this imports none of their clients."""

from collections.abc import Mapping
from types import MappingProxyType

from launchpad.probes.command import COMMAND
from launchpad.probes.dns import DNS
from launchpad.probes.env import ENV
from launchpad.probes.file import FILE
from launchpad.probes.http import HTTP
from launchpad.probes.probe_type import ProbeType
from launchpad.probes.prometheus import PROMETHEUS
from launchpad.probes.sql import SQL
from launchpad.probes.tcp import TCP
from launchpad.probes.tls_probe import TLS

_ROWS = (HTTP, ENV, COMMAND, TLS, TCP, DNS, FILE, SQL, PROMETHEUS)

TYPES: Mapping[str, ProbeType] = MappingProxyType({row.name: row for row in _ROWS})
"""Every type of probe by its name in a checklist."""


def type_of(spec: object) -> ProbeType:
    """Return the type that settings belong to. Raises LookupError for what belongs to none."""
    for row in _ROWS:
        if isinstance(spec, row.spec):
            return row
    raise LookupError(f"no type of probe has the settings {type(spec).__name__}")
