"""Where a probe follows, and what it takes along."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from launchpad.probes.http import SAME_ORIGIN, HttpSpec
from launchpad.probes.result import Result
from tests.probes.serving import answering, ok, result_of, serving

KEY = ("X-Api-Key", "hunter2")


def redirect(location: str, status: str = "302 Found") -> bytes:
    return ok(b"", f"Location: {location}", status=status)


@asynccontextmanager
async def two(
    location: Callable[[int], str], status: str = "302 Found"
) -> AsyncIterator[tuple[str, str, list[bytes]]]:
    """Serve two origins, the first of which redirects; yield both, and what the second is sent."""
    seen: list[bytes] = []
    async with (
        serving(answering(ok(b"there"), seen)) as second,
        serving(answering(redirect(location(second), status))) as first,
    ):
        yield f"http://127.0.0.1:{first}", f"http://127.0.0.1:{second}", seen


async def test_a_redirect_is_an_answer_where_redirects_are_not_followed() -> None:
    async with serving(answering(redirect("https://127.0.0.1/"))) as port:
        spec = HttpSpec(f"http://127.0.0.1:{port}/")
        result = await result_of(spec, "[STATUS] == 302", "[HEADER].Location == pat(https://*)")
    assert result.state == "success"


async def test_within_one_origin_headers_go_along() -> None:
    seen: list[bytes] = []
    answers = [redirect("/there?x=1"), ok(b"there")]

    async def in_turn(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answering(answers.pop(0), seen)(reader, writer)

    async with serving(in_turn) as port:
        spec = HttpSpec(f"http://127.0.0.1:{port}/here", headers=(KEY,), redirects=(SAME_ORIGIN,))
        result = await result_of(spec, "[BODY] == there")
    assert result.state == "success"
    assert seen[1].startswith(b"GET /there?x=1 ")
    assert b"hunter2" in seen[1]


async def test_another_origin_is_refused() -> None:
    async with two(lambda port: f"http://127.0.0.1:{port}/") as (first, second, seen):
        result = await result_of(HttpSpec(first, redirects=(SAME_ORIGIN,)))
    assert (result.state, result.reason, seen) == ("error", "redirect-refused", [])
    assert second in result.detail


async def test_an_allowed_origin_is_followed_without_the_headers() -> None:
    async with two(lambda port: f"//127.0.0.1:{port}/x") as (first, second, seen):
        spec = HttpSpec(first, headers=(KEY, ("Cookie", "a=b")), redirects=(second,))
        result = await result_of(spec, "[BODY] == there")
    assert result.state == "success"
    assert b"hunter2" not in seen[0]
    assert b"a=b" not in seen[0]
    assert f"Host: {second.removeprefix('http://')}".encode() in seen[0]


@pytest.mark.parametrize(
    ("status", "sent"), [("303 See Other", b"GET /x "), ("302 Found", b"GET /x ")]
)
async def test_after_a_redirect_that_means_get_the_body_stays_here(
    status: str, sent: bytes
) -> None:
    async with two(lambda port: f"http://127.0.0.1:{port}/x", status) as (first, second, seen):
        spec = HttpSpec(first, method="POST", body=b"hunter2", redirects=(second,))
        await result_of(spec)
    assert seen[0].startswith(sent)
    assert b"hunter2" not in seen[0]


async def test_a_body_is_not_sent_to_another_origin() -> None:
    where = "307 Temporary Redirect"
    async with two(lambda port: f"http://127.0.0.1:{port}/x", where) as (first, second, seen):
        spec = HttpSpec(first, method="POST", body=b"hunter2", redirects=(second,))
        result = await result_of(spec)
    assert (result.reason, seen) == ("redirect-refused", [])


async def looped(location: str) -> Result:
    async with serving(answering(redirect(location))) as port:
        return await result_of(HttpSpec(f"http://127.0.0.1:{port}/", redirects=(SAME_ORIGIN,)))


async def test_a_loop_ends() -> None:
    result = await looped("/")
    assert (result.state, result.reason) == ("error", "too-many-redirects")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://user:hunter2@127.0.0.1/", "url-invalid"),
        ("file:///etc/passwd", "url-invalid"),
        ("http://169.254.169.254/", "redirect-refused"),
        ("http://[", "url-invalid"),
        ("/\thunter2", "url-invalid"),
    ],
)
async def test_a_location_that_is_none_is_an_error(location: str, reason: str) -> None:
    result = await looped(location)
    assert (result.state, result.reason) == ("error", reason)
    assert "hunter2" not in repr(result)


async def test_a_link_local_address_is_refused_though_its_origin_is_allowed() -> None:
    async with serving(answering(redirect("http://169.254.169.254/"))) as port:
        spec = HttpSpec(f"http://127.0.0.1:{port}/", redirects=("http://169.254.169.254",))
        result = await result_of(spec)
    assert (result.state, result.reason) == ("error", "address-refused")
