"""What no server and no name server can do to who observes, beside the tests of each type."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import dns.message
import pytest

from launchpad.checklist.told.acting import tell_probes
from launchpad.probes.command import CommandSpec, observe
from launchpad.probes.dns import DnsSpec
from launchpad.probes.env import EnvSpec, Printed
from launchpad.probes.http import HttpSpec
from launchpad.probes.once import observe_once
from launchpad.probes.prometheus import PrometheusSpec
from launchpad.probes.tcp import TcpSpec
from launchpad.probes.tls_probe import TlsSpec
from launchpad.steps.commands import shown
from launchpad.text.redaction import Redactor
from tests.native.conftest import read_text
from tests.probes.name_server import name_server
from tests.probes.ports import silent_port
from tests.probes.serving import Handler, answering, ok, result_of, serving

DEADLINE_S = 0.3
MIB = 1024 * 1024


async def nothing(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Take a connection, and everything that comes, and never answer."""
    await reader.read()


async def deaf(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Take a connection and nothing of what comes."""
    await asyncio.Event().wait()


HALF_OPEN: dict[str, Callable[[int], object]] = {
    "http": lambda port: HttpSpec(f"http://127.0.0.1:{port}/"),
    "https": lambda port: HttpSpec(f"https://127.0.0.1:{port}/"),
    "http with a body": lambda port: HttpSpec(
        f"http://127.0.0.1:{port}/", method="POST", body=bytes(8 * MIB)
    ),
    "tls": lambda port: TlsSpec(f"127.0.0.1:{port}"),
    "prometheus": lambda port: PrometheusSpec(f"http://127.0.0.1:{port}", "up"),
}


@pytest.mark.parametrize("handler", [nothing, deaf])
@pytest.mark.parametrize("kind", HALF_OPEN)
async def test_a_connection_that_nobody_serves_is_cut_at_the_deadline(
    kind: str, handler: Handler
) -> None:
    async with serving(handler) as port:
        began = time.monotonic()
        result = await result_of(HALF_OPEN[kind](port), timeout_s=DEADLINE_S)
        took = time.monotonic() - began
    assert (result.state, result.reason) == ("error", "timeout")
    assert DEADLINE_S <= took < DEADLINE_S + 0.5


async def test_a_command_is_cut_at_the_deadline_whichever_type_runs_it(env: dict[str, str]) -> None:
    sleeping = ("/bin/sh", "-c", "trap '' TERM; sleep 60 & wait; sleep 60")
    for spec in (
        CommandSpec(sleeping, "/", env, Redactor({})),
        EnvSpec("KEY", Printed(sleeping, "/", env)),
    ):
        began = time.monotonic()
        result = await result_of(spec, timeout_s=DEADLINE_S)
        took = time.monotonic() - began
        assert (result.state, result.reason) == ("error", "timeout")
        assert DEADLINE_S <= took < DEADLINE_S + 0.5


@pytest.mark.parametrize("condition", ["[CONNECTED] == true", "[CONNECTED] == false"])
@pytest.mark.parametrize("kind", ["http", "tls", "tcp"])
async def test_silence_is_no_answer_whichever_type_asks(kind: str, condition: str) -> None:
    """A firewall that drops what comes is not a port that is closed."""
    specs: dict[str, Callable[[int], object]] = {
        **HALF_OPEN,
        "tcp": lambda port: TcpSpec(f"127.0.0.1:{port}"),
    }
    with silent_port() as port:
        result = await result_of(specs[kind](port), condition, timeout_s=0.1)
    assert (result.state, result.reason) == ("error", "timeout")
    assert "connecting" in result.detail


async def test_a_name_server_that_is_silent_delays_no_other_probe() -> None:
    asked = asyncio.Semaphore(0)

    def unanswered(_query: dns.message.Message) -> None:
        asked.release()

    async with name_server(unanswered) as names, serving(answering(ok())) as port:
        spec = DnsSpec("a.example", server=names.address)
        hung = [asyncio.create_task(result_of(spec, timeout_s=60)) for _ in range(40)]
        async with asyncio.timeout(2):
            for _ in hung:
                await asked.acquire()
            assert (await result_of(HttpSpec(f"http://127.0.0.1:{port}/"))).state == "success"
            # Who is not waited for any more goes at once.
            for task in hung:
                task.cancel()
            await asyncio.wait(hung)


@pytest.mark.parametrize("charset", ["utf-16", "utf-16le", "UTF-16BE"])
async def test_a_body_in_utf_16_is_read_where_it_says_so(charset: str) -> None:
    body = '{"ok": "ja"}'.encode(charset)
    answer = ok(body, f"Content-Type: application/json; charset={charset}")
    async with serving(answering(answer)) as port:
        result = await result_of(HttpSpec(f"http://127.0.0.1:{port}/"), "[BODY].ok == ja")
    assert result.state == "success"


@pytest.mark.parametrize(
    "body", ["ok".encode("utf-16"), b"\xff\xfe\x00", b"\xd8\x00" * 9, bytes(9)]
)
async def test_bytes_that_are_no_text_are_never_what_is_asked_for(body: bytes) -> None:
    async with serving(answering(ok(body))) as port:
        spec = HttpSpec(f"http://127.0.0.1:{port}/")
        for condition in ("[BODY] == ok", "[BODY].ok == true"):
            result = await result_of(spec, condition)
            assert result.state == "failed"
            assert result.shown.isprintable()


async def test_a_secret_is_taken_out_though_it_comes_in_pieces_and_much_is_left_out(
    env: dict[str, str],
) -> None:
    """Over its pieces, over the place where what is kept ends, and before any condition sees it."""
    secret = "c4nary-5f2a91-tail"  # noqa: S105 - a made-up one
    script = (
        'x() { head -c $1 /dev/zero | tr "\\0" x; }; '
        'printf %.9s "$KEY"; sleep 0.05; printf %s "${KEY#?????????}"; '
        # The first 8 KiB end in the middle of it, and the last begin there.
        'x 8160; printf %s "$KEY"; x 500000; '
        'printf %s "$KEY"; x 8180'
    )
    redactor = Redactor({"key": secret})
    spec = CommandSpec(("/bin/sh", "-c", script), "/", {**env, "KEY": secret}, redactor)
    seen = (await observe(spec, 5.0)).values["STDOUT"]
    assert isinstance(seen, bytes)
    assert len(seen) < 2 * 8192 + 100
    assert b"bytes left out" in seen
    assert seen.startswith(b"[redacted: key]x")
    for piece in ("c4nary", "5f2a91", "-tail"):
        assert piece.encode() not in seen
    result = await observe_once(spec, [], timeout_s=5, redactor=redactor)
    assert "5f2a91" not in repr(result)


WITHOUT_CHECKS = """\
launchpad: 1
title: Harbour cutover
secrets: {key: {env: KEY}}
phases: [{id: edge, title: Edge}]
probes:
  a:
    http: {url: 'https://a', allow-insecure: true, headers: {X-Key: '${key}'}}
    conditions: ['[STATUS] == 200']
  b:
    prometheus: {server: 'https://b', query: up, allow-insecure: true}
    conditions: ['[VALUE] == 1']
  c: {tls: {address: 'c:443', allow-insecure: true}}
  d: {http: {url: 'https://d'}, conditions: ['[STATUS] == 200']}
rollback:
  steps:
    - {id: e, title: E, http: {url: 'https://e', allow-insecure: true}}
"""


def test_turning_certificate_checks_off_is_said_wherever_the_request_is() -> None:
    checklist = read_text(WITHOUT_CHECKS)
    told = {line.name: line.text for line in tell_probes(checklist) if line.name}
    said = {name for name, text in told.items() if "CERTIFICATES ARE NOT CHECKED" in text}
    assert (said, set(told)) == ({"a", "b", "c"}, {"a", "b", "c", "d"})
    asked = shown(checklist, Path("/srv"), "ada", "h")
    assert [line for line in asked if "NOT CHECKED" in line] == [
        "rollback/e (line 16) sends GET https://e, CERTIFICATES ARE NOT CHECKED",
        "probe/a (line 6) sends the secret key to https://a, CERTIFICATES ARE NOT CHECKED",
    ]
