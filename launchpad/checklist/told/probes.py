"""What a probe looks at, in a few words."""

from launchpad.checklist.model import DnsSettings, Probe, TlsSettings


def outside(probe: Probe) -> str:
    """Return what a probe of the network or of a file looks at, "" for another. Not safe."""
    if probe.tls:
        return _handshake(probe.tls)
    if probe.tcp:
        return probe.tcp.address
    if probe.dns:
        return _question(probe.dns)
    return probe.file.path if probe.file else ""


def _handshake(tls: TlsSettings) -> str:
    remarks = (
        f"as {tls.server_name}" if tls.server_name else "",
        f"trusting {tls.ca}" if tls.ca else "",
        "CERTIFICATES ARE NOT CHECKED" if tls.allow_insecure else "",
    )
    return ", ".join((tls.address, *filter(None, remarks)))


def _question(dns: DnsSettings) -> str:
    return f"{dns.type} {dns.name}{f', asking {dns.server}' if dns.server else ''}"
