"""A go/no-go poll of real people: consoles, commands, and a conductor whose probe goes red."""

import time
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.site import Site
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.thorough

SEEN_WITHIN_S = 5.0

POLLED = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
roles: {dba: Database Admin, ops: Operations}
crew:
  lead: AB
  people: [{initials: AB, name: Ada B, roles: [dba]}, {initials: EF, name: Eve F, roles: [ops]}]
probes:
  health:
    command: {exec: [test, -e, LAMP]}
    conditions: ['[EXIT_CODE] == 0']
    interval: 1s
commit-criteria:
  - {id: healthy, text: The service is healthy, probes: [health]}
phases:
  - id: edge
    title: Edge
    poll: {roles: [dba, ops]}
    items: [{id: dns, text: DNS points here}]
"""


def opened(site: Site) -> tuple[str, Path]:
    """Open the launch; return its id, and the file whose absence turns its probe red."""
    lamp = site.folder / "lamp"
    lamp.touch()
    document = site.document(POLLED.replace("LAMP", str(lamp)), "plan.yaml")
    words = ("run", str(document), "--trust", "--no-console", "--initials", "AB")
    done = site.launchpad(*words)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip(), lamp


def until_probe(site: Site, launch: str, state: str) -> None:
    """Wait until the conductor has seen the probe in a state."""
    deadline = time.monotonic() + SEEN_WITHIN_S
    while True:
        seen: list[Any] = site.events(launch, "probe.changed")
        if seen and seen[-1].body["state"] == state:
            return
        assert time.monotonic() < deadline, f"the probe is not {state}"
        time.sleep(0.05)


def votes_go(console: Terminal, role: str) -> None:
    """Vote at a console."""
    console.press("P")
    console.sees(f"your vote as {role}")
    console.type("go")
    console.press("enter")


def test_a_go_that_rests_on_a_probe_is_taken_back_by_it_on_every_screen(site: Site) -> None:
    launch, lamp = opened(site)
    until_probe(site, launch, "success")
    ada = site.attach(launch, "AB", columns=120, rows=40)
    eve = site.attach(launch, "EF")

    ada.press("P")
    ada.sees("Open the poll for Edge?")
    ada.press("enter")
    eve.sees("POLL opened by AB: P votes")
    votes_go(eve, "ops")
    ada.sees("GO 1 of 2, dba not set")
    votes_go(ada, "dba")
    eve.sees("GO 2 of 2")

    lamp.unlink()
    for console in (ada, eve):
        console.sees("GO 0 of 2, dba STALE, ops STALE", within=SEEN_WITHIN_S)
    words = ("poll", "close", "--outcome", "go", "--launch", launch, "--initials", "AB")
    done = site.launchpad(*words)
    told = done.stderr.decode()
    assert done.returncode == 1
    assert "ops Go of EF STALE: health went red" in told
    assert "commit criterion healthy not met: health red" in told

    lamp.touch()
    until_probe(site, launch, "success")
    votes_go(ada, "dba")
    ada.sees("GO 1 of 2, ops STALE")
    votes_go(eve, "ops")
    ada.sees("GO 2 of 2")
    ada.press("P")
    ada.sees("as the lead: GO or NO-GO")
    ada.press("tab", "tab", "tab")
    ada.type("GO")
    ada.press("enter")
    eve.sees("POLL closed as GO by AB")
    (closed,) = site.events(launch, "poll.closed")
    assert closed.body == {"outcome": "go", "reason": None, "unmet": []}
    assert not site.events(launch, "rollback.started")
