"""TLS: whether it is spoken there, by whom, and how long the certificate is valid."""

from typing import Final, NamedTuple

from launchpad.probes.host_port import host_of
from launchpad.probes.observed import Observed
from launchpad.probes.probe_type import ProbeType


class TlsSpec(NamedTuple):
    """A handshake.

    address: a host and a port, as `host_port` reads them. server_name: who is asked for, and whom
    the certificate has to be for, None for the address's host. ca: an absolute path to certificates
    in PEM, the only authorities that are trusted then; None for those of this machine.
    allow_insecure: take any certificate.
    """

    address: str
    server_name: str | None = None
    ca: str | None = None
    allow_insecure: bool = False


async def observe(spec: TlsSpec, timeout_s: float) -> Observed:
    """Connect, speak TLS, and close. Raises CannotObserve."""
    from launchpad.probes.handshake import shaken  # noqa: PLC0415 - see `ProbeType`

    return await shaken(spec, timeout_s)


TLS: Final = ProbeType(
    name="tls",
    spec=TlsSpec,
    observe=observe,
    offered=frozenset(
        {"CONNECTED", "CERTIFICATE_EXPIRATION", "TLS_VERSION", "RESPONSE_TIME", "IP"}
    ),
    default=("[CONNECTED] == true",),
    host=lambda spec: host_of(spec.address),
)
