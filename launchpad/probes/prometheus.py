"""Prometheus: the one value that an instant query comes to."""

from typing import Final, NamedTuple

from launchpad.probes.observed import CannotObserve, Observed
from launchpad.probes.probe_type import ProbeType


class PrometheusSpec(NamedTuple):
    """One instant query.

    server: the address that the paths of the HTTP API begin at, such as https://prom.example.com or
    https://example.com/prometheus. headers: as for an `HttpSpec`.
    """

    server: str
    query: str
    headers: tuple[tuple[str, str], ...] = ()
    allow_insecure: bool = False

    def __repr__(self) -> str:
        # Headers may be secret, and tracebacks and logs show representations.
        return "PrometheusSpec()"


async def observe(spec: PrometheusSpec, timeout_s: float) -> Observed:
    """Ask a Prometheus server, or one that speaks its API. Raises CannotObserve."""
    from launchpad.probes.instant_query import answered  # noqa: PLC0415 - see `ProbeType`

    return await answered(spec, timeout_s)


def _host(spec: PrometheusSpec) -> str | None:
    from launchpad.probes.url import parsed  # noqa: PLC0415 - see `ProbeType`

    try:
        return parsed(spec.server).host
    except CannotObserve:
        return None


PROMETHEUS: Final = ProbeType(
    name="prometheus",
    spec=PrometheusSpec,
    observe=observe,
    offered=frozenset({"VALUE", "RESPONSE_TIME"}),
    default=("has([VALUE]) == true",),
    host=_host,
)
