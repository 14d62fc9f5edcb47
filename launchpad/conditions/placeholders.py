"""What a condition can speak of: a row for each placeholder, and nothing else to change.

A placeholder's kind decides what it may be compared with, and says how an observation holds it:

- number: int or float; duration: int or float, in milliseconds; bool: bool
- text: str, or bytes in UTF-8; list: a sequence of those, compared element by element
- any: text, a number or a bool from outside, read as what it is compared with
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["number", "duration", "text", "bool", "list", "any"]
Tail = Literal["nothing", "path", "header"]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """name: as it stands in brackets; tail: what may follow the brackets."""

    name: str
    kind: Kind
    meaning: str
    tail: Tail = "nothing"


_ROWS = (
    Placeholder("STATUS", "number", "the HTTP status code"),
    Placeholder("RESPONSE_TIME", "duration", "how long the whole observation took"),
    Placeholder("IP", "text", "the address connected to"),
    Placeholder("BODY", "any", "the response's body, or a field of it as JSON", "path"),
    Placeholder("HEADER", "any", "a response header, in whatever case", "header"),
    Placeholder("CONNECTED", "bool", "whether a connection was made"),
    Placeholder("CERTIFICATE_EXPIRATION", "duration", "until it expires; negative afterwards"),
    Placeholder("TLS_VERSION", "number", "the protocol spoken: 1.2, 1.3"),
    Placeholder("DNS_RCODE", "text", "the response code's name: NOERROR, NXDOMAIN"),
    Placeholder("ANSWER", "list", "the records that were answered"),
    Placeholder("EXIT_CODE", "number", "the command's exit status"),
    Placeholder("STDOUT", "any", "what the command wrote to standard output"),
    Placeholder("STDERR", "any", "what the command wrote to standard error"),
    Placeholder("ROWS", "number", "how many rows the query returned"),
    Placeholder("VALUE", "any", "the one value that was queried or looked up"),
    Placeholder("SET", "bool", "whether the variable is set"),
    Placeholder("EXISTS", "bool", "whether the file exists"),
    Placeholder("MODE", "text", "the file's permissions as four octal digits: 0644"),
    Placeholder("OWNER", "text", "the account that the file belongs to"),
    Placeholder("SIZE", "any", "how many bytes the file has"),
)

PLACEHOLDERS: Mapping[str, Placeholder] = MappingProxyType({row.name: row for row in _ROWS})
"""Every placeholder by its name, in the order of the documentation."""


def bracketed(names: Iterable[str]) -> str:
    """Return names as a sentence lists them: [STATUS], [IP]."""
    return ", ".join(f"[{name}]" for name in names)
