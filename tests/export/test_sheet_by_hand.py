"""The emergency sheet for who has only that: what to look at, and what was begun."""

import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from launchpad.checklist.load import load
from launchpad.export.sheet import sheet
from launchpad.launch.cutover_facts import StepRequested
from launchpad.launch.event import Stamp
from launchpad.launch.intents import RecordResult
from launchpad.launch.operations import (
    ProbeChanged,
    StepFinished,
    StepIndeterminate,
    StepStarted,
)
from tests.export.night import Night, night, said
from tests.export.sheets import LOG
from tests.launch.making import Told

__all__ = ["night"]


def test_a_probe_says_what_it_looks_at_and_when_that_is_good(night: Night) -> None:
    text = said(night)
    assert "smoke/health\n  seen        never, to be looked at every 30s\n" in text
    assert "  looks at    GET http://x.example/health\n" in text
    assert "  good when   [STATUS] == 200\n  good when   [BODY] == fine\n" in text
    assert "pooler\n  seen        never, to be looked at every 30s\n" in text
    assert "  looks at    db.example:6543\n" in text
    assert "  then        probe smoke/health is OK, see Probes\n" in text


def test_a_probe_says_what_was_seen_last_and_since_when(night: Night) -> None:
    down = ProbeChanged(
        probe="smoke/health",
        state="failed",
        before=None,
        reason="",
        shown="[STATUS] (503) == 200",
        latency_us=None,
    )
    night.has(down)
    assert "FAILED since 2026-01-01 00:00:02Z: [STATUS] (503) == 200\n" in said(night)


def test_a_request_with_a_secret_is_no_command_to_type(night: Night) -> None:
    text = said(night)
    assert text.count("$ curl") == 1
    assert "    $ GET http://x.example/orders\n      Authorization: Bearer ${job-token}\n" in text


def test_an_address_that_curl_could_take_for_an_option_is_no_command(night: Night) -> None:
    opened = replace(night.now.opened, vars={"base-url": "-o/etc/passwd"})
    night.state = replace(night.now, opened=opened)
    assert "$ curl" not in said(night)


class _Shop(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.headers["Accept"] == "text/plain" else 406)
        self.end_headers()
        self.wfile.write(b"fine")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is called
        """Say nothing."""


@pytest.fixture
def shop() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Shop) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.skipif(shutil.which("curl") is None, reason="nobody could type it here")
def test_what_is_typed_shows_what_the_probe_sees(night: Night, shop: str) -> None:
    opened = replace(night.now.opened, vars={"base-url": shop})
    night.state = replace(night.now, opened=opened)
    (probes,) = (
        part
        for part in sheet(night.now, LOG, Stamp("2026-01-01T00:00:09Z", "9", "b", "h"), {}).parts
        if part.title == "Probes"
    )
    (typed,) = (line.text for line in probes.lines if line.text.startswith("curl"))
    answer = subprocess.run(shlex.split(typed), capture_output=True, check=True, timeout=20)
    *_, body, figures = answer.stdout.decode().splitlines()
    assert (body, figures.split(" in ")[0]) == ("fine", "200")


def test_a_cutover_step_says_what_it_runs_and_where_it_stands(night: Night) -> None:
    assert (
        "CUTOVER STEPS\n-------------\nTraffic goes through the new load balancer (switch)\n"
        "  stands      not requested\n  takes       expected 2m\n  command     as typed:\n"
        "    $ ./switch.sh new\n  then        probe smoke/health is OK, see Probes\n"
    ) in said(night)
    night.has(StepRequested(item="switch", run=1))
    assert "  stands      requested by AB, not begun\n" in said(night)
    night.has(StepStarted(step="switch", attempt=0, run=1))
    assert "running on a-host since 2026-01-01 00:00:03Z, for 57s\n" in said(night)
    night.has(StepIndeterminate(step="switch", attempt=0, run=1, why="the conductor died"))
    text = " ".join(said(night).split())
    assert "stands INDETERMINATE: the conductor died !! Whether it had its effect" in text


def test_a_cutover_step_that_failed_or_is_done_says_so(night: Night) -> None:
    night.has(StepRequested(item="switch", run=1), StepStarted(step="switch", attempt=0, run=1))
    before = night.state
    for end, words in (("done", "done"), ("failed", "FAILED")):
        night.state = before
        night.has(
            StepFinished(step="switch", attempt=0, run=1, end=end, elapsed_ms=4_000)  # type: ignore[arg-type]  # both are ends
        )
        assert f"  stands      {words} by AB, took 4s\n" in said(night)


def test_in_a_rehearsal_no_cutover_command_stands_on_it(night: Night) -> None:
    night.state = replace(night.now, opened=replace(night.now.opened, mode="rehearsal"))
    assert "switch.sh" not in said(night)


def test_the_point_of_no_return_is_marked_before_and_after_it_was_passed(night: Night) -> None:
    text = said(night)
    assert "The old tables are dropped (drop)\n  !! POINT OF NO RETURN" in text
    assert "  [ ] The old tables are dropped\n    the point of no return\n" in text
    assert "PAST THE POINT" not in text
    night.does(RecordResult("drop", "passed", "", night.seen))
    text = " ".join(said(night).split())
    assert "!! PAST THE POINT OF NO RETURN: The old tables are dropped (drop, passed by AB" in text


def test_the_checklist_that_comes_along_fits_the_page() -> None:
    path = Path(__file__).parents[2] / "checklists" / "storefront-cutover.yaml"
    night = Told(load(path).checklist)
    assert "smoke/orders\n" in said(night)
