"""Whether a port is open."""

import asyncio
import socket
import time
from pathlib import Path

import pytest

from launchpad.probes.host_port import HostPort, host_port
from launchpad.probes.names import Names
from launchpad.probes.observed import CannotObserve
from launchpad.probes.reaching import reached
from launchpad.probes.tcp import TcpSpec
from tests.probes.ports import closed_port, silent_port
from tests.probes.serving import result_of, serving

DEADLINE_S = 0.3


async def silence(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Say nothing, and wait until the other side is gone."""
    assert await reader.read() == b""


async def test_an_open_port_is_connected_to_and_told_nothing() -> None:
    async with serving(silence) as port:
        spec = TcpSpec(f"localhost:{port}")
        result = await result_of(
            spec, "[CONNECTED] == true", "[IP] == 127.0.0.1", "[RESPONSE_TIME] < 5s"
        )
    assert (result.state, result.address) == ("success", f"127.0.0.1:{port}")
    assert set(result.timings) == {"resolve", "connect"}
    assert result.latency_us is not None


async def test_where_nothing_is_asked_a_connection_has_to_be_made() -> None:
    async with serving(silence) as port:
        assert (await result_of(TcpSpec(f"127.0.0.1:{port}"))).state == "success"


async def test_a_refusal_is_an_answer() -> None:
    """What asks for an open port has failed; what asks for a closed one is right."""
    spec = TcpSpec(f"127.0.0.1:{closed_port()}")
    asked = await result_of(spec, "[CONNECTED] == true")
    assert (asked.state, asked.reason) == ("failed", "condition-false")
    assert asked.shown == "[CONNECTED] (false) == true"
    assert asked.detail == f"{spec.address}: {spec.address} refused the connection"
    assert (await result_of(spec, "[CONNECTED] == false")).state == "success"
    timed = await result_of(spec, "[RESPONSE_TIME] < 1s")
    assert (timed.state, timed.reason) == ("error", "connection-refused")


@pytest.mark.parametrize("condition", ["[CONNECTED] == true", "[CONNECTED] == false"])
async def test_silence_is_no_answer_and_is_cut_at_the_deadline(condition: str) -> None:
    with silent_port() as port:
        began = time.monotonic()
        result = await result_of(TcpSpec(f"127.0.0.1:{port}"), condition, timeout_s=DEADLINE_S)
        took = time.monotonic() - began
    assert (result.state, result.reason) == ("error", "timeout")
    assert result.detail.endswith(f"no end within {DEADLINE_S:g} s, connecting")
    assert DEADLINE_S <= took < DEADLINE_S + 0.5


async def test_a_port_that_nobody_accepts_at_is_open_all_the_same() -> None:
    """The kernel takes a connection before the program does."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        spec = TcpSpec(f"127.0.0.1:{server.getsockname()[1]}")
        assert (await result_of(spec)).state == "success"


async def test_a_name_that_nobody_knows_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "resolv.conf").write_text("nameserver 127.0.0.1\n")
    names = Names(tmp_path / "hosts", tmp_path / "resolv.conf", closed_port())
    with pytest.raises(CannotObserve) as error:
        await reached("db.example:5432", 0.2, names)
    assert error.value.reason in {"dns-resolution-error", "timeout"}
    assert "CONNECTED" not in error.value.observed.values


@pytest.mark.parametrize(
    "address", ["169.254.169.254:80", "[fe80::1]:80", "[::ffff:169.254.1.1]:1"]
)
async def test_link_local_addresses_are_refused(address: str) -> None:
    result = await result_of(TcpSpec(address), "[CONNECTED] == false")
    assert (result.state, result.reason) == ("error", "address-refused")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("DB.example:5432", HostPort("db.example", 5432)),
        ("192.0.2.1:1", HostPort("192.0.2.1", 1)),
        ("[2001:DB8::1]:443", HostPort("2001:db8::1", 443)),
        ("bücher.example:80", HostPort("xn--bcher-kva.example", 80)),
    ],
)
def test_what_is_an_address(text: str, found: HostPort) -> None:
    assert host_port(text) == found


@pytest.mark.parametrize(
    "text",
    [
        *("", ":1", "a", "a:", "a:0", "a:65536", "a:x", "a:1:2", "2001:db8::1:443", "a b:1"),
        *(
            "u@a:1",
            "tcp://a:1",
            "a:1/",
            "a:1?",
            "[a]:1",
            "fe80::1%eth0:1",
            "a\n:1",
            "\u0665:\u0665",
        ),
        f"{'a' * 254}:1",
    ],
)
async def test_what_is_no_address_is_an_error(text: str) -> None:
    result = await result_of(TcpSpec(text), "[CONNECTED] == false")
    assert (result.state, result.reason) == ("error", "address-invalid")


def test_a_port_may_be_left_out_where_there_is_a_usual_one() -> None:
    assert host_port("ns.example", 53) == HostPort("ns.example", 53)
    assert host_port("[::1]", 53) == HostPort("::1", 53)
