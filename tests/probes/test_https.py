import asyncio
import ssl
from pathlib import Path

import pytest

from launchpad.conditions.parse import parse
from launchpad.probes import tls
from launchpad.probes.fetching import Network, fetched
from launchpad.probes.http import HttpSpec
from launchpad.probes.judging import judged
from launchpad.probes.names import Names
from launchpad.probes.observed import CannotObserve
from launchpad.probes.result import Result
from tests.probes.certificates import Authority, authority
from tests.probes.serving import Handler, answering, ok, serving


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return an authority that the probes of these tests trust."""
    return authority(tmp_path_factory.mktemp("authority"))


async def observed(
    trusted: Authority,
    server: ssl.SSLContext | None,
    *conditions: str,
    handler: Handler | None = None,
    insecure: bool = False,
) -> Result:
    """Observe https://localhost, where server speaks."""

    def settings(insecure: bool) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        made.load_verify_locations(trusted.file)
        return tls.context(insecure=True) if insecure else made

    asked = [parse(text) for text in conditions or ("[STATUS] == 200",)]
    async with serving(handler or answering(ok()), tls=server) as port:
        spec = HttpSpec(f"https://localhost:{port}/", allow_insecure=insecure)
        try:
            seen = await fetched(spec, 5.0, Network(Names(Path("/nowhere")), settings))
        except CannotObserve as error:
            return judged(error.observed, asked, redact=str, missing=error)
        return judged(seen, asked, redact=str)


@pytest.mark.parametrize(
    "condition",
    [
        "[STATUS] == 200",
        "[TLS_VERSION] >= 1.2",
        "[CERTIFICATE_EXPIRATION] > 29d",
        "[CERTIFICATE_EXPIRATION] < 31d",
    ],
)
async def test_what_tls_tells_is_observed(trusted: Authority, condition: str) -> None:
    result = await observed(trusted, trusted.server("localhost", days=30), condition)
    assert (result.state, result.shown.split()[0]) == ("success", condition.split(maxsplit=1)[0])
    assert set(result.timings) == {"resolve", "connect", "tls", "processing", "transfer"}


@pytest.mark.parametrize(("name", "days"), [("localhost", -1), ("other.example", 30)])
async def test_a_certificate_that_is_not_valid_is_an_error(
    trusted: Authority, name: str, days: float
) -> None:
    result = await observed(trusted, trusted.server(name, days=days))
    assert (result.state, result.reason) == ("error", "tls-certificate-invalid")
    assert result.detail.endswith(("expired", "'localhost'.", "'localhost'"))


async def test_an_authority_that_nobody_trusts_is_an_error(
    trusted: Authority, tmp_path: Path
) -> None:
    result = await observed(trusted, authority(tmp_path).server("localhost", days=30))
    assert (result.state, result.reason) == ("error", "tls-certificate-invalid")


async def test_turning_the_checks_off_is_visible(trusted: Authority) -> None:
    result = await observed(trusted, trusted.server("localhost", days=-1), insecure=True)
    assert (result.state, result.detail) == ("success", "certificates are not checked")


async def test_an_expiration_that_was_not_checked_is_no_data(trusted: Authority) -> None:
    server = trusted.server("localhost", days=30)
    result = await observed(trusted, server, "[CERTIFICATE_EXPIRATION] > 1d", insecure=True)
    assert (result.state, result.reason) == ("inconclusive", "no-data")


async def test_a_server_without_tls_is_an_error(trusted: Authority) -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await reader.read()

    result = await observed(trusted, None, handler=plain)
    assert (result.state, result.reason) == ("error", "tls-error")


async def test_a_server_that_closes_during_the_handshake_is_an_error(trusted: Authority) -> None:
    async def closing(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read(1)

    result = await observed(
        trusted, None, "[CONNECTED] == true", "[STATUS] == 200", handler=closing
    )
    assert result.state == "error"
    assert result.reason in {"connection-reset", "connection-closed"}


def test_no_key_of_a_connection_is_written_down(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    assert tls.context.__wrapped__(insecure=False).keylog_filename is None
