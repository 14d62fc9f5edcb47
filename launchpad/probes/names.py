"""From a host's name to its addresses, without a thread that could hang.

`getaddrinfo` cannot be given up: asked by asyncio it occupies a thread of the pool that everything
else shares, for as long as the name servers are silent, and the program cannot end before it does.
So names are looked up here, with dnspython: in /etc/hosts, then in DNS as /etc/resolv.conf says
(name servers, search list, ndots, rotate, timeout). Other sources of nsswitch.conf(5), such as
mDNS or LDAP, are not asked. Both files are read again when they change.
"""

import asyncio
import ipaddress
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, Generic, TypeVar

import dns.asyncresolver
import dns.exception
import dns.inet
import dns.rdatatype
import dns.resolver

from launchpad.probes.observed import CannotObserve

_LOOPBACK: Final = ("127.0.0.1", "::1")
# A look-up ends with the observation that it is a part of, not by itself.
_LIFETIME_S: Final = 3600.0
# So long is the other kind of address waited for once there is one (after RFC 8305, section 3):
# some name servers never answer what they do not know.
_SECOND_ANSWER_S: Final = 0.1

T = TypeVar("T")


class Names:
    """Looks names up. hosts, resolv_conf: files in the system's formats; port: of name servers."""

    def __init__(
        self,
        hosts: Path = Path("/etc/hosts"),
        resolv_conf: Path = Path("/etc/resolv.conf"),
        port: int = 53,
    ) -> None:
        self._hosts = _Kept(hosts, _read_hosts, dict[str, tuple[str, ...]])
        self._resolver = _Kept(resolv_conf, lambda path: _resolver(path, port), _no_resolver)

    async def addresses(self, host: str) -> tuple[str, ...]:
        """Return the IP addresses of host, in ASCII, at least one. Raises CannotObserve.

        Names below "localhost" are the loopback's, whatever DNS says (RFC 6761, 6.3).
        """
        if is_address(host):
            return (host,)
        name = host.lower().removesuffix(".")
        if here := self._hosts.value().get(name):
            return here
        if name == "localhost" or name.endswith(".localhost"):
            return _LOOPBACK
        return await self._asked(host)

    def servers(self) -> tuple[tuple[str, int], ...]:
        """Return the addresses and ports of the machine's name servers, in their order.

        None where what the file says cannot be used.
        """
        try:
            resolver = self._resolver.value()
        except (dns.exception.DNSException, OSError, ValueError):
            return ()
        found = (str(server) for server in resolver.nameservers)
        return tuple((server, resolver.port) for server in found if dns.inet.is_address(server))

    async def _asked(self, host: str) -> tuple[str, ...]:
        tasks = [
            asyncio.create_task(self._records(host, kind))
            for kind in (dns.rdatatype.AAAA, dns.rdatatype.A)
        ]
        try:
            done, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if left:
                answered = any(not task.exception() and task.result() for task in done)
                await asyncio.wait(left, timeout=_SECOND_ANSWER_S if answered else None)
            over = [task for task in tasks if task.done()]
        finally:
            for task in tasks:
                if not task.cancel():
                    task.exception()  # or asyncio complains that nobody asked
        problems = [error for task in over if (error := task.exception())]
        found = [address for task in over if not task.exception() for address in task.result()]
        if found:
            return tuple(found)
        why = problems[0] if problems else "it has no address"
        raise CannotObserve("dns-resolution-error", f"{host}: {why}")

    async def _records(self, host: str, kind: dns.rdatatype.RdataType) -> list[str]:
        try:
            answer = await self._resolver.value().resolve(
                host, kind, raise_on_no_answer=False, search=True, lifetime=_LIFETIME_S
            )
        except dns.resolver.NXDOMAIN:
            raise CannotObserve("dns-resolution-error", "there is no such name") from None
        except dns.resolver.NoNameservers:
            detail = "the name servers do not answer this, or not properly"
            raise CannotObserve("dns-resolution-error", detail) from None
        except (dns.exception.DNSException, OSError, UnicodeError) as error:
            detail = f"it cannot be looked up: {type(error).__name__}"
            raise CannotObserve("dns-resolution-error", detail) from None
        return [record.address for record in answer.rrset or ()]


def is_address(host: str) -> bool:
    """Tell whether host is an IP address, in the one usual form, without a zone."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return "%" not in host


class _Kept(Generic[T]):
    """What a file says, read again when the file is another one."""

    def __init__(self, path: Path, read: Callable[[Path], T], otherwise: Callable[[], T]) -> None:
        self._path = path
        self._read = read
        self._otherwise = otherwise
        self._seen: tuple[int, int, int] | None = None
        self._value: T | None = None

    def value(self) -> T:
        try:
            status = os.stat(self._path)  # noqa: PTH116 - a fifth of the time, at every look-up
        except OSError:
            return self._otherwise()
        seen = (status.st_mtime_ns, status.st_size, status.st_ino)
        if self._value is None or seen != self._seen:
            self._seen, self._value = seen, self._read(self._path)
        return self._value


def _read_hosts(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the addresses of each name of a file by hosts(5)."""
    found: dict[str, tuple[str, ...]] = {}
    for line in path.read_text("utf-8", "replace").splitlines():
        address, *names = line.partition("#")[0].split() or [""]
        if not is_address(address):
            continue
        for name in names:
            known = found.get(name.lower(), ())
            found[name.lower()] = known if address in known else (*known, address)
    return found


def _resolver(path: Path, port: int) -> dns.asyncresolver.Resolver:
    resolver = dns.asyncresolver.Resolver(path)
    resolver.port = port
    return resolver


def _no_resolver() -> dns.asyncresolver.Resolver:
    # resolv.conf(5): without the file, the name server of this machine is asked.
    resolver = dns.asyncresolver.Resolver(configure=False)
    resolver.nameservers = ["127.0.0.1"]
    return resolver
