"""HTTP requests: the answer's status, headers and body, and how long each phase took."""

from typing import Final, NamedTuple

from launchpad import __version__
from launchpad.probes.observed import CannotObserve, Observed
from launchpad.probes.probe_type import ProbeType

SAME_ORIGIN: Final = "same-origin"


class HttpSpec(NamedTuple):
    """One HTTP request.

    url: with http or https, a host, and no user information. headers: replace those that are sent
    by default. allow_insecure: take any certificate. redirects: the origins it may be redirected
    to, such as https://example.com or SAME_ORIGIN for that of url; None to follow none.
    wire_bytes: so much of an answer is received, in bytes, headers included; decoded_bytes: so
    large is its body once it is decompressed.
    """

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    allow_insecure: bool = False
    redirects: tuple[str, ...] | None = None
    user_agent: str = f"launchpad/{__version__}"
    wire_bytes: int = 64 * 1024
    decoded_bytes: int = 1024 * 1024

    def __repr__(self) -> str:
        # Headers, body and query may be secret, and tracebacks and logs show representations.
        return f"HttpSpec({self.method})"


async def observe(spec: HttpSpec, timeout_s: float) -> Observed:
    """Send a request over a connection of its own. Raises CannotObserve."""
    from launchpad.probes.fetching import fetched  # noqa: PLC0415 - see `ProbeType`

    return await fetched(spec, timeout_s)


def _host(spec: HttpSpec) -> str | None:
    from launchpad.probes.url import parsed  # noqa: PLC0415 - see `ProbeType`

    try:
        return parsed(spec.url).host
    except CannotObserve:
        return None


HTTP: Final = ProbeType(
    name="http",
    spec=HttpSpec,
    observe=observe,
    offered=frozenset(
        {
            *("STATUS", "RESPONSE_TIME", "IP", "BODY", "HEADER", "CONNECTED"),
            *("CERTIFICATE_EXPIRATION", "TLS_VERSION"),
        }
    ),
    default=("[STATUS] >= 200", "[STATUS] < 300"),
    host=_host,
)
