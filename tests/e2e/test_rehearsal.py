"""A rehearsal, then the launch: what was rehearsed is known, what was not is flagged."""

from pathlib import Path

import pytest

from tests.e2e.flight import CHECKLIST, STEP
from tests.e2e.site import Site

pytestmark = pytest.mark.thorough

STEPS = """\
    - id: dns
      title: Traffic back
      command: {exec: [./step.sh, dns, "0"]}
      rehearse: {exec: [./step.sh, rehearsed, "0"]}
      expected: 1s
    - {id: jobs, title: Jobs off, command: {exec: [./step.sh, jobs, "0"]}, expected: 1s}
    - {id: tell, title: Tell everybody, manual: Call them}
"""


def does(site: Site, *arguments: str) -> str:
    done = site.launchpad(*arguments, "--initials", "AB")
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def plan(site: Site) -> Path:
    script = site.folder / "step.sh"
    script.write_text(STEP, encoding="utf-8")
    script.chmod(0o755)
    return site.document(CHECKLIST + STEPS, "plan.yaml")


def test_what_a_rehearsal_did_is_known_to_the_launch(site: Site) -> None:
    run = ("run", str(plan(site)), "--trust", "--no-console")
    rehearsal = does(site, *run, "--rehearse").strip()
    assert rehearsal.startswith("rehearse-harbour-")
    assert "REHEARSAL" in site.launchpad("status").stdout.decode()
    refused = site.launchpad(
        *("rollback", "start", "--reason", "drill", "--confirm", "harbour", "--initials", "AB")
    )
    assert refused.returncode == 1
    does(site, "rollback", "start", "--reason", "drill", "--confirm", "rehearse-harbour")
    site.until_event(rehearsal, "step.started", "tell")
    does(site, "confirm", "tell")
    site.until_event(rehearsal, "step.finished", "tell")
    effects = (site.folder / "effects").read_text(encoding="utf-8").splitlines()
    assert effects == ["begin rehearsed", "end rehearsed"]
    assert "REHEARSAL" in site.launchpad("print").stdout.decode()
    does(site, "close", "--outcome", "rolled-back", "--confirm", "rehearse-harbour")

    launch = does(site, *run).strip()
    text = site.launchpad("status").stdout.decode()
    assert "  dns   Traffic back    expected 1s, took 0s in the rehearsal of " in text
    assert "  tell  Tell everybody  no estimate, took " in text
    assert "  never rehearsed: jobs\n" in text
    console = site.attach(launch)
    console.press("R")
    console.sees("never rehearsed: jobs")
    console.sees("took 0s")
    console.press("escape")
    console.press("D")
    console.sees("never rehearsed: jobs")
    does(site, "close", "--outcome", "scrubbed", "--confirm", "harbour")
