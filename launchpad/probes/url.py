"""The parts of an HTTP address that a request needs, and the parts that people may see."""

import re
from typing import Final, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from launchpad.probes.observed import CannotObserve

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
# What may stand in a path or a query as it is (RFC 3986, 3.3 and 3.4), and "%" of what is quoted.
_AS_IT_IS: Final = "/?:@!$&'()*+,;=-._~%"
_NOT_IN_URLS: Final = re.compile(r"[\x00-\x20\x7f\\]")
_LONGEST_HOST: Final = 253


class Url(NamedTuple):
    """host: in ASCII, lower case, an IPv6 address without brackets. target: path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def secure(self) -> bool:
        """Whether it is spoken to over TLS."""
        return self.scheme == "https"

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port (RFC 6454)."""
        return f"{self.scheme}://{self.authority}"

    @property
    def shown(self) -> str:
        """The address without its query, which may hold secrets."""
        path, mark, _ = self.target.partition("?")
        return f"{self.origin}{path}{'?…' if mark else ''}"

    def joined(self, location: str) -> "Url":
        """Return the address that a Location header means. Raises CannotObserve."""
        if _NOT_IN_URLS.search(location):
            raise CannotObserve("url-invalid", "it redirects to what is no address")
        try:
            return parsed(urljoin(f"{self.origin}{self.target}", location))
        except ValueError as error:
            raise CannotObserve("url-invalid", "it redirects to what is no address") from error


def parsed(text: str) -> Url:
    """Read an address. Raises CannotObserve, whose detail repeats nothing of it."""
    if _NOT_IN_URLS.search(text):
        raise CannotObserve("url-invalid", "an address has no blanks, controls or backslashes")
    try:
        parts = urlsplit(text)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        raise CannotObserve("url-invalid", "its host or port is none") from None
    if scheme not in _DEFAULT_PORTS:
        raise CannotObserve("url-invalid", "an address begins with http:// or https://")
    if "@" in parts.netloc:
        raise CannotObserve("url-invalid", "an address has no user information")
    if not host or port == 0:
        raise CannotObserve("url-invalid", "its host or port is none")
    query = f"?{parts.query}" if parts.query else ""
    target = quote(f"{parts.path or '/'}{query}", safe=_AS_IT_IS)
    return Url(scheme, ascii_host(host), port or _DEFAULT_PORTS[scheme], target)


def ascii_host(host: str) -> str:
    """Return a host as DNS knows it: by UTS #46 and RFC 5891 where it is not ASCII.

    Raises CannotObserve.
    """
    if not host.isascii():
        import idna  # noqa: PLC0415 - its tables are large, and rarely needed

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            raise CannotObserve("url-invalid", "its host is no internationalised name") from None
    if len(host.removesuffix(".")) > _LONGEST_HOST or "%" in host:
        raise CannotObserve("url-invalid", "its host or port is none")
    return host.lower()
