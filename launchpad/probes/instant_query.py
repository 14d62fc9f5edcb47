"""An instant query by Prometheus's HTTP API, and the one value in what it answers.

The API is that of https://prometheus.io/docs/prometheus/latest/querying/api/ (v1), which Thanos,
Mimir and VictoriaMetrics speak too.
"""

import json
import math
from typing import Any, Final
from urllib.parse import urlencode

from launchpad.probes.fetching import fetched
from launchpad.probes.http import HttpSpec
from launchpad.probes.observed import CannotObserve, Observed, Value
from launchpad.probes.prometheus import PrometheusSpec

# What a double holds without a gap.
_EXACT: Final = 2**53
_PATH: Final = "/api/v1/query"


async def answered(spec: PrometheusSpec, timeout_s: float) -> Observed:
    """Send a query and return its value; without one there is none. Raises CannotObserve."""
    # The server, too, gives the query up in time.
    asked = urlencode({"query": spec.query, "timeout": f"{max(1, int(timeout_s * 1000))}ms"})
    if "?" in spec.server or "#" in spec.server:
        raise CannotObserve("url-invalid", "a server's address has no query and no fragment")
    request = HttpSpec(
        f"{spec.server.rstrip('/')}{_PATH}?{asked}",
        headers=spec.headers,
        allow_insecure=spec.allow_insecure,
    )
    try:
        seen = await fetched(request, timeout_s)
    except CannotObserve as error:
        # What was seen of the answer so far is no answer to the query.
        known = error.observed._replace(values={})
        raise CannotObserve(error.reason, error.detail, known) from None
    known = seen._replace(values={"RESPONSE_TIME": seen.values["RESPONSE_TIME"]})
    value, note = _value(_data(seen, known), known)
    notes = "; ".join(part for part in (seen.note, note) if part)
    return known._replace(values={**known.values, "VALUE": value}, note=notes)


def _data(seen: Observed, known: Observed) -> dict[str, Any]:
    """Return the data of an answer. Raises CannotObserve for an error, and what is no answer."""
    status, body = str(seen.values["STATUS"]), seen.values["BODY"]
    try:
        answer = json.loads(body if isinstance(body, str | bytes) else b"")
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or answer.get("status") not in {"success", "error"}:
        detail = f"it answered {status}, and not as the HTTP API of Prometheus does"
        raise CannotObserve("protocol-error", detail, known)
    if answer["status"] == "error" or not status.startswith("2"):
        kind, said = answer.get("errorType"), answer.get("error")
        detail = f"{kind or status}: {said or 'it does not say why'}"
        raise CannotObserve("timeout" if kind == "timeout" else "query-error", detail, known)
    data = answer.get("data")
    if not isinstance(data, dict):
        raise CannotObserve("protocol-error", "an answer without data", known)
    return data


def _value(data: dict[str, Any], known: Observed) -> tuple[Value, str]:
    """Return the one value, None for none, and what there is to say of it."""
    match data:
        case {"resultType": "scalar" | "string" as kind, "result": [_, str(text)]}:
            return _number(text, known) if kind == "scalar" else (text, "")
        case {"resultType": "vector", "result": []}:
            return None, "the query finds no series"
        case {"resultType": "vector", "result": [{"value": [_, str(text)]}]}:
            return _number(text, known)
        case {"resultType": "vector", "result": [{"histogram": _}]}:
            detail = "it is a histogram: take one value of it, as with histogram_quantile()"
            raise CannotObserve("result-ambiguous", detail, known)
        case {"resultType": "vector", "result": list(series)} if len(series) > 1:
            detail = f"{len(series)} series: make them one, as with sum() or max()"
            raise CannotObserve("result-ambiguous", detail, known)
        case {"resultType": "matrix"}:
            detail = "samples over a time: make them one value, as with avg_over_time()"
            raise CannotObserve("result-ambiguous", detail, known)
    raise CannotObserve("protocol-error", "data without a value that could be read", known)


def _number(text: str, known: Observed) -> tuple[Value, str]:
    try:
        number = float(text)
    except ValueError:
        raise CannotObserve("protocol-error", "a value that is no number", known) from None
    if math.isnan(number):
        # Where nothing was counted, a share of it divides by nothing.
        return None, "its value is NaN"
    whole = number.is_integer() and abs(number) < _EXACT
    return (int(number) if whole else number), ""
