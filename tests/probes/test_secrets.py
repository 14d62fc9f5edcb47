"""A secret is in no result, wherever it comes back from."""

import json
import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from launchpad.conditions.parse import parse
from launchpad.probes.command import CommandSpec
from launchpad.probes.env import Conductor, EnvSpec, File, Printed
from launchpad.probes.http import HttpSpec
from launchpad.probes.observed import Observed
from launchpad.probes.once import observe_once
from launchpad.probes.prometheus import PrometheusSpec
from launchpad.probes.sql import SqlSpec
from launchpad.text.redaction import Redactor
from tests.probes.serving import answering, ok, serving

CANARY = 'c4nary-S3CRÉT/"+x'
REDACTOR = Redactor({"token": CANARY})


async def said(spec: object, *conditions: str) -> str:
    asked = [parse(text) for text in conditions]
    return repr(await observe_once(spec, asked, timeout_s=3, redactor=REDACTOR))


@pytest.mark.parametrize(
    "condition",
    [
        "[BODY] == x",
        "[BODY].echo == x",
        "[HEADER].X-Echo == x",
        "[STATUS] == 1",
        f"[BODY] == {CANARY}",
    ],
)
async def test_a_secret_that_a_server_sends_back_is_not_shown(
    condition: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    body = b'{"echo": "' + CANARY.encode() + b'"}'
    async with serving(answering(ok(body, f"X-Echo: {CANARY}"))) as port:
        spec = HttpSpec(
            f"http://127.0.0.1:{port}/?key={CANARY}",
            method="POST",
            headers=(("Authorization", CANARY),),
            body=CANARY.encode(),
        )
        assert CANARY not in await said(spec, condition)
        assert CANARY not in repr(spec)
    assert CANARY not in caplog.text


@pytest.mark.parametrize(
    "answer",
    [
        f"{CANARY}\r\n\r\n".encode(),
        f"HTTP/1.1 200 {CANARY}\r\n{CANARY}\r\n\r\n".encode(),
        f"HTTP/1.1 302 Found\r\nLocation: http://{CANARY}@x/\r\n\r\n".encode(),
        f"HTTP/1.1 302 Found\r\nLocation: http://x.example/{CANARY}?{CANARY}\r\n\r\n".encode(),
        ok(b"x", f"Content-Encoding: {CANARY}"),
        f"HTTP/1.1 200 OK\r\nContent-Length: {CANARY}\r\n\r\n".encode(),
    ],
)
async def test_a_secret_in_an_answer_that_is_none_is_not_shown(answer: bytes) -> None:
    async with serving(answering(answer)) as port:
        spec = HttpSpec(f"http://127.0.0.1:{port}/{CANARY}", redirects=("same-origin",))
        # Nor a part of it, escaped, as where h11 repeats what it could not read.
        assert CANARY[:8] not in await said(spec, "[BODY] == x")


async def test_a_secret_in_a_request_that_cannot_be_sent_is_not_shown() -> None:
    for spec in (
        HttpSpec(f"http://{CANARY}@127.0.0.1/"),
        HttpSpec(f"http://127.0.0.1:{CANARY}/"),
        HttpSpec("http://127.0.0.1:1/", headers=(("X", f"{CANARY}\n"),)),
    ):
        assert CANARY not in await said(spec)


async def test_a_secret_that_a_command_prints_is_not_shown(env: dict[str, str]) -> None:
    script = 'echo "$KEY"; echo "$KEY" >&2; exit 1'
    argv = ("/bin/sh", "-c", script)
    spec = CommandSpec(argv, "/", {**env, "KEY": CANARY}, REDACTOR)
    for condition in ("[STDOUT] == x", "[STDERR] == x", "[EXIT_CODE] == 0"):
        assert CANARY not in await said(spec, condition)
    # Before conditions see it, too.
    assert "'success'" in await said(spec, "[STDOUT] == '[redacted: token]'", "[EXIT_CODE] == 1")
    for words in (f"/no/{CANARY}", f"/tmp/{CANARY}\0"):
        missing = CommandSpec((words,), f"/no/{CANARY}", env, REDACTOR)
        assert CANARY not in await said(missing)
    assert CANARY not in repr(spec)


async def test_the_value_of_a_variable_is_not_shown_though_it_is_no_secret(
    env: dict[str, str], tmp_path: Path
) -> None:
    value = "an-ordinary-value"
    (tmp_path / "env").write_text(f"KEY={value}\n")
    sources = (
        Conductor({"KEY": value}),
        File(str(tmp_path / "env")),
        Printed(("env",), "/", {**env, "KEY": value}),
    )
    for source in sources:
        for condition in ("[VALUE] == x", "[VALUE] != x", "[VALUE] > 5", "[SET] == false"):
            assert value not in await said(EnvSpec("KEY", source, "^no$"), condition)
        assert value not in repr(source)


def test_an_observation_does_not_show_its_values() -> None:
    assert CANARY not in repr(Observed({"BODY": CANARY}))


async def test_a_secret_that_a_query_answers_is_not_shown(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")):
        pass
    spec = SqlSpec("sqlite:a.db", "SELECT ${key}", str(tmp_path), {"key": CANARY})
    for condition in ("[VALUE] == x", "[BODY] == x", "[ROWS] == 2"):
        assert CANARY not in await said(spec, condition)
    assert CANARY not in await said(spec._replace(query=f"SELECT '{CANARY}"), "[ROWS] == 1")


async def test_a_secret_that_prometheus_sends_back_is_not_shown() -> None:
    told = json.dumps({"status": "error", "errorType": "bad_data", "error": CANARY})
    async with serving(answering(ok(told.encode()))) as port:
        spec = PrometheusSpec(f"http://127.0.0.1:{port}", CANARY, (("Authorization", CANARY),))
        assert CANARY not in await said(spec, "[VALUE] == 1")
        assert CANARY not in repr(spec)
