import asyncio
import gzip

import pytest

from launchpad.probes.http import HttpSpec
from tests.probes.serving import answering, ok, request_of, result_of, serving

BODY = b'{"status": "ok", "checks": [1, 2]}'


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ("[STATUS] == 200", "[STATUS] (200) == 200"),
        ("[BODY].status == ok", "[BODY].status (ok) == ok"),
        ("len([BODY].checks) == 2", "len([BODY].checks) (2) == 2"),
        ("[HEADER].x-version == v7", "[HEADER].x-version (v7) == v7"),
        ("[HEADER].set-cookie == pat(*b=2)", "[HEADER].set-cookie (a=1, b=2) == pat(*b=2)"),
        ("[IP] == 127.0.0.1", "[IP] (127.0.0.1) == 127.0.0.1"),
        ("[CONNECTED] == true", "[CONNECTED] (true) == true"),
    ],
)
async def test_an_answer_is_observed(condition: str, shown: str) -> None:
    answer = ok(BODY, "X-Version: v7", "Set-Cookie: a=1", "Set-Cookie: b=2")
    async with serving(answering(answer)) as port:
        result = await result_of(HttpSpec(f"http://127.0.0.1:{port}/"), condition)
    assert (result.state, result.reason, result.shown) == ("success", "ok", shown)
    assert result.address == f"127.0.0.1:{port}"


async def test_the_phases_are_timed_and_are_not_longer_than_the_whole() -> None:
    async with serving(answering(ok(BODY))) as port:
        result = await result_of(HttpSpec(f"http://127.0.0.1:{port}/"), "[RESPONSE_TIME] < 5s")
    assert set(result.timings) == {"resolve", "connect", "processing", "transfer"}
    assert result.latency_us is not None
    assert 0 < sum(result.timings.values()) <= result.latency_us


async def test_time_to_the_first_byte_is_processing() -> None:
    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        await asyncio.sleep(0.2)
        writer.write(ok(BODY))
        await writer.drain()

    async with serving(slow) as port:
        result = await result_of(HttpSpec(f"http://127.0.0.1:{port}/"))
    assert result.timings["processing"] >= 190_000 > result.timings["transfer"]


@pytest.mark.parametrize("status", ["200 OK", "204 No Content", "299 Odd"])
async def test_without_conditions_any_2xx_is_good(status: str) -> None:
    async with serving(answering(ok(status=status))) as port:
        assert (await result_of(HttpSpec(f"http://127.0.0.1:{port}/"))).state == "success"


@pytest.mark.parametrize("status", ["302 Found", "404 Not Found", "503 No"])
async def test_another_status_is_a_status_mismatch_not_an_error(status: str) -> None:
    async with serving(answering(ok(status=status))) as port:
        result = await result_of(HttpSpec(f"http://127.0.0.1:{port}/"))
    assert (result.state, result.reason) == ("failed", "status-mismatch")


async def test_what_is_sent_is_what_was_written() -> None:
    seen: list[bytes] = []
    async with serving(answering(ok(), seen)) as port:
        spec = HttpSpec(
            f"http://127.0.0.1:{port}/a b/ü?q=1 2#fragment".replace(" ", "%20"),
            method="POST",
            headers=(("Origin", "https://x.example"), ("user-agent", "mine")),
            body=b"{}",
        )
        assert (await result_of(spec)).state == "success"
    head, _, body = seen[0].partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"POST /a%20b/%C3%BC?q=1%202 HTTP/1.1"
    assert f"Host: 127.0.0.1:{port}".encode() in lines
    assert b"Origin: https://x.example" in lines
    assert b"Content-Length: 2" in lines
    assert [line for line in lines if line.lower().startswith(b"user-agent")] == [
        b"user-agent: mine"
    ]
    assert body == b"{}"


async def test_every_observation_has_a_connection_of_its_own() -> None:
    ports: list[int] = []

    async def kept_open(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ports.append(writer.get_extra_info("peername")[1])
        while True:
            await request_of(reader)
            writer.write(ok())

    async with serving(kept_open) as port:
        for _ in range(3):
            assert (await result_of(HttpSpec(f"http://127.0.0.1:{port}/"))).state == "success"
    assert len(set(ports)) == 3


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (("Content-Encoding: gzip",), gzip.compress(b"h") + gzip.compress(b"\xc3\xa9")),
        (("Content-Type: text/plain; charset=ISO-8859-1",), b"h\xe9"),
        (("Content-Type: text/plain; charset=idna",), b"h\xc3\xa9"),
    ],
    ids=["gzip", "Latin-1", "no charset"],
)
async def test_a_body_is_read_as_it_is_encoded(headers: tuple[str, ...], body: bytes) -> None:
    async with serving(answering(ok(body, *headers))) as port:
        result = await result_of(HttpSpec(f"http://127.0.0.1:{port}/"), "[BODY] == hé")
    assert result.state == "success"


async def test_an_ipv6_address_is_one() -> None:
    try:
        async with serving(answering(ok()), host="::1") as port:
            result = await result_of(HttpSpec(f"http://[::1]:{port}/"), "[IP] == ::1")
    except OSError:
        pytest.skip("no IPv6 on this machine's loopback")
    assert (result.state, result.address) == ("success", f"[::1]:{port}")


async def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with serving(answering(ok())) as port:
        assert (await result_of(HttpSpec(f"http://127.0.0.1:{port}/"))).state == "success"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://h/",
        "http://user:pass@h/",
        "http://user@h/",
        "http://",
        "http://h:0/",
        "http://h:99999/",
        "http://h:x/",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://h/a b",
        "http://h/\r\nX: y",
        "http://h\\@evil/",
        "h",
        "",
        "http://" + "a" * 300 + "/",
    ],
)
async def test_what_is_no_address_is_an_error(url: str) -> None:
    result = await result_of(HttpSpec(url))
    assert (result.state, result.reason) == ("error", "url-invalid")
    assert "pass" not in result.detail


@pytest.mark.parametrize("header", [("X", "a\r\nY: b"), ("X Y", "a"), ("", "a"), ("X", "\0")])
async def test_a_header_cannot_smuggle_another(header: tuple[str, str]) -> None:
    seen: list[bytes] = []
    async with serving(answering(ok(), seen)) as port:
        result = await result_of(HttpSpec(f"http://127.0.0.1:{port}/", headers=(header,)))
    assert (result.state, result.reason, seen) == ("error", "protocol-error", [])


async def test_a_query_is_not_shown() -> None:
    result = await result_of(HttpSpec("http://127.0.0.1:1/path?token=hunter2"))
    assert "http://127.0.0.1:1/path?…" in result.detail
    assert "hunter2" not in repr(result)
