"""Fetching over HTTP: one connection for each request, one deadline for everything."""

import asyncio
import functools
import ssl
from collections.abc import Callable
from typing import Final, NamedTuple

from launchpad.probes import tls
from launchpad.probes.connecting import connected
from launchpad.probes.exchange import Answer, Limits, Request, exchanged
from launchpad.probes.http import SAME_ORIGIN, HttpSpec
from launchpad.probes.names import Names
from launchpad.probes.observed import CannotObserve, Observed
from launchpad.probes.redirecting import redirected
from launchpad.probes.trip import Trip
from launchpad.probes.url import Url, parsed

_MOST_REDIRECTS: Final = 5
_DOING: Final = {
    "resolve": "looking its name up",
    "connect": "connecting",
    "tls": "speaking TLS",
    "processing": "waiting for an answer",
    "transfer": "receiving the answer",
}
_WITH_A_BODY: Final = frozenset({"POST", "PUT", "PATCH"})


class Network(NamedTuple):
    """names: looks names up. tls: gives TLS's settings, insecure ones where it is asked to."""

    names: Names
    tls: Callable[[bool], ssl.SSLContext]


@functools.cache
def this_machine() -> Network:
    """Return names and authorities as this machine has them."""
    return Network(Names(), tls.context)


async def fetched(spec: HttpSpec, timeout_s: float, network: Network | None = None) -> Observed:
    """Send a request, follow where that is allowed, and return the answer. Raises CannotObserve."""
    trip = Trip()
    try:
        async with asyncio.timeout(timeout_s):
            answer = await _followed(spec, network or this_machine(), trip)
    except TimeoutError:
        detail = f"no end within {timeout_s:g} s, {_DOING[trip.phase]}"
        raise trip.cut_short(CannotObserve("timeout", detail)) from None
    except CannotObserve as error:
        raise trip.cut_short(error) from None
    return trip.observed(answer, "certificates are not checked" if spec.allow_insecure else "")


async def _followed(spec: HttpSpec, network: Network, trip: Trip) -> Answer:
    url, request = parsed(spec.url), _first(spec)
    allowed = _origins(spec, url)
    for _ in range(_MOST_REDIRECTS + 1):
        trip.set_out(spec.method, url)
        answer = await _fetched(url, request, spec, network, trip)
        onward = allowed is not None and redirected(url, request, answer, allowed)
        if not onward:
            return answer
        url, request = onward
    raise CannotObserve("too-many-redirects", f"more than {_MOST_REDIRECTS} redirects")


async def _fetched(
    url: Url, request: Request, spec: HttpSpec, network: Network, trip: Trip
) -> Answer:
    """Send one request over a connection of its own and return its answer."""
    with trip.during("resolve"):
        addresses = await network.names.addresses(url.host)
    with trip.during("connect"):
        connection = await connected(addresses, url.port)
    address = connection.getpeername()[0]
    trip.arrived(address, url.port)
    settings = network.tls(spec.allow_insecure) if url.secure else None
    with trip.during("tls" if settings else "connect"):
        reader, writer = await tls.opened(connection, url.host, settings)
    try:
        if settings:
            trip.values |= tls.facts(writer.get_extra_info("ssl_object"))
        trip.begin("processing")
        limits = Limits(spec.wire_bytes, spec.decoded_bytes)
        addressed = _addressed(request, url, spec.user_agent)
        answer = await exchanged(reader, writer, addressed, limits, trip.first_byte)
        trip.end()
    finally:
        # Not `close`, which may wait for the other side.
        writer.transport.abort()
    return answer


def _first(spec: HttpSpec) -> Request:
    """Return the request as it is written, without the headers that every request has."""
    return Request(spec.method, spec.headers, spec.body or b"")


def _addressed(request: Request, url: Url, user_agent: str) -> Request:
    """Return a request with the target and the headers that are sent by default."""
    defaults = {
        "Host": url.authority,
        "User-Agent": user_agent,
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    if request.body or request.method in _WITH_A_BODY:
        defaults["Content-Length"] = str(len(request.body))
    own = {name.lower() for name, _ in request.headers}
    kept = [(name, value) for name, value in defaults.items() if name.lower() not in own]
    return request._replace(target=url.target, headers=(*kept, *request.headers))


def _origins(spec: HttpSpec, url: Url) -> frozenset[str] | None:
    """Return the origins that may be redirected to, None where redirects are not followed."""
    if spec.redirects is None:
        return None
    return frozenset(
        url.origin if origin == SAME_ORIGIN else parsed(origin).origin for origin in spec.redirects
    )
