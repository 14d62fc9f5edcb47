"""Names are looked up as the machine does, and a name server that is silent hinders nobody."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from launchpad.probes import tls
from launchpad.probes.fetching import Network, fetched
from launchpad.probes.http import HttpSpec
from launchpad.probes.names import Names
from launchpad.probes.observed import CannotObserve
from tests.probes.serving import answering, ok, serving

Answer = Callable[[dns.message.Message], dns.message.Message | None]
KNOWN = {("app.example.", "A"): "192.0.2.1", ("app.example.", "AAAA"): "2001:db8::1"}


def of_zone(query: dns.message.Message) -> dns.message.Message:
    """Answer what is known, and NXDOMAIN for all names that are not."""
    question = query.question[0]
    name, kind = question.name.to_text().lower(), dns.rdatatype.to_text(question.rdtype)
    answer = dns.message.make_response(query)
    answer.flags |= dns.flags.RA
    if (name, kind) in KNOWN:
        answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, KNOWN[name, kind]))
    elif not any(known == name for known, _ in KNOWN):
        answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer


def silent(_query: dns.message.Message) -> None:
    """Answer nothing."""


def failing(query: dns.message.Message) -> dns.message.Message:
    """Answer that it cannot answer."""
    answer = dns.message.make_response(query)
    answer.set_rcode(dns.rcode.SERVFAIL)
    return answer


def ipv4_only(query: dns.message.Message) -> dns.message.Message | None:
    """Answer for IPv4; be silent about IPv6."""
    return of_zone(query) if query.question[0].rdtype == dns.rdatatype.A else None


class Server(asyncio.DatagramProtocol):
    """A name server."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.asked += 1
        if answer := self.answer(dns.message.from_wire(data)):
            self.transport.sendto(answer.to_wire(), addr)


@asynccontextmanager
async def names_of(
    answer: Answer, folder: Path, hosts: str = "", conf: str = ""
) -> AsyncIterator[tuple[Names, Server]]:
    """Run a name server on loopback, and look names up there."""
    transport, server = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: Server(answer), local_addr=("127.0.0.1", 0)
    )
    (folder / "hosts").write_text(hosts)
    (folder / "resolv.conf").write_text(f"nameserver 127.0.0.1\n{conf}\n")
    port = transport.get_extra_info("sockname")[1]
    try:
        async with asyncio.timeout(10):
            yield Names(folder / "hosts", folder / "resolv.conf", port), server
    finally:
        transport.close()


async def test_both_kinds_of_address_are_found(tmp_path: Path) -> None:
    async with names_of(of_zone, tmp_path) as (names, _):
        assert set(await names.addresses("APP.example")) == {"192.0.2.1", "2001:db8::1"}


async def test_a_search_list_is_gone_through(tmp_path: Path) -> None:
    async with names_of(of_zone, tmp_path, conf="search nowhere.example example") as (names, _):
        assert "192.0.2.1" in await names.addresses("app")


async def test_the_hosts_file_wins_and_is_read_again_when_it_changes(tmp_path: Path) -> None:
    hosts = "# a comment\n10.0.0.1 app.example alias # and another\nfd00::1 App.Example\n"
    async with names_of(of_zone, tmp_path, hosts) as (names, server):
        assert await names.addresses("app.example.") == ("10.0.0.1", "fd00::1")
        assert await names.addresses("ALIAS") == ("10.0.0.1",)
        (tmp_path / "hosts").write_text("10.0.0.2 alias\n")
        os.utime(tmp_path / "hosts", ns=(1, 1))
        assert await names.addresses("alias") == ("10.0.0.2",)
        assert server.asked == 0


@pytest.mark.parametrize("host", ["localhost", "x.localhost", "localhost."])
async def test_localhost_is_never_asked_for(tmp_path: Path, host: str) -> None:
    async with names_of(of_zone, tmp_path) as (names, server):
        assert "127.0.0.1" in await names.addresses(host)
        assert server.asked == 0


@pytest.mark.parametrize(("answer", "why"), [(of_zone, "no such name"), (failing, "do not answer")])
async def test_a_name_that_cannot_be_found_is_an_error(
    tmp_path: Path, answer: Answer, why: str
) -> None:
    async with names_of(answer, tmp_path) as (names, _):
        with pytest.raises(CannotObserve, match=why) as error:
            await names.addresses("nowhere.example")
    assert error.value.reason == "dns-resolution-error"


async def test_silence_about_one_kind_of_address_does_not_hide_the_other(tmp_path: Path) -> None:
    async with names_of(ipv4_only, tmp_path) as (names, _), asyncio.timeout(2):
        assert await names.addresses("app.example") == ("192.0.2.1",)


async def test_look_ups_that_hang_hinder_neither_others_nor_the_end(tmp_path: Path) -> None:
    """Six of them held up an unrelated job for 6 s where each had a thread."""
    async with names_of(silent, tmp_path) as (names, server), serving(answering(ok())) as port:
        network = Network(names, tls.context)
        hung = [
            asyncio.create_task(fetched(HttpSpec(f"http://h{n}.example/"), 60, network))
            for n in range(40)
        ]
        async with asyncio.timeout(5):
            while server.asked < 40:  # noqa: ASYNC110 - the server only counts
                await asyncio.sleep(0.01)
        began = time.monotonic()
        await fetched(HttpSpec(f"http://localhost:{port}/"), 2, network)
        await asyncio.to_thread(int)
        for task in hung:
            task.cancel()
        await asyncio.wait(hung)
        assert time.monotonic() - began < 1


async def test_a_name_server_that_is_silent_is_a_timeout_while_looking_up(tmp_path: Path) -> None:
    async with names_of(silent, tmp_path) as (names, _):
        with pytest.raises(CannotObserve, match="looking its name up") as error:
            await fetched(HttpSpec("http://app.example/"), 0.2, Network(names, tls.context))
    assert error.value.reason == "timeout"
