"""Opening a launch: a document becomes the first event of a launch of its own."""

import os
import secrets
import socket
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from launchpad import __version__
from launchpad.checklist.load import Document
from launchpad.launch.event import Event
from launchpad.launch.intents import OpenLaunch
from launchpad.launch.kinds import Commit, Home, LaunchOpened, Mode, SourceText
from launchpad.launch.moment import day
from launchpad.log.store import Log
from launchpad.session.clock import now
from launchpad.session.live import submit
from launchpad.session.participant import Participant, os_user
from launchpad.text.safe import one_line

# No letters or digits that are taken for each other when they are read out.
_READ_ALOUD = "abcdefghjkmnpqrstuvwxyz23456789"
_GIT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """A launch that was just opened: its id and its first event."""

    launch: str
    event: Event


def open_launch(
    log: Log,
    document: Document,
    path: Path,
    by: Participant,
    *,
    accept_ticked: bool,
    mode: Mode,
    vars: Mapping[str, str] = MappingProxyType({}),  # noqa: A002 - a checklist's word for them
) -> Opened:
    """Append launch.opened for a document read from path. Raises LogError.

    vars: the values of the checklist's variables, checked already.
    """
    source, checklist = document.source, document.checklist
    # Another word in rehearsals, so that a confirmation typed into the wrong pane is refused.
    word = checklist.code_word if mode == "live" else f"rehearse-{checklist.code_word}"
    tail = "".join(secrets.choice(_READ_ALOUD) for _ in range(4))
    launch = f"{word}-{day(now().at).replace('-', '')}-{tail}"
    opened = LaunchOpened(
        title=checklist.title,
        mode=mode,
        code_word=word,
        source=SourceText(
            name=one_line(path.name),
            sha256=source.sha256,
            encoding=source.encoding,
            text=source.text,
        ),
        reading=checklist,
        accept_ticked=accept_ticked,
        git=_commit(path),
        home=Home(
            host=socket.gethostname(),
            user=os_user(),
            directory=one_line(str(path.resolve().parent)),
        ),
        program=f"launchpad {__version__}",
        vars=dict(vars),
    )
    events = submit(log, launch, None, OpenLaunch(opened), by)
    return Opened(launch, events[0])


def _commit(path: Path) -> Commit | None:
    """Return the commit a file lies in; None outside git, without git, or where git refuses."""
    head = _git(path, "rev-parse", "HEAD")
    if head is None:
        return None
    changes = _git(path, "status", "--porcelain", "--", path.name)
    return Commit(id=head, modified=changes != "")


def _git(path: Path, *words: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(path.resolve().parent), *words],
            capture_output=True,
            check=False,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
            text=True,
            timeout=_GIT_SECONDS,
        )
    except (OSError, UnicodeDecodeError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
