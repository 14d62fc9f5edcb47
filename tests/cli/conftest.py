"""A folder with a checklist, a log of its own, and the command run in it: here or as a process."""

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from launchpad.cli.app import run

CHECKLIST = """\
# Storefront cutover

## Database

- [ ] **Migrations**: all are applied
- [ ] **Pooler**: answers
- [x] **Bucket**: is private

**Initial**: ____ **Date**: ____

## Cutover

- [ ] **DNS**: points at the new service

**Cutover Complete Time**: ____ **By**: ____
"""

# A launch that is observed, and has a way back.
ACTING = """\
launchpad: 1
title: Storefront cutover
code-word: storefront
vars:
  base-url: {required: true, matches: '^https?://', example: 'https://api.example.com'}
  region: {default: north}
secrets:
  job-token: {env: JOB_TOKEN}
roles: {dba: Database Admin}
phases:
  - id: database
    title: Database
    items:
      - id: migrations
        text: All migrations are applied
        probe:
          command: {exec: [echo, 6 applied]}
          conditions: ['[EXIT_CODE] == 0']
          interval: 2s
          timeout: 1s
    sign-off: {roles: [dba], meaning: approved, requires: all-items}
rollback:
  budget: 10m
  authority: any
  steps:
    - {id: dns, title: Point traffic back, command: {exec: [echo, back]}, expected: 90s}
    - {id: tell, title: Tell the stakeholders, manual: Post in the status channel}
"""


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit status, what it gave as data and what it told the person."""

    status: int
    data: bytes
    err: str

    @property
    def out(self) -> str:
        return self.data.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.data)


class Shell:
    """Runs launchpad in a folder, as somebody who works there would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "launch.db"
        self.checklist = folder / "launch.md"
        self.acting = folder / "launch.yaml"
        # The launches that a conductor was started for.
        self.conducted: list[str] = []

    def __call__(self, *words: object, stdin: bytes = b"") -> Done:
        """Run a command in this process, without a terminal."""
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                status = run([str(word) for word in words])
                out.flush()
        assert isinstance(out.buffer, io.BytesIO)
        return Done(status, out.buffer.getvalue(), err.getvalue())

    def process(self, *words: object, **changed: Any) -> Done:
        """Run a command in a process of its own, without a terminal."""
        done = subprocess.run(
            [sys.executable, "-m", "launchpad", *map(str, words)],
            check=False,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=30,
            **changed,
        )
        return Done(done.returncode, done.stdout, done.stderr.decode())

    def opens(self, *words: object) -> str:
        """Open a launch of the checklist and return its id."""
        return self._opens(self.checklist, *words)

    def opens_acting(self, *words: object) -> str:
        """Open a launch that is observed and has a way back, and return its id."""
        self.acting.write_text(ACTING)
        return self._opens(self.acting, "--trust", "--var", "base-url=https://x.example", *words)

    def _opens(self, *words: object) -> str:
        done = self("run", "--no-console", *words)
        assert done.status == 0, done.err
        return done.out.strip()


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Make a folder with a checklist, and nobody who said who they are or which log they mean."""
    for name in list(os.environ):
        if name.startswith(("LAUNCHPAD_", "SSH_", "TMUX", "STY")) and name != "LAUNCHPAD_SEEDS":
            monkeypatch.delenv(name)
    # As a shell starts it: output to a pipe is buffered.
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    shell = Shell(tmp_path)
    shell.checklist.write_text(CHECKLIST)
    monkeypatch.setattr(
        "launchpad.cli.conducting.start_conductor",
        lambda _address, launch, _folder: shell.conducted.append(launch),
    )
    return shell


@pytest.fixture
def launchpad(bare: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Make the same, for AB with a log of their own."""
    monkeypatch.setenv("LAUNCHPAD_LOG", str(bare.log))
    monkeypatch.setenv("LAUNCHPAD_INITIALS", "AB")
    monkeypatch.setenv("LAUNCHPAD_NAME", "Ada B")
    monkeypatch.setenv("LAUNCHPAD_ROLE", "dba")
    return bare


@pytest.fixture
def acting(launchpad: Shell) -> Shell:
    """Make the same, with a launch under way that is observed and has a way back."""
    launchpad.opens_acting()
    return launchpad


@pytest.fixture
def opened(launchpad: Shell) -> Shell:
    """Make the same, with a launch of the checklist under way."""
    launchpad.opens()
    return launchpad
