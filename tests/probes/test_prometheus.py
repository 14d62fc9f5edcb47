"""One value of Prometheus, from servers that answer as its HTTP API does, and from others.

The answers are those that https://prometheus.io/docs/prometheus/latest/querying/api/ shows.
"""

import asyncio
import json
import socket
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from launchpad.probes.prometheus import PrometheusSpec
from launchpad.probes.result import Result
from tests.probes.serving import answering, ok, request_of, result_of, serving

AT = 1435781451.781
DEADLINE_S = 0.5
PERIOD_S = 0.02


def success(kind: str, result: Any, **more: Any) -> bytes:
    data = {"resultType": kind, "result": result}
    body = json.dumps({"status": "success", "data": data, **more})
    return ok(body.encode(), "Content-Type: application/json")


def vector(*values: str) -> bytes:
    series = [
        {"metric": {"__name__": "up", "job": str(number)}, "value": [AT, value]}
        for number, value in enumerate(values)
    ]
    return success("vector", series)


def refused(status: str, kind: str, why: str) -> bytes:
    body = json.dumps({"status": "error", "errorType": kind, "error": why})
    return ok(body.encode(), status=status)


async def asked(answer: bytes, *conditions: str, query: str = "up") -> Result:
    async with serving(answering(answer)) as port:
        return await result_of(PrometheusSpec(f"http://127.0.0.1:{port}", query), *conditions)


@pytest.mark.parametrize(
    ("answer", "condition", "shown"),
    [
        (vector("0.004"), "[VALUE] < 0.01", "[VALUE] (0.004) < 0.01"),
        (vector("1"), "[VALUE] == 1", "[VALUE] (1) == 1"),
        (vector("0"), "[VALUE] == 0", "[VALUE] (0) == 0"),
        (vector("1.2e+03"), "[VALUE] == 1200", "[VALUE] (1200) == 1200"),
        (vector("-Inf"), "[VALUE] < 0", "[VALUE] (-inf) < 0"),
        (success("scalar", [AT, "1"]), "[VALUE] == 1", "[VALUE] (1) == 1"),
        (success("string", [AT, "v2.1"]), "[VALUE] == v2.1", "[VALUE] (v2.1) == v2.1"),
    ],
)
async def test_one_value_is_observed(answer: bytes, condition: str, shown: str) -> None:
    result = await asked(answer, condition)
    assert (result.state, result.reason, result.shown) == ("success", "ok", shown)
    assert result.latency_us
    assert set(result.timings) == {"resolve", "connect", "processing", "transfer"}


async def test_a_value_beyond_its_threshold_is_a_failure() -> None:
    result = await asked(vector("0.02"), "[VALUE] < 0.01")
    assert (result.state, result.reason) == ("failed", "condition-false")


@pytest.mark.parametrize(("answer", "why"), [(vector(), "finds no series"), (vector("NaN"), "NaN")])
async def test_nothing_counted_is_no_data_and_never_success(answer: bytes, why: str) -> None:
    for condition in ("[VALUE] < 0.01", "[VALUE] >= 0.01", "[VALUE] != 5"):
        result = await asked(answer, condition)
        assert (result.state, result.reason) == ("inconclusive", "no-data")
        assert why in result.detail


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (vector("1", "1"), "2 series: make them one, as with sum() or max()"),
        (
            success("matrix", [{"metric": {}, "values": [[AT, "1"], [AT, "2"]]}]),
            "samples over a time: make them one value, as with avg_over_time()",
        ),
        (
            success("vector", [{"metric": {}, "histogram": [AT, {"count": "1", "sum": "1"}]}]),
            "it is a histogram: take one value of it, as with histogram_quantile()",
        ),
    ],
)
async def test_several_values_are_an_error_even_where_all_are_good(answer: bytes, why: str) -> None:
    result = await asked(answer, "[VALUE] == 1")
    assert (result.state, result.reason, result.detail) == ("error", "result-ambiguous", why)


@pytest.mark.parametrize(
    ("answer", "reason", "detail"),
    [
        (
            refused("400 Bad Request", "bad_data", "1:4: parse error: unexpected end of input"),
            "query-error",
            "bad_data: 1:4: parse error: unexpected end of input",
        ),
        (
            refused("422 Unprocessable Entity", "execution", "found duplicate series"),
            "query-error",
            "execution: found duplicate series",
        ),
        (
            refused("503 Service Unavailable", "timeout", "query timed out"),
            "timeout",
            "timeout: query timed out",
        ),
    ],
)
async def test_an_error_of_the_api_is_told(answer: bytes, reason: str, detail: str) -> None:
    result = await asked(answer, "[VALUE] < 1")
    assert (result.state, result.reason, result.detail) == ("error", reason, detail)


@pytest.mark.parametrize(
    "answer",
    [
        ok(b"<html>Log in</html>"),
        ok(b"Unauthorized", status="401 Unauthorized"),
        ok(status="302 Found"),
        ok(b"[]"),
        ok(b'{"status": "success"}'),
        ok(b'{"status": "success", "data": {"resultType": "vector"}}'),
        ok(b"[" * 60_000),
        success("vector", [{"metric": {}, "value": [AT, "many"]}]),
        success("vector", [{"metric": {}, "value": [AT, 1]}]),
        success("vector", [5]),
        success("scalar", None),
        success("tensor", []),
    ],
)
async def test_what_is_no_answer_of_the_api_is_an_error(answer: bytes) -> None:
    result = await asked(answer, "[VALUE] < 1")
    assert (result.state, result.reason) == ("error", "protocol-error")


async def test_what_is_asked_is_what_was_written() -> None:
    seen: list[bytes] = []
    query = 'sum(rate(http_requests_total{code=~"5..", job="ü & ü"}[5m])) > 0 or vector(0)'
    async with serving(answering(vector("0"), seen)) as port:
        for path in ("", "/", "/prometheus", "/prometheus/"):
            spec = PrometheusSpec(f"http://127.0.0.1:{port}{path}", query, (("X-Org", "7"),))
            assert (await result_of(spec, "[VALUE] == 0")).state == "success"
    lines = [head.split(b"\r\n") for head in seen]
    targets = [urlsplit(first.split(b" ")[1].decode()) for first, *_ in lines]
    assert [target.path for target in targets] == [
        *("/api/v1/query", "/api/v1/query"),
        *("/prometheus/api/v1/query", "/prometheus/api/v1/query"),
    ]
    assert parse_qs(targets[0].query) == {"query": [query], "timeout": ["5000ms"]}
    assert all(first.startswith(b"GET ") and b"X-Org: 7" in rest for first, *rest in lines)


async def test_a_server_that_drips_is_cut_at_the_deadline() -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(PERIOD_S)

    began = time.monotonic()
    async with serving(drip) as port:
        spec = PrometheusSpec(f"http://127.0.0.1:{port}", "up")
        result = await result_of(spec, "[VALUE] == 1", timeout_s=DEADLINE_S)
        took = time.monotonic() - began
    assert (result.state, result.reason) == ("error", "timeout")
    assert took < DEADLINE_S + 0.5


async def test_a_redirect_is_not_followed_and_carries_no_header_away() -> None:
    seen: list[bytes] = []
    async with serving(answering(vector("1"), seen)) as elsewhere:
        onward = ok(b"", f"Location: http://127.0.0.1:{elsewhere}/", status="302 Found")
        result = await asked(onward, "[VALUE] == 1")
    assert (result.state, result.reason, seen) == ("error", "protocol-error", [])


async def test_an_answer_too_large_is_not_read() -> None:
    result = await asked(vector(*("1" for _ in range(2000))), "[VALUE] == 1")
    assert (result.state, result.reason) == ("error", "body-too-large")


async def test_a_refused_connection_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        spec = PrometheusSpec(f"http://127.0.0.1:{server.getsockname()[1]}", "up")
    result = await result_of(spec, "[VALUE] == 1")
    assert (result.state, result.reason) == ("error", "connection-refused")


@pytest.mark.parametrize(
    "server", ["http://u:hunter2@h", "ftp://h", "h", "http://h/?hunter2", "http://169.254.1.1"]
)
async def test_what_is_no_address_of_a_server_is_an_error(server: str) -> None:
    spec = PrometheusSpec(server, "up")
    result = await result_of(spec)
    assert result.reason in {"url-invalid", "address-refused"}
    assert "hunter2" not in repr((spec, result))
