"""A TCP connection to one of several addresses, none of which may be link-local."""

import asyncio
import contextlib
import errno
import ipaddress
import socket
from collections.abc import Iterable, Sequence
from typing import Final

from launchpad.probes.observed import CannotObserve
from launchpad.probes.result import Reason

# How long one address is waited for before the next is tried as well (RFC 8305, section 5).
_STAGGER_S: Final = 0.25
_MOST: Final = 8
# How many bytes the kernel receives before they are read; by itself it would take megabytes.
_RECEIVED_AHEAD: Final = 64 * 1024
# NAT64: an IPv4 address behind a prefix of IPv6 (RFC 6052).
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_UNREACHABLE: Final = frozenset(
    {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.ENETDOWN, errno.EACCES}
)


async def connected(addresses: Sequence[str], port: int) -> socket.socket:
    """Return a socket that is connected to whichever address answers first.

    addresses: IP addresses, in the order in which they are tried. Link-local ones are refused,
    however they are written: clouds give out credentials there. Raises CannotObserve.
    """
    allowed = [address for address in addresses if not is_link_local(address)][:_MOST]
    if not allowed:
        raise CannotObserve("address-refused", f"{addresses[0]} is link-local")
    first, *others = _reachable_first(allowed, port)
    if not others:
        return await _attempt(first, port)
    return await _race([first, *others], port)


def is_link_local(address: str) -> bool:
    """Tell whether an address is in 169.254.0.0/16 or fe80::/10, or leads there."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        embedded = ip.ipv4_mapped
        if ip in _NAT64:
            embedded = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        return ip.is_link_local or (embedded is not None and embedded.is_link_local)
    return ip.is_link_local


def _reachable_first(addresses: Iterable[str], port: int) -> list[str]:
    """Sort addresses so that those without a route come last."""
    return sorted(addresses, key=lambda address: not _routed(address, port))


def _routed(address: str, port: int) -> bool:
    # Connecting a UDP socket asks the kernel for a route and sends nothing.
    with socket.socket(_family(address), socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((address, port))
        except OSError:
            return False
    return True


async def _race(addresses: list[str], port: int) -> socket.socket:
    running: set[asyncio.Task[socket.socket]] = set()
    problem: CannotObserve | None = None
    try:
        while True:
            if addresses:
                running.add(asyncio.create_task(_attempt(addresses.pop(0), port)))
            if not running:
                raise problem or CannotObserve("network-unreachable", "no address")
            done, running = await asyncio.wait(
                running,
                timeout=_STAGGER_S if addresses else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            sockets = []
            for task in done:
                error = task.exception()
                if error is None:
                    sockets.append(task.result())
                elif isinstance(error, CannotObserve):
                    problem = problem or error
                else:
                    raise error
            for surplus in sockets[1:]:
                surplus.close()
            if sockets:
                return sockets[0]
    finally:
        for task in running:
            task.cancel()
            task.add_done_callback(_closed)


def _closed(task: asyncio.Task[socket.socket]) -> None:
    if not task.cancelled() and task.exception() is None:
        task.result().close()


async def _attempt(address: str, port: int) -> socket.socket:
    connection = socket.socket(_family(address), socket.SOCK_STREAM)
    try:
        connection.settimeout(0)  # asyncio waits by itself
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVED_AHEAD)
        await asyncio.get_running_loop().sock_connect(connection, (address, port))
    except OSError as error:
        connection.close()
        raise _explained(error, address, port) from None
    except BaseException:
        connection.close()
        raise
    return connection


def _explained(error: OSError, address: str, port: int) -> CannotObserve:
    where = shown_address(address, port)
    if isinstance(error, ConnectionRefusedError):
        return CannotObserve("connection-refused", f"{where} refused the connection")
    if isinstance(error, ConnectionError):
        return CannotObserve("connection-reset", f"{where} reset the connection")
    if isinstance(error, TimeoutError):
        return CannotObserve("timeout", f"{where} does not answer")
    # asyncio wraps the number into a longer text.
    why = errno.errorcode.get(error.errno or 0, "an error")
    reason: Reason = "network-unreachable" if error.errno in _UNREACHABLE else "system-error"
    return CannotObserve(reason, f"{where} cannot be reached: {why}")


def _family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def shown_address(address: str, port: int) -> str:
    """Return an address and a port as people write them."""
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(address).version == 6:  # noqa: PLR2004 - the protocol's name
            return f"[{address}]:{port}"
    return f"{address}:{port}"
