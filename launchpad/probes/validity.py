"""When a certificate ends that nobody vouches for.

Python's ssl tells what stands in a certificate only once it was verified, and one that was not is
known as its bytes alone. Of these, four nested elements have to be walked through to the date (RFC
5280, 4.1), which is not worth a library of cryptography; OpenSSL has read them as a certificate
before.
"""

from datetime import UTC, datetime
from typing import Final

_SEQUENCE: Final = 0x30
_VERSION: Final = 0xA0
_UTC_TIME: Final = 0x17
_GENERALIZED_TIME: Final = 0x18
_LONG_FORM: Final = 0x80
# RFC 5280, 4.1.2.5.1: two digits of a year from 50 on are of the last century.
_CENTURY_TURNS: Final = 50


def ends_at(certificate: bytes) -> datetime | None:
    """Return when a certificate in DER ends to be valid; None where it does not say so."""
    try:
        signed = _element(_element(certificate, _SEQUENCE)[0], _SEQUENCE)[0]
        if signed[0] == _VERSION:
            signed = _element(signed)[1]
        for _ in ("serial number", "signature's algorithm", "issuer"):
            signed = _element(signed)[1]
        validity = _element(signed, _SEQUENCE)[0]
        ends = _element(validity)[1]
        return _time(ends[0], _element(ends)[0].decode("ascii"))
    except (ValueError, IndexError):
        return None


def _element(data: bytes, wanted: int | None = None) -> tuple[bytes, bytes]:
    """Return what the first element holds, and what follows it (X.690, 8.1). Raises ValueError."""
    if wanted not in {None, data[0]}:
        raise ValueError("another element")
    length, begins = data[1], 2
    if length & _LONG_FORM:
        begins += length & ~_LONG_FORM
        length = int.from_bytes(data[2:begins], "big")
    if begins + length > len(data):
        raise ValueError("cut short")
    return data[begins : begins + length], data[begins + length :]


def _time(kind: int, text: str) -> datetime:
    if kind == _UTC_TIME:
        text = ("19" if int(text[:2]) >= _CENTURY_TURNS else "20") + text
    elif kind != _GENERALIZED_TIME:
        raise ValueError("no time")
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
