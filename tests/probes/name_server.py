"""A name server on loopback that answers, over UDP and TCP, as each test wants."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple, cast

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

from tests.probes.serving import serving

_PERIOD_S = 0.02

Answer = Callable[[dns.message.Message], dns.message.Message | bytes | None]


class Server(NamedTuple):
    """asked: how often, over UDP and over TCP."""

    port: int
    asked: dict[str, int]

    @property
    def address(self) -> str:
        """Where it is asked."""
        return f"127.0.0.1:{self.port}"


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, answers: tuple[Answer, ...], asked: dict[str, int]) -> None:
        self._answers = answers
        self._asked = asked

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._asked["udp"] += 1
        for answer in self._answers:
            if wire := _wire(answer(dns.message.from_wire(data))):
                self.transport.sendto(wire, addr)


def silent(_query: dns.message.Message) -> None:
    """Answer nothing."""


@asynccontextmanager
async def name_server(
    udp: Answer,
    tcp: Answer | None = None,
    *,
    before: Answer = silent,
    neighbour: Answer = silent,
    drips: bool = False,
) -> AsyncIterator[Server]:
    """Run a name server. udp, tcp: what it answers; before: and before that, over UDP.

    neighbour: what another one answers, over UDP, that has the same port of 127.0.0.2. drips: an
    answer over TCP comes byte by byte and never to its end.
    """
    asked = {"udp": 0, "tcp": 0}

    async def stream(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        length = int.from_bytes(await reader.readexactly(2), "big")
        query = dns.message.from_wire(await reader.readexactly(length))
        asked["tcp"] += 1
        if drips:
            writer.write(b"\xff\xff")
        while drips:
            writer.write(b"\x00")
            await writer.drain()
            await asyncio.sleep(_PERIOD_S)
        if wire := _wire((tcp or udp)(query)):
            writer.write(len(wire).to_bytes(2, "big") + wire)
            await writer.drain()
        await reader.read()

    async with serving(stream) as port:
        loop = asyncio.get_running_loop()
        own, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams((before, udp), asked), local_addr=("127.0.0.1", port)
        )
        other, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams((neighbour,), {"udp": 0}), local_addr=("127.0.0.2", port)
        )
        try:
            yield Server(port, asked)
        finally:
            own.close()
            other.close()


def holding(*records: str, rcode: str = "NOERROR") -> Answer:
    """Return what answers every question with these records: a name, a type and its data."""

    def answer(query: dns.message.Message) -> dns.message.Message:
        made = dns.message.make_response(query)
        made.set_rcode(dns.rcode.from_text(rcode))
        for record in records:
            name, kind, data = record.split(" ", 2)
            made.answer.append(dns.rrset.from_text(name, 60, "IN", kind, data))
        return made

    return answer


def truncated(query: dns.message.Message) -> dns.message.Message:
    """Say that the answer is too long for a datagram."""
    made = dns.message.make_response(query)
    made.flags |= dns.flags.TC
    return made


def _wire(answer: dns.message.Message | bytes | None) -> bytes | None:
    return answer.to_wire() if isinstance(answer, dns.message.Message) else answer
