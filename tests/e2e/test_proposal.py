"""A probe goes red, a real conductor trips the trigger, and people are asked on every console."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.flight import Flight
from tests.e2e.site import Site

pytestmark = pytest.mark.thorough

PROBE = """\
probes:
  health:
    command: {exec: [./check.sh]}
    conditions: ['[EXIT_CODE] == 0']
    interval: 1s
    timeout: 1s
"""
TRIGGER = """\
  triggers:
    - id: smoke
      probes: [health]
      active: {from: T-1h, until: T+1h}
      decide-within: 60s
  steps:
"""
STEPS = "- {id: back, title: Traffic back, command: {exec: [./step.sh, back, '0']}, expected: 5s}"


def test_what_a_probe_shows_is_asked_on_every_console_and_one_answer_settles_it(
    site: Site,
) -> None:
    check = site.folder / "check.sh"
    check.write_text("#!/bin/sh\ntest ! -e broken\n", encoding="utf-8")
    check.chmod(0o755)
    flight = Flight(site, STEPS, beside=PROBE, triggers=TRIGGER)
    soon = datetime.now(UTC) + timedelta(minutes=30)
    flight.does("t0", soon.isoformat(timespec="seconds"))
    ada = site.attach(flight.launch, "AB")
    ben = site.attach(flight.launch, "BC", columns=120, rows=40)

    ada.press("e")
    ada.sees("enter records the note")
    (site.folder / "broken").touch()
    ben.sees("ROLLBACK PROPOSED: Harbour cutover")
    ben.sees("trigger smoke tripped at ", "on health")
    ben.sees("left to decide")
    # A note is being typed here: it keeps the keys, and a banner tells.
    ada.sees("ROLLBACK PROPOSED, ")
    ada.sees("enter records the note")
    ada.press("escape")
    ada.sees("ROLLBACK PROPOSED: Harbour cutover")

    flight.does("trigger", "dismiss", "smoke", "--reason", "the vendor restarts", "--for", "10m")
    for console in (ada, ben):
        console.sees("trigger smoke: dismissed by AB at ", "the vendor restarts")
        console.sees("ROLLBACK WAS PROPOSED")
    assert "rollback.started" not in flight.kinds()
    flight.ends()
