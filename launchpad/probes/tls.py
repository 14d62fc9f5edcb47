"""How TLS is spoken, and what is learnt from it."""

import asyncio
import functools
import socket
import ssl
import time
from typing import Final

from launchpad.probes.observed import CannotObserve, Value

_VERSIONS: Final = {"TLSv1.2": 1.2, "TLSv1.3": 1.3}


@functools.cache
def context(insecure: bool) -> ssl.SSLContext:  # noqa: FBT001 - the one way it is called
    """Return the settings of a handshake; insecure takes any certificate.

    Kept, because reading the system's authorities takes longer than all of an observation: new
    ones are seen by a new process. Not `create_default_context`, which writes the keys of every
    connection into a file where SSLKEYLOGFILE names one.
    """
    made = _checking_nothing() if insecure else _trusting_this_machine()
    made.set_alpn_protocols(["http/1.1"])
    return made


@functools.cache
def bare_context(insecure: bool) -> ssl.SSLContext:  # noqa: FBT001 - as for `context`
    """Return the settings of a handshake that names no protocol to be spoken over TLS (ALPN)."""
    return _checking_nothing() if insecure else _trusting_this_machine()


def trusting(authorities: bytes) -> ssl.SSLContext:
    """Return the settings of a handshake that trusts these authorities only. Raises ValueError.

    authorities: certificates in PEM.
    """
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        made.load_verify_locations(cadata=authorities.decode("ascii"))
    except (ssl.SSLError, UnicodeDecodeError):
        raise ValueError("it holds no certificates in PEM") from None
    return made


def _trusting_this_machine() -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.load_default_certs()
    return made


def _checking_nothing() -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


async def opened(
    connection: socket.socket, host: str, settings: ssl.SSLContext | None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Speak TLS over a connection, and nothing yet where there are no settings.

    host: who the certificate has to be for. Raises CannotObserve.
    """
    try:
        if settings is None:
            return await asyncio.open_connection(sock=connection)
        name = host.removesuffix(".")
        return await asyncio.open_connection(sock=connection, ssl=settings, server_hostname=name)
    except ssl.SSLError as error:
        raise _explained(error) from None
    except ValueError:
        raise CannotObserve("address-invalid", "no certificate can be for such a name") from None
    except ConnectionResetError:
        raise CannotObserve("connection-reset", "reset before TLS was spoken") from None
    except OSError:
        raise CannotObserve("connection-closed", "closed before TLS was spoken") from None
    except BaseException:
        connection.close()
        raise


def facts(connection: ssl.SSLObject) -> dict[str, Value]:
    """Return what a connection tells. A certificate that was not checked tells no expiration."""
    values: dict[str, Value] = {"TLS_VERSION": _VERSIONS.get(connection.version() or "")}
    certificate = connection.getpeercert() or {}
    if isinstance(ends := certificate.get("notAfter"), str):
        left_s = ssl.cert_time_to_seconds(ends) - time.time()
        values["CERTIFICATE_EXPIRATION"] = left_s * 1000
    return values


def _explained(error: ssl.SSLError) -> CannotObserve:
    if isinstance(error, ssl.SSLCertVerificationError):
        return CannotObserve("tls-certificate-invalid", error.verify_message)
    why = (error.reason or "no TLS is spoken there").lower().replace("_", " ")
    return CannotObserve("tls-error", why)
