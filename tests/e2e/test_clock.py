"""The launch's clock over a whole night: typed, counting, held by its own holds, outliving all."""

import json
import os
import signal
import time
from typing import Any

from tests.e2e.site import Site
from tests.e2e.terminal import Terminal

NIGHT = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
window: {hard-stop: T+2h}
holds:
  - {id: gate, at: T-10m, until: {phases: [edge]}}
phases:
  - {id: edge, title: Edge, at: T-30m, items: [{id: alpha, text: Alpha}]}
  - {id: cutover, title: Cutover, at: T-0, items: [{id: beta, text: Beta}]}
"""
# Idle, with T-, L- and the time running in a hold that counts down: as in test_quiet.py.
WATCHED_S = 3.0
BYTES_PER_S = 150


def clock(site: Site) -> Any:
    return json.loads(site.launchpad("status", "--format", "json").stdout)["clock"]


def running_t(console: Terminal) -> str:
    return console.screen.lines[0].partition("T\u2212")[2].split()[0]


def test_a_night_from_the_first_question_through_its_hold(site: Site) -> None:
    plan = site.document(NIGHT, "night.yaml")
    console = site.terminal("run", str(plan), "--trust", "--initials", "AB")
    console.sees("Who are you?")
    console.press("enter")
    console.sees("When is T-0?")
    console.type("in 10m")
    console.sees("T-0", "in 10m")
    console.press("enter")
    # Its conductor lets the clock go on once what the hold waits for is there.
    console.sees("HOLD gate, waits for 1 item of edge")
    console.sees("T\u221210m00s")
    console.move_to("Alpha")
    console.press("space")
    console.sees("COUNTING")
    before = running_t(console)
    console.until(lambda: running_t(console) != before, "T- stands")


def test_the_clock_depends_on_no_console(site: Site) -> None:
    """It is killed, and another one shows what would have been shown."""
    launch = site.opened(site.document(NIGHT, "night.yaml"))
    assert site.launchpad("t0", "in 2h", "--initials", "AB").returncode == 0
    began = time.monotonic()
    console = site.attach(launch)
    console.sees("COUNTING")
    os.kill(console.pid, signal.SIGKILL)
    console.wait_exit()
    again = site.attach(launch)
    again.sees("COUNTING", within=5)
    assert abs(clock(site)["t_s"] + 7200 - (time.monotonic() - began)) < 3
    assert site.launchpad("hold", "--reason", "vendor", "--initials", "CD").returncode == 0
    again.sees("HOLDING at T\u22121h59m", "CD, vendor", within=5)


def test_an_idle_console_writes_little_while_the_clock_runs(site: Site) -> None:
    launch = site.opened(
        site.document(NIGHT.replace("until: {phases: [edge]}", "lasts: 9m"), "n.yaml")
    )
    assert site.launchpad("t0", "in 15m", "--initials", "AB").returncode == 0
    console = site.attach(launch)
    console.sees("HOLD gate, ")
    # The conductor that it starts has come up, and nothing happens any more.
    console.sees("auto", "conducts the launch")
    console.settle()
    written, since = len(console.output), time.monotonic()
    console.until(lambda: time.monotonic() - since >= WATCHED_S, "", within=WATCHED_S + 1)
    bytes_per_s = (len(console.output) - written) / WATCHED_S
    print(f"idle, counting: {bytes_per_s:.0f} B/s")  # noqa: T201 - a figure for who runs it with -s
    assert 0 < bytes_per_s < BYTES_PER_S
