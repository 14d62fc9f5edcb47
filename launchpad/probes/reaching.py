"""A connection to a host and a port, and what is known of it where it gets no further."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Final

from launchpad.probes.connecting import connected, shown_address
from launchpad.probes.fetching import this_machine
from launchpad.probes.host_port import host_port
from launchpad.probes.names import Names
from launchpad.probes.observed import CannotObserve, Observed, Value
from launchpad.probes.phases import Phases

_DOING: Final = {
    "resolve": "looking its name up",
    "connect": "connecting",
    "tls": "speaking TLS",
}


class Reach(Phases):
    """How far a connection got. at: the address as it was asked for.

    settled: what is known to be wrong already, should the deadline cut what comes after.
    """

    def __init__(self, at: str) -> None:
        super().__init__("resolve")
        self.values: dict[str, Value] = {}
        self.address: str | None = None
        self.settled: CannotObserve | None = None
        self._at = at

    def arrived(self, connection: socket.socket, port: int) -> None:
        """Remember where it is connected to. Raises CannotObserve."""
        try:
            host: str = connection.getpeername()[0]
        except OSError:
            raise CannotObserve("connection-reset", "reset as soon as it was connected") from None
        self.address = shown_address(host, port)
        self.values["IP"] = host

    def cut_short(self, error: CannotObserve) -> CannotObserve:
        """Return why it got no further, with all that is known."""
        values = dict(self.values)
        if self.turned_away(error):
            values["CONNECTED"] = False
        observed = Observed(values, None, self.timings, self.address)
        return CannotObserve(error.reason, f"{self._at}: {error.detail}", observed)

    def observed(self, note: str = "") -> Observed:
        """Return what is known where all went well."""
        took_us = self.taken_us()
        self.values |= {"CONNECTED": True, "RESPONSE_TIME": took_us / 1000}
        return Observed(self.values, took_us, self.timings, self.address, note)


@contextlib.asynccontextmanager
async def reaching(
    address: str, timeout_s: float, names: Names
) -> AsyncIterator[tuple[Reach, socket.socket]]:
    """Connect to an address, for as long as the block runs and at most until the deadline.

    Whatever ends it early, in here or in the block, is raised as CannotObserve.
    """
    reach = Reach(address)
    try:
        async with asyncio.timeout(timeout_s):
            host, port = host_port(address)
            with reach.during("resolve"):
                addresses = await names.addresses(host)
            reach.begin("connect")
            with await connected(addresses, port) as connection:
                reach.arrived(connection, port)
                reach.end()
                yield reach, connection
    except TimeoutError:
        late = CannotObserve("timeout", f"no end within {timeout_s:g} s, {_DOING[reach.phase]}")
        raise reach.cut_short(reach.settled or late) from None
    except CannotObserve as error:
        raise reach.cut_short(error) from None


async def reached(address: str, timeout_s: float, names: Names | None = None) -> Observed:
    """Connect to an address, and no more. Raises CannotObserve."""
    async with reaching(address, timeout_s, names or this_machine().names) as (reach, _):
        return reach.observed()
