"""A host and a port as people write them: db.example.com:5432, 192.0.2.1:22, [2001:db8::1]:443."""

import ipaddress
import re
from typing import Final, NamedTuple

from launchpad.probes.observed import CannotObserve
from launchpad.probes.url import ascii_host

_SHAPE: Final = re.compile(
    r"(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<host>[^\s\[\]:/?#@%\\]+))(?::(?P<port>[0-9]{1,5}))?"
)
_HIGHEST: Final = 65535


class HostPort(NamedTuple):
    """host: in ASCII, small letters, an IPv6 address without brackets."""

    host: str
    port: int


def host_port(text: str, usual: int | None = None) -> HostPort:
    """Read a host and a port. usual: the port where none is written, None where it has to be.

    Raises CannotObserve.
    """
    shape = _SHAPE.fullmatch(text)
    port = int(shape["port"]) if shape and shape["port"] else usual
    if shape is None or port is None or not 0 < port <= _HIGHEST:
        form = "host:port" if usual is None else "host or host:port"
        raise CannotObserve("address-invalid", f"an address is {form}, an IPv6 address in brackets")
    try:
        if shape["v6"]:
            return HostPort(str(ipaddress.IPv6Address(shape["v6"])), port)
        return HostPort(ascii_host(shape["host"]), port)
    except CannotObserve as error:
        raise CannotObserve("address-invalid", error.detail) from None
    except ValueError:
        raise CannotObserve("address-invalid", "in brackets stands no IPv6 address") from None


def host_of(text: str) -> str | None:
    """Return the host alone, whether a port is written or not; None where there is none."""
    try:
        return host_port(text, usual=_HIGHEST).host
    except CannotObserve:
        return None
