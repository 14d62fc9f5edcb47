"""A question to name servers, and what they answer.

The question and its answer are dnspython's; what is done here is what a resolver does not tell: the
response code, and the answer of one server and not of whichever is asked after it.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import Final

import dns.asyncquery
import dns.exception
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdatatype
import dns.rdtypes.ANY.TXT
import dns.reversename

from launchpad.probes.connecting import is_link_local, shown_address
from launchpad.probes.dns import DnsSpec
from launchpad.probes.fetching import this_machine
from launchpad.probes.host_port import HostPort, host_port
from launchpad.probes.names import Names, is_address
from launchpad.probes.observed import CannotObserve, Observed, Value
from launchpad.probes.url import ascii_host

_PORT: Final = 53
# How long one server is waited for before the question is asked again: a datagram may be lost.
_PATIENCE_S: Final = 2.0
# All others say that this server could not answer, and another may.
_ANSWERS: Final = frozenset({dns.rcode.NOERROR, dns.rcode.NXDOMAIN})
_ENDING_WITH_A_NAME: Final = frozenset(
    {
        dns.rdatatype.CNAME,
        dns.rdatatype.MX,
        dns.rdatatype.NS,
        dns.rdatatype.PTR,
        dns.rdatatype.SRV,
    }
)


async def answered(spec: DnsSpec, timeout_s: float, names: Names | None = None) -> Observed:
    """Ask for a name and return what is answered. Raises CannotObserve."""
    try:
        async with asyncio.timeout(timeout_s):
            question = _question(spec)
            servers = await _servers(spec.server, names or this_machine().names)
            began_ns = time.monotonic_ns()
            answer, server = await _first_answer(question, servers)
    except TimeoutError:
        detail = f"no answer within {timeout_s:g} s"
        raise CannotObserve("timeout", f"{spec.type} {spec.name}: {detail}") from None
    except CannotObserve as error:
        detail = f"{spec.type} {spec.name}: {error.detail}"
        raise CannotObserve(error.reason, detail) from None
    took_us = (time.monotonic_ns() - began_ns) // 1000
    code = dns.rcode.to_text(answer.rcode())
    values: dict[str, Value] = {"DNS_RCODE": code, "RESPONSE_TIME": took_us / 1000}
    said = "" if answer.rcode() == dns.rcode.NOERROR else f"the name server answers {code}"
    observed = Observed(values, took_us, address=shown_address(*server), note=said)
    if answer.rcode() not in _ANSWERS:
        detail = f"{spec.type} {spec.name} is not answered"
        raise CannotObserve("dns-resolution-error", detail, observed)
    try:
        values["ANSWER"] = _records(answer)
    except dns.exception.DNSException:
        detail = f"{spec.type} {spec.name}: no valid answer"
        raise CannotObserve("protocol-error", detail, observed) from None
    return observed


def _question(spec: DnsSpec) -> dns.message.QueryMessage:
    """Return the question. Raises CannotObserve."""
    try:
        if spec.type == "PTR" and is_address(spec.name):
            name = dns.reversename.from_address(spec.name)
        else:
            name = dns.name.from_text(ascii_host(spec.name))
        return dns.message.make_query(name, spec.type)
    except (dns.exception.DNSException, CannotObserve):
        raise CannotObserve("address-invalid", "this is no name that DNS could know") from None


async def _servers(server: str | None, names: Names) -> Sequence[HostPort]:
    if server is None:
        # As its administrator wrote them: clouds have theirs at link-local addresses.
        return [HostPort(address, port) for address, port in names.servers()]
    host, port = host_port(server, _PORT)
    addresses = await names.addresses(host)
    allowed = [HostPort(address, port) for address in addresses if not is_link_local(address)]
    if not allowed:
        raise CannotObserve("address-refused", f"{addresses[0]} is link-local")
    return allowed


async def _first_answer(
    question: dns.message.QueryMessage, servers: Sequence[HostPort]
) -> tuple[dns.message.Message, HostPort]:
    """Ask one server after the other until one answers. Raises CannotObserve."""
    while servers:
        unable: tuple[dns.message.Message, HostPort] | None = None
        problem: Exception | None = None
        for server in servers:
            try:
                answer, _ = await dns.asyncquery.udp_with_fallback(
                    question,
                    server.host,
                    timeout=_PATIENCE_S,
                    port=server.port,
                    ignore_unexpected=True,
                    ignore_errors=True,
                )
            except dns.exception.Timeout:
                continue
            except (OSError, EOFError, dns.exception.DNSException) as error:
                problem = problem or error
                continue
            if answer.rcode() in _ANSWERS:
                return answer, server
            unable = unable or (answer, server)
        if unable:
            return unable
        if problem:
            why = type(problem).__name__
            raise CannotObserve("dns-resolution-error", f"it cannot be asked for: {why}")
    raise CannotObserve("dns-resolution-error", "this machine has no name server")


def _records(answer: dns.message.Message) -> tuple[str, ...]:
    """Return the records that were asked for, sorted: their order means nothing in DNS."""
    if not isinstance(answer, dns.message.QueryMessage):
        raise dns.exception.FormError
    found = answer.resolve_chaining().answer
    return tuple(sorted(_text(record) for record in found or ()))


def _text(record: dns.rdata.Rdata) -> str:
    """Return a record as zone files have it, but so that it can be compared.

    Without the quotes of a TXT and its parts put together; names in small letters and without the
    dot at their end, because DNS makes no difference between these.
    """
    if isinstance(record, dns.rdtypes.ANY.TXT.TXT):
        return b"".join(record.strings).decode("utf-8", "replace")
    text = record.to_text()
    return text.lower().removesuffix(".") if record.rdtype in _ENDING_WITH_A_NAME else text
