"""A TLS handshake, and what the server's certificate tells: also of one that is not valid."""

import contextlib
import socket
import ssl
from datetime import UTC, datetime, timedelta
from typing import Final

from launchpad.probes import tls
from launchpad.probes.connecting import connected
from launchpad.probes.fetching import this_machine
from launchpad.probes.file_content import content, why
from launchpad.probes.host_port import host_port
from launchpad.probes.in_thread import in_thread
from launchpad.probes.names import Names
from launchpad.probes.observed import CannotObserve, Observed, Value
from launchpad.probes.reaching import Reach, reaching
from launchpad.probes.tls_probe import TlsSpec
from launchpad.probes.validity import ends_at

_DAY: Final = timedelta(days=1)
_MILLISECOND: Final = timedelta(milliseconds=1)
# All authorities of the world take a quarter of this.
_LARGEST_CA: Final = 1024 * 1024
_UNCHECKED: Final = "certificates are not checked"


async def shaken(spec: TlsSpec, timeout_s: float, names: Names | None = None) -> Observed:
    """Connect, speak TLS, and tell what the server shows. Raises CannotObserve.

    It is connected once its certificate is accepted. How long one lasts that is not accepted is
    told, and decides nothing, unless it has ended: that is an answer, whoever signed it.
    """
    async with reaching(spec.address, timeout_s, names or this_machine().names) as (
        reach,
        connection,
    ):
        host, port, *_ = connection.getpeername()
        asked = f"{spec.server_name}:{port}" if spec.server_name else spec.address
        name = host_port(asked).host
        reach.begin("tls")
        settings = await _settings(spec)
        try:
            found, ends = await _shown(connection, name, settings)
        except CannotObserve as error:
            if error.reason != "tls-certificate-invalid":
                raise
            reach.settled = error
            raise await _with_its_end(reach, error, host, port, name) from None
        reach.end()
        reach.values |= found
        if spec.allow_insecure and ends is not None:
            reach.values["CERTIFICATE_EXPIRATION"] = _left_ms(ends)
        return reach.observed(_UNCHECKED if spec.allow_insecure else "")


async def _settings(spec: TlsSpec) -> ssl.SSLContext:
    if spec.allow_insecure or spec.ca is None:
        return tls.bare_context(spec.allow_insecure)
    try:
        return tls.trusting(await in_thread(_authorities, spec.ca))
    except OSError as error:
        raise CannotObserve("source-unreadable", f"{spec.ca}: {why(error)}") from None
    except ValueError as error:
        raise CannotObserve("source-unreadable", f"{spec.ca}: {error}") from None


def _authorities(path: str) -> bytes:
    return content(path, _LARGEST_CA)


async def _shown(
    connection: socket.socket, name: str, settings: ssl.SSLContext
) -> tuple[dict[str, Value], datetime | None]:
    """Return what a handshake tells, and when the server's certificate ends."""
    _, writer = await tls.opened(connection, name, settings)
    try:
        spoken: ssl.SSLObject = writer.get_extra_info("ssl_object")
        return tls.facts(spoken), ends_at(spoken.getpeercert(binary_form=True) or b"")
    finally:
        # Not `close`, which may wait for the other side.
        writer.transport.abort()


async def _with_its_end(
    reach: Reach, error: CannotObserve, host: str, port: int, name: str
) -> CannotObserve:
    """Return why a certificate is not accepted, with when it ends where a second look tells that.

    A handshake that fails shows no certificate, so there is another one, which checks nothing.
    """
    ends = None
    with contextlib.suppress(CannotObserve), await connected([host], port) as connection:
        _, ends = await _shown(connection, name, tls.bare_context(insecure=True))
    if ends is None:
        return error
    if (left_ms := _left_ms(ends)) <= 0:
        reach.values["CERTIFICATE_EXPIRATION"] = left_ms
    return CannotObserve(error.reason, f"{error.detail}; {_told(ends)}")


def _left_ms(ends: datetime) -> float:
    return (ends - datetime.now(UTC)) / _MILLISECOND


def _told(ends: datetime) -> str:
    days = abs(ends - datetime.now(UTC)) // _DAY
    span = "less than a day" if not days else f"{days} day{'s' if days > 1 else ''}"
    if ends < datetime.now(UTC):
        return f"its certificate ended {span} ago"
    return f"its certificate lasts for another {span}"
