"""Reaching PostgreSQL: whom it lets in, over what, and servers that only look like one."""

import asyncio
import socket
import ssl
import struct
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from launchpad.probes import postgres_session
from launchpad.probes.fetching import Network
from launchpad.probes.names import Names
from launchpad.probes.sql import SqlSpec
from launchpad.probes.tls import context
from tests.probes.certificates import Authority, authority
from tests.probes.postgres import PASSWORD, Postgres
from tests.probes.serving import Handler, result_of, serving

DEADLINE_S = 0.5


@pytest.mark.parametrize(
    ("password", "name", "reason"),
    [("wrong", "shop", "login-refused"), (PASSWORD, "nowhere", "login-refused")],
)
async def test_a_login_that_is_refused_says_why(
    shop: Postgres, password: str, name: str, reason: str
) -> None:
    spec = SqlSpec(shop.address(name, user="locked"), "SELECT 1", "/", password=password)
    result = await result_of(spec)
    assert (result.state, result.reason) == ("error", reason)
    assert result.detail.startswith("FATAL: ")
    assert password not in repr((spec, result))


async def test_a_password_lets_in(shop: Postgres) -> None:
    spec = SqlSpec(shop.address("shop", user="locked"), "SELECT user", "/", password=PASSWORD)
    assert (await result_of(spec, "[VALUE] == locked")).state == "success"


async def test_the_environment_has_no_say_in_where_it_leads(
    shop: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGOPTIONS"):
        monkeypatch.setenv(name, "9")
    there = SqlSpec(shop.address("shop"), "SELECT user", "/")
    assert (await result_of(there, "[VALUE] == postgres")).state == "success"
    local = f"postgresql://postgres@:{shop.port}/shop?host={shop.folder}"
    through_socket = SqlSpec(local, "SELECT count(*) FROM t7", "/")
    assert (await result_of(through_socket, "[VALUE] == 2")).state == "success"


async def test_a_server_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    for address in (f"postgresql://127.0.0.1:{port}/", f"postgresql:///x?host={tmp_path}"):
        result = await result_of(SqlSpec(address, "SELECT 1", "/"))
        assert (result.state, result.reason) == ("error", "connection-refused")


async def test_link_local_addresses_are_refused() -> None:
    result = await result_of(SqlSpec("postgresql://169.254.169.254/x", "SELECT 1", "/"))
    assert (result.state, result.reason) == ("error", "address-refused")


def message(kind: bytes, content: bytes) -> bytes:
    """Return a message (PostgreSQL, 54.7)."""
    return kind + struct.pack("!i", len(content) + 4) + content


LET_IN = message(b"R", struct.pack("!i", 0)) + message(b"Z", b"I")
ONE_COLUMN = message(b"T", struct.pack("!h4s", 1, b"a\0\0\0") + bytes(14) + b"\0")


def odd_server(after: bytes, drop: bytes = b"", pause_s: float = 0.02) -> Handler:
    """Return a server that refuses TLS, lets everybody in, says this, and then that for ever."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # libpq asks for TLS, then for a session.
        if not await reader.read(8):
            return  # only whether somebody is there was looked at
        writer.write(b"N")
        await reader.read(1024)
        writer.write(after)
        while drop:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(pause_s)
        await reader.read()

    return handle


ODD = {
    "silent": (odd_server(b""), "timeout"),
    "in and silent": (odd_server(LET_IN), "timeout"),
    "no PostgreSQL": (odd_server(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "login-refused"),
    "drips a row": (odd_server(LET_IN, b"D" + struct.pack("!i", 60_000)), "timeout"),
    "copies": (odd_server(LET_IN, message(b"G", b"\0\0\0")), "protocol-error"),
    "notices": (
        odd_server(LET_IN, message(b"N", b"SNOTICE\0C00000\0M" + b"x" * 9000 + b"\0\0"), 0),
        "body-too-large",
    ),
}


@pytest.mark.parametrize(("handler", "reason"), ODD.values(), ids=ODD)
async def test_a_server_that_misbehaves_is_an_error_by_the_deadline(
    handler: Handler, reason: str
) -> None:
    async with serving(handler) as port:
        spec = SqlSpec(f"postgresql://postgres@127.0.0.1:{port}/x", "SELECT 1", "/")
        began = time.monotonic()
        result = await result_of(spec, timeout_s=DEADLINE_S)
        took = time.monotonic() - began
    assert (result.state, result.reason) == ("error", reason), result
    assert took < DEADLINE_S + 0.5


@pytest.fixture(scope="session")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Make an authority that only these tests know."""
    return authority(tmp_path_factory.mktemp("authority"))


@asynccontextmanager
async def over_tls(shop: Postgres, settings: ssl.SSLContext) -> AsyncIterator[int]:
    """Speak TLS in front of a server that does not, on the port that is yielded."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not await reader.read(8):
            return
        writer.write(b"S")
        await writer.start_tls(settings)
        inner, onward = await asyncio.open_connection("127.0.0.1", shop.port)
        try:
            await asyncio.gather(piped(reader, onward), piped(inner, writer))
        finally:
            onward.transport.abort()

    async with serving(handle) as port:
        yield port


async def piped(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while part := await reader.read(65536):
        writer.write(part)
        await writer.drain()
    writer.transport.abort()


@pytest.mark.parametrize(
    ("certified", "settings", "reason"),
    [
        ("db.example", "sslmode=verify-full&sslrootcert={ca}", "ok"),
        ("other.example", "sslmode=verify-full&sslrootcert={ca}", "tls-certificate-invalid"),
        ("other.example", "sslmode=verify-ca&sslrootcert={ca}", "ok"),
        ("db.example", "sslmode=verify-full", "tls-certificate-invalid"),
        ("db.example", "sslmode=require", "ok"),
    ],
)
async def test_a_certificate_is_checked_as_the_address_asks(
    shop: Postgres, signed: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    certified: str, settings: str, reason: str,
) -> None:  # fmt: skip
    (tmp_path / "hosts").write_text("127.0.0.1 db.example\n")
    here = Network(Names(hosts=tmp_path / "hosts"), context)
    monkeypatch.setattr(postgres_session, "this_machine", lambda: here)
    async with over_tls(shop, signed.server(certified, days=9)) as port:
        asks = settings.format(ca=signed.file)
        address = f"postgresql://postgres@db.example:{port}/shop?{asks}"
        result = await result_of(SqlSpec(address, "SELECT 1", "/"), "[VALUE] == 1")
    assert result.reason == reason, result


async def test_a_server_without_tls_is_an_error_where_tls_is_asked_for(shop: Postgres) -> None:
    address = shop.address("shop", settings="?sslmode=require")
    result = await result_of(SqlSpec(address, "SELECT 1", "/"))
    assert (result.state, result.reason) == ("error", "tls-error")


def test_elsewhere_a_certificate_is_checked_unless_the_address_says_otherwise() -> None:
    assert postgres_session._default_mode("10.0.0.1") == "verify-full"
    assert postgres_session._default_mode("127.0.0.1") == "prefer"
    assert postgres_session._note("10.0.0.1", "require", secure=True) == (
        "certificates are not checked"
    )
    assert postgres_session._note("10.0.0.1", "prefer", secure=False) == (
        "the connection is not encrypted"
    )
    assert postgres_session._note("10.0.0.1", "verify-full", secure=True) == ""
