"""DNS: what a name server answers for a name."""

from typing import Final, Literal, NamedTuple

from launchpad.probes.host_port import host_of
from launchpad.probes.observed import Observed
from launchpad.probes.probe_type import ProbeType

RecordType = Literal["A", "AAAA", "CAA", "CNAME", "MX", "NS", "PTR", "SRV", "TXT"]


class DnsSpec(NamedTuple):
    """A question.

    name: as it is, no search list is gone through; of a PTR also an IP address. server: a host, and
    a port unless it is 53, as `host_port` reads them; None for the name servers of this machine.
    """

    name: str
    type: RecordType = "A"
    server: str | None = None


async def observe(spec: DnsSpec, timeout_s: float) -> Observed:
    """Ask, again and again until there is an answer. Raises CannotObserve."""
    from launchpad.probes.asking import answered  # noqa: PLC0415 - see `ProbeType`

    return await answered(spec, timeout_s)


DNS: Final = ProbeType(
    name="dns",
    spec=DnsSpec,
    observe=observe,
    offered=frozenset({"ANSWER", "DNS_RCODE", "RESPONSE_TIME"}),
    default=("has([ANSWER]) == true",),
    host=lambda spec: spec.server and host_of(spec.server),
)
