"""What a server can do to a probe, and cannot."""

import asyncio
import gzip
import socket
import struct
import time
from pathlib import Path

import pytest

from launchpad.probes import tls
from launchpad.probes.connecting import is_link_local
from launchpad.probes.exchange import _unzipped
from launchpad.probes.fetching import Network, fetched
from launchpad.probes.http import HttpSpec
from launchpad.probes.names import Names, is_address
from launchpad.probes.observed import CannotObserve
from tests.probes.serving import Handler, answering, ok, request_of, result_of, serving

DEADLINE_S = 0.5
PERIOD_S = 0.02


def dripping(first: bytes, drop: bytes) -> Handler:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(first)
        while True:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(PERIOD_S)

    return handle


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        (b"", b""),
    ],
    ids=["body", "chunks", "headers", "early hints", "nothing"],
)
async def test_a_server_that_drips_is_cut_at_the_deadline(first: bytes, drop: bytes) -> None:
    async with serving(dripping(first, drop)) as port:
        began = time.monotonic()
        result = await result_of(HttpSpec(f"http://127.0.0.1:{port}/"), timeout_s=DEADLINE_S)
        took = time.monotonic() - began
    assert (result.state, result.reason) == ("error", "timeout")
    assert DEADLINE_S <= took < DEADLINE_S + 0.5


async def test_a_server_that_does_not_accept_is_cut_at_the_deadline() -> None:
    """A listener's queue that is full leaves a connection unanswered."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        port = server.getsockname()[1]
        fillers = [socket.socket() for _ in range(3)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        result = await result_of(HttpSpec(f"http://127.0.0.1:{port}/"), timeout_s=DEADLINE_S)
        for filler in fillers:
            filler.close()
    assert (result.state, result.reason) == ("error", "timeout")


def resetting(after: bytes) -> Handler:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(after)
        await writer.drain()
        if after:
            await asyncio.sleep(PERIOD_S)
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return handle


BAD_ANSWERS = {
    "nothing": (b"", "connection-closed"),
    "short": (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "connection-closed"),
    "half headers": (b"HTTP/1.1 200 OK\r\nX: ", "connection-closed"),
    "no HTTP": (b"SSH-2.0-OpenSSH_9\r\n\r\n", "protocol-error"),
    "two lengths": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "protocol-error",
    ),
    "negative length": (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "protocol-error"),
    "bad chunk": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "protocol-error",
    ),
    "switching": (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        "protocol-error",
    ),
    "bad gzip": (ok(b"no gzip", "Content-Encoding: gzip"), "protocol-error"),
    "half gzip": (ok(gzip.compress(b"x" * 99)[:-9], "Content-Encoding: gzip"), "protocol-error"),
    "unknown coding": (ok(b"x", "Content-Encoding: br"), "protocol-error"),
}


@pytest.mark.parametrize(("answer", "reason"), BAD_ANSWERS.values(), ids=BAD_ANSWERS)
async def test_an_answer_that_is_none_is_an_error(answer: bytes, reason: str) -> None:
    async with serving(answering(answer)) as port:
        result = await result_of(HttpSpec(f"http://127.0.0.1:{port}/"), "len([BODY]) >= 0")
    assert (result.state, result.reason) == ("error", reason)


@pytest.mark.parametrize("after", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"])
async def test_a_reset_is_an_error(after: bytes) -> None:
    async with serving(resetting(after)) as port:
        result = await result_of(HttpSpec(f"http://127.0.0.1:{port}/"))
    assert (result.state, result.reason) == ("error", "connection-reset")


async def test_a_refused_connection_is_an_error_unless_it_is_asked_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        spec = HttpSpec(f"http://127.0.0.1:{server.getsockname()[1]}/")
    assert (await result_of(spec)).reason == "connection-refused"
    assert (await result_of(spec)).state == "error"
    assert (await result_of(spec, "[CONNECTED] == false")).state == "success"
    assert (await result_of(spec, "[CONNECTED] == true")).state == "failed"


TOO_LARGE = {
    "body": ok(b"x" * 65_537),
    "announced": b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n" + b"x" * 70_000,
    "until it closes": b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 70_000,
    "bomb": ok(gzip.compress(bytes(20_000_000)), "Content-Encoding: gzip"),
    "many members": ok(gzip.compress(bytes(500_000)) * 5, "Content-Encoding: gzip"),
}


@pytest.mark.parametrize("answer", TOO_LARGE.values(), ids=TOO_LARGE)
async def test_a_body_too_large_is_not_read_and_the_status_is_known_all_the_same(
    answer: bytes,
) -> None:
    async with serving(answering(answer)) as port:
        spec = HttpSpec(f"http://127.0.0.1:{port}/")
        about_body = await result_of(spec, "[BODY] != x")
        about_status = await result_of(spec, "[STATUS] == 200")
    assert (about_body.state, about_body.reason) == ("error", "body-too-large")
    assert about_status.state == "success"
    assert "more than" in about_status.detail


def test_no_more_is_decompressed_than_the_limit() -> None:
    assert len(_unzipped(gzip.compress(bytes(20_000_000)), 1000)) == 1001


async def test_no_more_is_received_than_the_limit() -> None:
    sent = 0

    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await request_of(reader)
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        writer.transport.set_write_buffer_limits(0)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 4096)
            await writer.drain()
            sent += 4096

    async with serving(flood) as port:
        result = await result_of(HttpSpec(f"http://127.0.0.1:{port}/"), "[BODY] != x")
    assert result.reason == "body-too-large"
    # What is in the kernel's buffers, too, and asyncio's.
    assert sent < 1_000_000, sent


async def test_headers_too_large_are_an_error() -> None:
    async with serving(dripping(b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 9000 + b"\r\n")) as port:
        result = await result_of(HttpSpec(f"http://127.0.0.1:{port}/"))
    assert (result.state, result.reason) == ("error", "body-too-large")


@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "fe80::1", "febf::1", "::ffff:169.254.0.1", "64:ff9b::a9fe:a9fe"],
)
async def test_link_local_addresses_are_refused_however_they_are_written(address: str) -> None:
    assert is_link_local(address)
    host = f"[{address}]" if ":" in address else address
    result = await result_of(HttpSpec(f"http://{host}/"), "[CONNECTED] == false")
    assert (result.state, result.reason) == ("error", "address-refused")


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "fd00::1", "::ffff:10.0.0.1"])
def test_other_addresses_are_not(address: str) -> None:
    assert not is_link_local(address)


@pytest.mark.parametrize(
    "host", ["2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518", "fd00::1%eth0"]
)
def test_an_odd_spelling_of_an_address_is_a_name(host: str) -> None:
    assert not is_address(host)


async def test_a_name_that_leads_to_a_link_local_address_is_refused(tmp_path: Path) -> None:
    (tmp_path / "hosts").write_text("169.254.169.254 metadata.example\n")
    network = Network(Names(hosts=tmp_path / "hosts"), tls.context)
    with pytest.raises(CannotObserve) as refused:
        await fetched(HttpSpec("http://metadata.example/latest"), DEADLINE_S, network)
    assert refused.value.reason == "address-refused"
