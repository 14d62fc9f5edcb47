"""HTTP requests: where they go, what they carry, where they may be sent on to."""

import re
from urllib.parse import urlsplit

from launchpad.checklist.model import HttpSettings
from launchpad.checklist.native.fields import Fields, attempt, named_each, some
from launchpad.checklist.native.nodes import Listing, Node, Scalar
from launchpad.checklist.native.problems import Expected, quoted
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.references import REFERENCE, filled_text
from launchpad.checklist.native.values import exact_line, scalar, truth

SAME_ORIGIN = "same-origin"

# RFC 9110, section 5.6.2: what a method and a header's name are made of.
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_AUTHORITY_END = re.compile(r"[/?#\\]")


def http(node: Node, reading: Reading) -> HttpSettings:
    """Read the settings of an HTTP probe."""
    with Fields(node, reading) as fields:
        return HttpSettings(
            url=fields.must("url", url, ""),
            method=fields.may("method", _method, "GET"),
            headers=fields.may("headers", headers, ()),
            body=fields.may("body", _body, None),
            allow_insecure=fields.may("allow-insecure", truth, otherwise=False),
            redirects=fields.may("redirects", _redirects, None),
        )


def url(node: Node, reading: Reading) -> str:
    """Read an address of HTTP."""
    exact_line(node, reading)
    text = filled_text(node, reading, ("variable",)).text
    _require_address(node, text)
    return text


def _require_address(node: Node, text: str) -> None:
    scheme = _SCHEME.match(text)
    if not scheme and not REFERENCE.match(text):
        raise Expected(node, "expected an address that starts with http:// or https://")
    # A variable can be any part of it; a letter stands for it where the rest is looked at.
    plain = REFERENCE.sub("v", text)
    authority = _AUTHORITY_END.split(_SCHEME.sub("", plain, count=1), maxsplit=1)[0]
    if "@" in authority:
        raise Expected(
            node, "user information in an address: give it as a secret, in a header instead"
        )
    try:
        parts = urlsplit(f"http://{authority}")
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", text):
        raise Expected(node, "expected an address such as https://api.example.com/health")


def _method(node: Node, _reading: Reading) -> str:
    text = scalar(node, "a method").text
    if not _TOKEN.fullmatch(text) or text != text.upper():
        raise Expected(node, "expected a method in capital letters, such as GET")
    return text


_header_texts = named_each(lambda key, value, reading: (key, _header(key, value, reading)))


def headers(node: Node, reading: Reading) -> tuple[tuple[str, str], ...]:
    """Read headers by their names."""
    first: dict[str, Scalar] = {}
    written = _header_texts(node, reading)
    for key, _ in written:
        before = first.setdefault(key.text.casefold(), key)
        if before is not key:
            reading.problems.add(
                key.place, f"the header {quoted(key.text)} is given already, as {before.text}"
            )
    return tuple((key.text, value) for key, value in written)


def _header(key: Scalar, value: Node, reading: Reading) -> str:
    attempt(_header_name, key, reading, "")
    exact_line(value, reading)
    return filled_text(value, reading, ("variable", "secret")).text


def _header_name(node: Node, _reading: Reading) -> str:
    text = scalar(node).text
    if not _TOKEN.fullmatch(text):
        raise Expected(node, "expected the name of a header, such as Accept")
    return text


def _body(node: Node, reading: Reading) -> str:
    return filled_text(node, reading, ("variable", "secret")).text


def _redirects(node: Node, reading: Reading) -> tuple[str, ...]:
    if isinstance(node, Listing):
        return some(_origin)(node, reading)
    return (_origin(node, reading),)


def _origin(node: Node, reading: Reading) -> str:
    text = exact_line(node, reading)
    if text == SAME_ORIGIN:
        return text
    if not _SCHEME.match(text) or _AUTHORITY_END.search(_SCHEME.sub("", text, count=1)):
        raise Expected(
            node, f"expected {SAME_ORIGIN}, or an origin such as https://api.example.com"
        )
    _require_address(node, text)
    return text
