"""TCP connections: whether a port takes one, and how long that takes."""

from typing import Final, NamedTuple

from launchpad.probes.host_port import host_of
from launchpad.probes.observed import Observed
from launchpad.probes.probe_type import ProbeType


class TcpSpec(NamedTuple):
    """address: a host and a port, as `host_port` reads them."""

    address: str


async def observe(spec: TcpSpec, timeout_s: float) -> Observed:
    """Connect, and close at once: nothing is sent. Raises CannotObserve.

    A port that refuses has answered, and is not connected; one that is silent has not.
    """
    from launchpad.probes.reaching import reached  # noqa: PLC0415 - see `ProbeType`

    return await reached(spec.address, timeout_s)


TCP: Final = ProbeType(
    name="tcp",
    spec=TcpSpec,
    observe=observe,
    offered=frozenset({"CONNECTED", "RESPONSE_TIME", "IP"}),
    default=("[CONNECTED] == true",),
    host=lambda spec: host_of(spec.address),
)
