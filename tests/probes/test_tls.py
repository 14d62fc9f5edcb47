"""What a handshake tells of a server and of its certificate."""

import asyncio
import os
import ssl
import time
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from launchpad.probes.result import Result
from launchpad.probes.tls_probe import TlsSpec
from launchpad.probes.validity import ends_at
from tests.probes.certificates import Authority, authority
from tests.probes.ports import closed_port, silent_port
from tests.probes.serving import Handler, result_of, serving

VALID = "[CERTIFICATE_EXPIRATION] > 720h"
DEADLINE_S = 0.4


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return an authority that the probes of these tests trust."""
    return authority(tmp_path_factory.mktemp("authority"))


async def silence(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def seen(
    trusted: Authority,
    server: ssl.SSLContext | None,
    *conditions: str,
    handler: Handler = silence,
    insecure: bool = False,
    server_name: str | None = None,
) -> Result:
    """Observe localhost, where server speaks."""
    async with serving(handler, tls=server) as port:
        ca = None if insecure else str(trusted.file)
        spec = TlsSpec(f"localhost:{port}", server_name, ca, insecure)
        return await result_of(spec, *conditions, timeout_s=2)


async def test_a_handshake_is_seen(trusted: Authority) -> None:
    conditions = (VALID, "[TLS_VERSION] >= 1.2", "[CONNECTED] == true", "[IP] == 127.0.0.1")
    result = await seen(trusted, trusted.server("localhost", days=40), *conditions)
    assert (result.state, result.detail) == ("success", "")
    assert set(result.timings) == {"resolve", "connect", "tls"}


async def test_a_certificate_that_ends_soon_has_failed(trusted: Authority) -> None:
    result = await seen(trusted, trusted.server("localhost", days=29), VALID)
    assert (result.state, result.reason) == ("failed", "condition-false")
    assert result.shown == "[CERTIFICATE_EXPIRATION] (28d23h) > 30d"


async def test_a_certificate_that_has_ended_has_failed_and_is_never_accepted(
    trusted: Authority,
) -> None:
    """That it has ended is an answer; whether it is accepted is not asked any more."""
    server = trusted.server("localhost", days=-3.5)
    result = await seen(trusted, server, VALID)
    assert (result.state, result.shown) == ("failed", "[CERTIFICATE_EXPIRATION] (-3d12h) > 30d")
    assert "certificate has expired; its certificate ended 3 days ago" in result.detail
    for asked in ("[CONNECTED] == true", "[TLS_VERSION] >= 1.2"):
        result = await seen(trusted, server, asked)
        assert (result.state, result.reason) == ("error", "tls-certificate-invalid")


async def test_a_certificate_for_another_name_is_an_error_that_tells_how_long_it_lasts(
    trusted: Authority,
) -> None:
    result = await seen(trusted, trusted.server("other.example", days=40.5), VALID)
    assert (result.state, result.reason) == ("error", "tls-certificate-invalid")
    assert "Hostname mismatch" in result.detail
    assert result.detail.endswith("its certificate lasts for another 40 days")


async def test_the_name_that_is_asked_for_can_be_another_than_the_address(
    trusted: Authority,
) -> None:
    server = trusted.server("other.example", days=40)
    result = await seen(trusted, server, VALID, server_name="OTHER.example")
    assert result.state == "success"


async def test_an_authority_that_nobody_trusts_is_an_error(
    trusted: Authority, tmp_path: Path
) -> None:
    server = authority(tmp_path).server("localhost", days=1.5)
    result = await seen(trusted, server, VALID)
    assert (result.state, result.reason) == ("error", "tls-certificate-invalid")
    assert result.detail.endswith("its certificate lasts for another 1 day")
    async with serving(silence, tls=server) as port:
        result = await result_of(TlsSpec(f"localhost:{port}"))
    assert (result.state, result.reason) == ("error", "tls-certificate-invalid")


async def test_a_second_look_that_hangs_hides_nothing(trusted: Authority, tmp_path: Path) -> None:
    """Nor does it take longer than the deadline."""
    server = authority(tmp_path).server("localhost", days=1)

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not asked:
            asked.append(True)
            with_tls = await asyncio.get_running_loop().start_tls(
                writer.transport,
                writer.transport.get_protocol(),
                server,
                server_side=True,
            )
            assert with_tls
        await asyncio.Event().wait()
        await reader.read()

    asked: list[bool] = []
    async with serving(once) as port:
        began = time.monotonic()
        spec = TlsSpec(f"localhost:{port}", ca=str(trusted.file))
        result = await result_of(spec, VALID, timeout_s=DEADLINE_S)
    assert (result.state, result.reason) == ("error", "tls-certificate-invalid")
    assert DEADLINE_S <= time.monotonic() - began < DEADLINE_S + 0.5


async def test_turning_the_checks_off_is_visible_and_tells_how_long_it_lasts(
    trusted: Authority,
) -> None:
    server = trusted.server("other.example", days=40)
    result = await seen(trusted, server, VALID, "[CONNECTED] == true", insecure=True)
    assert (result.state, result.detail) == ("success", "certificates are not checked")
    ended = trusted.server("localhost", days=-1)
    assert (await seen(trusted, ended, VALID, insecure=True)).state == "failed"


async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 mail.example ESMTP\r\n")
    await reader.read()


async def closing(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read(1)


async def dripping(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send a handshake record that never comes to its end."""
    writer.write(b"\x16\x03\x03\x40\x00")
    while True:
        writer.write(b"\x02")
        await writer.drain()
        await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    ("handler", "reasons"),
    [
        (plain, {"tls-error"}),
        (closing, {"connection-closed", "connection-reset"}),
        (silence, {"timeout"}),
        (dripping, {"timeout", "tls-error"}),
    ],
)
async def test_what_speaks_no_tls_is_an_error_by_the_deadline(
    trusted: Authority, handler: Handler, reasons: set[str]
) -> None:
    async with serving(handler) as port:
        began = time.monotonic()
        spec = TlsSpec(f"localhost:{port}", ca=str(trusted.file))
        result = await result_of(spec, "[CONNECTED] == true", timeout_s=DEADLINE_S)
    assert result.state == "error"
    assert result.reason in reasons
    assert time.monotonic() - began < DEADLINE_S + 0.5


async def test_a_refusal_is_an_answer_and_silence_is_none() -> None:
    refused = await result_of(TlsSpec(f"127.0.0.1:{closed_port()}"))
    assert (refused.state, refused.reason) == ("failed", "condition-false")
    with silent_port() as port:
        silent = await result_of(TlsSpec(f"127.0.0.1:{port}"), timeout_s=0.1)
    assert (silent.state, silent.reason) == ("error", "timeout")


async def test_authorities_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "none.pem").write_text("no certificate")
    os.mkfifo(tmp_path / "pipe.pem")
    async with serving(silence) as port:
        for name, why in {
            "missing.pem": "No such file",
            "none.pem": "no certificates in PEM",
            "pipe.pem": "not a regular file",
        }.items():
            result = await result_of(TlsSpec(f"localhost:{port}", ca=str(tmp_path / name)))
            assert (result.state, result.reason) == ("error", "source-unreadable")
            assert why in result.detail


@pytest.mark.parametrize("name", [".example", "a b", "a/b", "x" * 300])
async def test_a_server_name_that_is_none_is_an_error(trusted: Authority, name: str) -> None:
    result = await seen(trusted, trusted.server("localhost", days=1), server_name=name)
    assert (result.state, result.reason) == ("error", "address-invalid")


@pytest.mark.parametrize("days", [1, 365 * 40])
def test_the_end_of_a_certificate_is_read_from_its_bytes(trusted: Authority, days: float) -> None:
    """From 2050 on it is written in another way (RFC 5280, 4.1.2.5)."""
    trusted.server("end.example", days=days)
    pem = (trusted.folder / f"end.example{days}.pem").read_bytes()
    made = x509.load_pem_x509_certificate(pem)
    whole = made.public_bytes(Encoding.DER)
    assert ends_at(whole) == made.not_valid_after_utc
    assert made.not_valid_after_utc - made.not_valid_before_utc > timedelta(days=days)
    for cut in range(200):
        assert ends_at(whole[:cut]) is None
    for wrong in (b"\x30\xff", b"\x30\x80", b"\x30\x02\x30\x00", b"\x31" + whole[1:]):
        assert ends_at(wrong) is None
