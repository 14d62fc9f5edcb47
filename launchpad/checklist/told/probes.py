"""What a probe looks at, in a few words."""

import shlex

from launchpad.checklist.model import DnsSettings, Probe, PrometheusSettings, TlsSettings
from launchpad.checklist.requests import UNCHECKED, request_line, unchecked


def observed(probe: Probe) -> str:
    """Return what a probe looks at, whatever its type. Not safe."""
    if probe.http:
        return request_line(probe.http)
    if probe.env:
        origin = f" {shlex.join(probe.env.origin)}" if probe.env.origin else ""
        return f"{probe.env.name} of the {probe.env.source}{origin}"
    if seen := outside(probe):
        return seen
    command = probe.command
    if command is None:
        return ""
    return shlex.join(command.argv) if command.shell is None else command.shell


def outside(probe: Probe) -> str:
    """Return what a probe of the network, a file or a database looks at, else "". Not safe."""
    if probe.tls:
        return _handshake(probe.tls)
    if probe.tcp:
        return probe.tcp.address
    if probe.dns:
        return _question(probe.dns)
    if probe.sql:
        return f"{probe.sql.query.strip()}, asking {probe.sql.database}"
    if probe.prometheus:
        return _instant_query(probe.prometheus)
    return probe.file.path if probe.file else ""


def _handshake(tls: TlsSettings) -> str:
    remarks = (
        f"as {tls.server_name}" if tls.server_name else "",
        f"trusting {tls.ca}" if tls.ca else "",
        UNCHECKED if tls.allow_insecure else "",
    )
    return ", ".join((tls.address, *filter(None, remarks)))


def _question(dns: DnsSettings) -> str:
    return f"{dns.type} {dns.name}{f', asking {dns.server}' if dns.server else ''}"


def _instant_query(prometheus: PrometheusSettings) -> str:
    return f"{prometheus.query.strip()}, asking {prometheus.server}{unchecked(prometheus)}"
