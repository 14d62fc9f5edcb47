"""A launch with a conductor: a native checklist whose steps leave their effects in a file."""

import contextlib
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.e2e.site import Site

WORD = "harbour"
_LIMIT_S = 20.0

# A step writes its name when it begins and when it has had its effect.
STEP = """\
#!/bin/sh
echo "begin $1" >> effects
echo "working on $1"
sleep "$2"
echo "end $1" >> effects
echo "done with $1"
"""

CHECKLIST = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
phases:
  - id: edge
    title: Edge
    items:
      - {id: dns, text: DNS points here}
rollback:
  budget: 1m
  authority: any
  steps:
"""


class Flight:
    """A launch of a native checklist on a site, and what became of its steps."""

    def __init__(
        self,
        site: Site,
        steps: str,
        *,
        script: str = STEP,
        beside: str = "",
        triggers: str = "  steps:\n",
    ) -> None:
        """Open the launch. steps: of the rollback, in YAML, one a line.

        beside: what stands at the top of the checklist; triggers: the rollback's, and `steps:`.
        """
        self.site = site
        (site.folder / "step.sh").write_text(script, encoding="utf-8")
        (site.folder / "step.sh").chmod(0o755)
        indented = "".join(f"    {line}\n" for line in steps.splitlines())
        self.document = site.document(
            CHECKLIST.replace("  steps:\n", triggers) + indented + beside, "plan.yaml"
        )
        done = site.launchpad(
            *("run", str(self.document), "--trust", "--no-console", "--initials", "AB")
        )
        assert done.returncode == 0, done.stderr.decode()
        self.launch = done.stdout.decode().strip()

    # Acting

    def does(self, *arguments: str) -> None:
        """Run a command of the launch that has to succeed."""
        done = self.site.launchpad(*arguments, "--launch", self.launch, "--initials", "AB")
        assert done.returncode == 0, done.stderr.decode()

    def rolls_back(self) -> None:
        """Start the rollback."""
        self.does("rollback", "start", "--reason", "smoke test failed", "--confirm", WORD)

    def kills_conductor(self) -> int:
        """End the conductor without asking, and return its process id."""
        pid = self.conductor
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        return pid

    # Seeing

    @property
    def status(self) -> dict[str, Any]:
        """What `launchpad status` says."""
        done = self.site.launchpad("status", "--launch", self.launch, "--format", "json")
        assert done.returncode == 0, done.stderr.decode()
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    @property
    def conductor(self) -> int | None:
        """The process id of the conductor that last took the lease."""
        with self.site.opened_log() as log:
            lease = log.lease(self.launch)
        return lease.pid if lease else None

    @property
    def runner(self) -> int:
        """The process id of the runner that took the only claim there is."""
        (claim,) = self.site.folder.rglob("claim")
        return int(json.loads(claim.read_bytes())["pid"])

    @property
    def effects(self) -> list[str]:
        """What the steps did, in order."""
        with contextlib.suppress(FileNotFoundError):
            return (self.site.folder / "effects").read_text(encoding="utf-8").splitlines()
        return []

    def kinds(self, *wanted: str) -> list[str]:
        """Return the kinds of the launch's events, in order."""
        return [event.kind for event in self.site.events(self.launch, *wanted)]

    def step(self, name: str) -> str:
        """Return a step's state."""
        steps = (self.status["rollback"] or {"steps": []})["steps"]
        return str(next((each["state"] for each in steps if each["id"] == name), "pending"))

    def until(self, condition: Callable[[], bool], otherwise: str) -> None:
        """Wait until a condition holds."""
        deadline = time.monotonic() + _LIMIT_S
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"{otherwise}; {self.status['rollback']}; {self.said}")
            time.sleep(0.05)

    @property
    def said(self) -> str:
        """What conductors said outside the log."""
        files = self.site.folder.rglob(f"{self.launch}.log")
        return "".join(path.read_text(encoding="utf-8") for path in files)

    def ends(self) -> None:
        """Close the launch, and wait until its conductor is gone."""
        self.does("close", "--outcome", "rolled-back", "--confirm", WORD)


def opened(site: Site, document: Path) -> str:
    """Open a launch by the command, and return its id."""
    done = site.launchpad("run", str(document), "--no-console", "--initials", "AB")
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()
