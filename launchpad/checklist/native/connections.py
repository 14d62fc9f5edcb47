"""TCP and TLS: where it is connected to, and whom a certificate has to be for."""

from launchpad.checklist.model import TcpSettings, TlsSettings
from launchpad.checklist.native.addresses import address, variable_line
from launchpad.checklist.native.fields import Fields
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.values import truth


def tcp(node: Node, reading: Reading) -> TcpSettings:
    """Read the settings of a TCP probe."""
    with Fields(node, reading) as fields:
        return TcpSettings(address=fields.must("address", address(), ""))


def tls(node: Node, reading: Reading) -> TlsSettings:
    """Read the settings of a TLS probe."""
    with Fields(node, reading) as fields:
        insecure = fields.may("allow-insecure", truth, otherwise=False)
        if insecure:
            fields.refuse("ca", "`allow-insecure` takes any certificate: no authority is asked")
        return TlsSettings(
            address=fields.must("address", address(), ""),
            server_name=fields.may("server-name", variable_line, None),
            ca=fields.may("ca", variable_line, None),
            allow_insecure=insecure,
        )
