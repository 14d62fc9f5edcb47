"""What name servers answer, and what they can do to a probe, and cannot."""

import asyncio
import time
from pathlib import Path

import dns.message
import pytest

from launchpad.probes import asking
from launchpad.probes.asking import answered
from launchpad.probes.dns import DnsSpec, RecordType
from launchpad.probes.names import Names
from launchpad.probes.observed import CannotObserve
from tests.probes.name_server import Answer, holding, name_server, silent, truncated
from tests.probes.ports import closed_port
from tests.probes.serving import result_of

SHOP = holding("shop.example. A 192.0.2.1")
MANY = holding("shop.example. A 192.0.2.2", "shop.example. A 192.0.2.1")
DEADLINE_S = 0.3


async def test_a_name_is_answered_for() -> None:
    async with name_server(SHOP) as server:
        spec = DnsSpec("Shop.example", server=server.address)
        result = await result_of(
            spec, "[ANSWER] == 192.0.2.1", "[DNS_RCODE] == NOERROR", "[RESPONSE_TIME] < 5s"
        )
    assert (result.state, result.address) == ("success", server.address)
    assert result.shown.startswith("[ANSWER] (192.0.2.1) == 192.0.2.1")
    assert server.asked == {"udp": 1, "tcp": 0}


@pytest.mark.parametrize(
    ("condition", "state"),
    [
        ("[ANSWER] == any(192.0.2.1, 192.0.2.2)", "success"),
        ("[ANSWER] == pat(192.0.2.*)", "success"),
        ("[ANSWER] == 192.0.2.1", "failed"),
        ("len([ANSWER]) == 2", "success"),
        ("has([ANSWER]) == true", "success"),
    ],
)
async def test_a_condition_holds_for_every_record(condition: str, state: str) -> None:
    async with name_server(MANY) as server:
        result = await result_of(DnsSpec("shop.example", server=server.address), condition)
    assert result.state == state


@pytest.mark.parametrize(
    ("kind", "record", "text"),
    [
        ("AAAA", "shop.example. AAAA 2001:db8:0::1", "2001:db8::1"),
        ("CNAME", "shop.example. CNAME Edge.Example.NET.", "edge.example.net"),
        ("MX", "shop.example. MX 10 Mail.example.", "10 mail.example"),
        ("NS", "shop.example. NS ns1.example.", "ns1.example"),
        ("SRV", "shop.example. SRV 0 5 5060 sip.example.", "0 5 5060 sip.example"),
        ("TXT", 'shop.example. TXT "v=spf1 " "-all"', "v=spf1 -all"),
        ("CAA", 'shop.example. CAA 0 issue "Ca.example"', '0 issue "Ca.example"'),
    ],
)
async def test_a_record_is_shown_so_that_it_can_be_compared(
    kind: RecordType, record: str, text: str
) -> None:
    async with name_server(holding(record)) as server:
        seen = await answered(DnsSpec("shop.example", kind, server.address), 5)
    assert seen.values["ANSWER"] == (text,)


async def test_the_name_of_an_address_is_asked_for_by_the_address() -> None:
    async with name_server(holding("1.2.0.192.in-addr.arpa. PTR shop.example.")) as server:
        seen = await answered(DnsSpec("192.0.2.1", "PTR", server.address), 5)
    assert seen.values["ANSWER"] == ("shop.example",)


async def test_an_alias_is_followed_within_an_answer_and_others_records_are_not_taken() -> None:
    answer = holding(
        "shop.example. CNAME edge.example.",
        "edge.example. A 192.0.2.7",
        "evil.example. A 203.0.113.9",
    )
    async with name_server(answer) as server:
        seen = await answered(DnsSpec("shop.example", server=server.address), 5)
    assert seen.values["ANSWER"] == ("192.0.2.7",)


@pytest.mark.parametrize("rcode", ["NOERROR", "NXDOMAIN"])
async def test_that_there_is_nothing_is_an_answer(rcode: str) -> None:
    async with name_server(holding(rcode=rcode)) as server:
        spec = DnsSpec("gone.example", server=server.address)
        usual = await result_of(spec)
        assert (usual.state, usual.shown) == ("failed", "has([ANSWER]) (false) == true")
        assert ("NXDOMAIN" in usual.detail) == (rcode == "NXDOMAIN")
        assert (await result_of(spec, "[ANSWER] == 192.0.2.1")).state == "failed"
        assert (await result_of(spec, f"[DNS_RCODE] == {rcode}")).state == "success"
        assert (await result_of(spec, "len([ANSWER]) == 0")).state == "success"


@pytest.mark.parametrize("rcode", ["SERVFAIL", "REFUSED"])
async def test_that_a_server_cannot_answer_tells_nothing_of_the_name(rcode: str) -> None:
    async with name_server(holding(rcode=rcode)) as server:
        spec = DnsSpec("shop.example", server=server.address)
        result = await result_of(spec)
        assert (result.state, result.reason) == ("error", "dns-resolution-error")
        assert result.detail == f"the name server answers {rcode}; A shop.example is not answered"
        assert (await result_of(spec, "[DNS_RCODE] == NOERROR")).state == "failed"


async def test_an_answer_too_long_for_a_datagram_is_fetched_over_tcp() -> None:
    long = holding(*(f"shop.example. TXT {'x' * 200}{number}" for number in range(60)))
    async with name_server(truncated, long) as server:
        seen = await result_of(
            DnsSpec("shop.example", "TXT", server.address), "len([ANSWER]) == 60"
        )
    assert seen.state == "success"
    assert server.asked == {"udp": 1, "tcp": 1}


def of_another_question(query: dns.message.Message) -> bytes:
    """Answer under another id, as who guesses does."""
    answer = SHOP(query)
    assert isinstance(answer, dns.message.Message)
    answer.id ^= 1
    return answer.to_wire()


def garbage(_query: dns.message.Message) -> bytes:
    return b"\xff" * 40


@pytest.mark.parametrize(
    ("udp", "tcp"),
    [
        (silent, None),
        (of_another_question, None),
        (garbage, None),
        (truncated, silent),
    ],
)
async def test_what_is_no_answer_is_waited_out_and_cut_at_the_deadline(
    udp: Answer, tcp: Answer | None
) -> None:
    async with name_server(udp, tcp) as server:
        began = time.monotonic()
        spec = DnsSpec("shop.example", server=server.address)
        result = await result_of(spec, timeout_s=DEADLINE_S)
        took = time.monotonic() - began
    assert (result.state, result.reason) == ("error", "timeout")
    assert result.detail == f"A shop.example: no answer within {DEADLINE_S:g} s"
    assert DEADLINE_S <= took < DEADLINE_S + 0.5


async def test_an_answer_over_tcp_that_drips_is_cut_at_the_deadline() -> None:
    async with name_server(truncated, drips=True) as server:
        began = time.monotonic()
        spec = DnsSpec("shop.example", server=server.address)
        result = await result_of(spec, timeout_s=DEADLINE_S)
        took = time.monotonic() - began
    assert (result.state, result.reason, server.asked["tcp"]) == ("error", "timeout", 1)
    assert DEADLINE_S <= took < DEADLINE_S + 0.5


async def test_questions_that_hang_hinder_neither_others_nor_the_end() -> None:
    async with name_server(silent) as hanging, name_server(SHOP) as server:
        spec = DnsSpec("shop.example", server=hanging.address)
        hung = [asyncio.create_task(answered(spec, 60)) for _ in range(40)]
        async with asyncio.timeout(5):
            while hanging.asked["udp"] < 40:  # noqa: ASYNC110 - the server only counts
                await asyncio.sleep(0.01)
        began = time.monotonic()
        await answered(DnsSpec("shop.example", server=server.address), 2)
        for task in hung:
            task.cancel()
        await asyncio.wait(hung)
        assert time.monotonic() - began < 1


async def test_a_forged_answer_does_not_stand_in_for_the_one_that_follows() -> None:
    async with name_server(SHOP, before=of_another_question) as server:
        seen = await answered(DnsSpec("shop.example", server=server.address), 5)
    assert seen.values["ANSWER"] == ("192.0.2.1",)
    assert server.asked["udp"] == 1


async def test_garbage_over_tcp_is_an_error() -> None:
    async with name_server(truncated, garbage) as server:
        result = await result_of(DnsSpec("shop.example", server=server.address), timeout_s=5)
    assert (result.state, result.reason) == ("error", "dns-resolution-error")


async def test_without_a_server_those_of_the_machine_are_asked_one_after_the_other(
    tmp_path: Path,
) -> None:
    async with name_server(SHOP) as server:
        (tmp_path / "resolv.conf").write_text("nameserver 127.0.0.1\nsearch example\n")
        names = Names(tmp_path / "hosts", tmp_path / "resolv.conf", server.port)
        seen = await answered(DnsSpec("shop.example"), 5, names)
        assert seen.values["ANSWER"] == ("192.0.2.1",)
        (tmp_path / "resolv.conf").write_text("nameserver bogus\n")
        assert names.servers() == ()
        with pytest.raises(CannotObserve, match="has no name server"):
            await answered(DnsSpec("shop.example"), 5, names)


@pytest.mark.parametrize("unable", [silent, holding(rcode="SERVFAIL")])
async def test_a_server_that_cannot_answer_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unable: Answer
) -> None:
    monkeypatch.setattr(asking, "_PATIENCE_S", 0.1)
    async with name_server(SHOP, neighbour=unable) as server:
        (tmp_path / "hosts").write_text("127.0.0.2 ns\n127.0.0.1 ns\n")
        names = Names(tmp_path / "hosts", tmp_path / "resolv.conf")
        seen = await answered(DnsSpec("shop.example", server=f"ns:{server.port}"), 5, names)
    assert (seen.values["ANSWER"], seen.address) == (("192.0.2.1",), server.address)


@pytest.mark.parametrize("server", ["169.254.169.254", "[fe80::1]:53"])
async def test_a_link_local_server_is_refused(server: str) -> None:
    result = await result_of(DnsSpec("shop.example", server=server))
    assert (result.state, result.reason) == ("error", "address-refused")


@pytest.mark.parametrize("name", ["a..b", f"{'x' * 64}.example", "a.example." * 40])
async def test_what_is_no_name_is_an_error(name: str) -> None:
    server = f"127.0.0.1:{closed_port()}"
    result = await result_of(DnsSpec(name, server=server))
    assert (result.state, result.reason) == ("error", "address-invalid")
