"""How TLS is spoken, and what is learnt from it."""

import functools
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
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.set_alpn_protocols(["http/1.1"])
    if insecure:
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
    else:
        made.load_default_certs()
    return made


def facts(connection: ssl.SSLObject) -> dict[str, Value]:
    """Return what a connection tells. A certificate that was not checked tells no expiration."""
    values: dict[str, Value] = {"TLS_VERSION": _VERSIONS.get(connection.version() or "")}
    certificate = connection.getpeercert() or {}
    if isinstance(ends := certificate.get("notAfter"), str):
        left_s = ssl.cert_time_to_seconds(ends) - time.time()
        values["CERTIFICATE_EXPIRATION"] = left_s * 1000
    return values


def explained(error: ssl.SSLError) -> CannotObserve:
    """Return why there is no TLS."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return CannotObserve("tls-certificate-invalid", error.verify_message)
    why = (error.reason or "no TLS is spoken there").lower().replace("_", " ")
    return CannotObserve("tls-error", why)
