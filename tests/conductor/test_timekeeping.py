"""What a conductor finds out about the launch's clock, and about what the steps need."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from launchpad.conductor.timekeeping import stepped_ms
from launchpad.launch.countdown import reading
from launchpad.launch.intents import HoldClock, RecordResult, ResumeClock, SetT0
from launchpad.launch.moment import Moment, moment_at, shifted
from launchpad.session.clock import now, rfc3339
from launchpad.session.live import LiveLaunch
from tests.conductor.conftest import Conducted

MINUTE_MS = 60_000
BEFORE = Moment("2026-11-21T20:00:00.000Z", 0, "boot")

HOLDING = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
holds:
  - {id: ready, at: T-10m, until: {phases: [edge]}}
commit-criteria:
  - {id: marker, text: The marker is there, probes: [seen], hold: true}
phases:
  - id: edge
    title: Edge
    items:
      - id: dns
        text: DNS points here
        probe:
          env: {name: MARKER, from: {file: env}}
          interval: 1s
          timeout: 1s
  - id: later
    title: Later
    items:
      - id: seen
        text: The marker is seen
        probe: {env: {name: SEEN, from: {file: env}}, interval: 1s, timeout: 1s}
"""
PREFLIGHT = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
phases:
  - {id: edge, title: Edge, items: [{id: dns, text: DNS points here}]}
rollback:
  steps:
    - {id: back, title: Point it back, command: {exec: [./switch.sh, old]}}
"""


@pytest.mark.parametrize("step", [0, 400, -400])
def test_a_clock_that_is_slewed_was_not_set(step: int) -> None:
    later = Moment(shifted(BEFORE.at, 2_000 + step), 2_000_000_000, "boot")
    assert stepped_ms(BEFORE, later) == 0


@pytest.mark.parametrize("step", [600, -600, 3_600_000, -86_400_000])
def test_a_clock_that_was_set_is_found_with_by_how_much(step: int) -> None:
    later = Moment(shifted(BEFORE.at, 2_000 + step), 2_000_000_000, "boot")
    assert stepped_ms(BEFORE, later) == step
    assert stepped_ms(BEFORE, replace(later, boot_id="another")) == 0


def scheduled(conducted: Conducted, in_ms: int) -> None:
    t0 = rfc3339(datetime.now(UTC) + timedelta(milliseconds=in_ms))
    conducted.does(lambda seen: SetT0(t0, "UTC", in_ms, None, seen))


def held_by(conducted: Conducted) -> list[str]:
    return [str(event.body["reason"]) for event in conducted.events("clock.held")]


def test_a_built_in_hold_is_opened_as_soon_as_its_items_are_done(tmp_path: Path) -> None:
    conducted = Conducted(tmp_path, HOLDING)
    try:
        (tmp_path / "env").write_text("MARKER=1\nSEEN=1\n")
        conducted.conducting()
        scheduled(conducted, 10 * MINUTE_MS)
        conducted.does(lambda seen: RecordResult("dns", "passed", "", seen))
        conducted.until(lambda: bool(conducted.events("clock.resumed")), "it is not opened")
        (opened,) = conducted.events("clock.resumed")
        assert (opened.body["hold"], opened.body["at_once"]) == ("ready", False)
        state = LiveLaunch(conducted.log, conducted.launch).state
        assert state.countdown
        shown = reading(state.countdown, state.checklist.holds, moment_at(now()))
        assert not shown.stands
    finally:
        conducted.close()


def test_a_commit_criterion_holds_the_clock_once_each_time_it_breaks(tmp_path: Path) -> None:
    conducted = Conducted(tmp_path, HOLDING)
    marker = tmp_path / "env"
    try:
        marker.write_text("MARKER=1\nSEEN=1\n")
        conducted.conducting()
        scheduled(conducted, 60 * MINUTE_MS)
        conducted.until(lambda: len(conducted.events("probe.changed")) == 2, "nothing is seen")
        assert held_by(conducted) == []
        marker.write_text("MARKER=1\n")
        conducted.until(lambda: len(held_by(conducted)) == 1, "the clock is not held")
        assert held_by(conducted) == ["commit criterion not met: The marker is there: seen is red"]
        (held,) = conducted.events("clock.held")
        assert held.body["criterion"]
        # Whoever resumes although it is red is not held again for it.
        conducted.does(lambda seen: ResumeClock("we know", moment_at(now()), seen))
        conducted.does(lambda seen: HoldClock("to compare", seen))
        conducted.does(lambda seen: ResumeClock("", moment_at(now()), seen))
        marker.write_text("MARKER=1\nSEEN=1\n")
        conducted.until(lambda: len(conducted.events("probe.changed")) == 4, "it is not mended")
        marker.write_text("MARKER=1\n")
        conducted.until(lambda: len(held_by(conducted)) == 3, "it is not held again")
    finally:
        conducted.close()


def test_what_the_steps_lack_is_found_when_the_conductor_starts(tmp_path: Path) -> None:
    conducted = Conducted(tmp_path, PREFLIGHT)
    try:
        first_one = conducted.conducting()
        conducted.until(lambda: bool(conducted.events("preflight.completed")), "nothing is said")
        (first,) = conducted.events("preflight.completed")
        missing = " ".join(map(str, first.body["missing"]))  # type: ignore[arg-type]  # a list
        assert "program ./switch.sh: not found" in missing
        assert "trust: " in missing
        script = tmp_path / "switch.sh"
        script.write_text("#!/bin/sh\n")
        os.chmod(script, 0o700)  # noqa: PTH101 - as a user would
        conducted.trust()
        first_one.kill()
        first_one.wait()
        conducted.conducting()
        conducted.until(lambda: len(conducted.events("preflight.completed")) == 2, "not again")
        assert conducted.events("preflight.completed")[1].body["missing"] == []
    finally:
        conducted.close()
