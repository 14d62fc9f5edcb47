"""Trusting what a checklist runs: shown first, agreed to by somebody, kept for this account."""

import shlex
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from launchpad.checklist.load import Document, load
from launchpad.checklist.requests import runs_or_sends
from launchpad.cli.acting import require_answer
from launchpad.cli.configuration import state_folder
from launchpad.cli.exits import NOT_TRUSTED
from launchpad.cli.output import flush, narrate, say
from launchpad.cli.terminal import agreed, somebody_answers
from launchpad.session.participant import os_user
from launchpad.steps.commands import shown
from launchpad.steps.trust import NotTrusted, check, difference, earlier, trust
from launchpad.text.safe import one_line

_QUESTION = "Trust these commands?"


def show(path: Path, *, yes: bool) -> int:
    """Show what a checklist would run, and trust it if somebody agrees. The exit status.

    Raises ChecklistError, Distrusted where it cannot be trusted, and Misused where nobody answers.
    """
    asked = _Asked(load(path), path)
    if not asked.runs:
        say(f"{asked.name} runs nothing; there is nothing to trust")
        return 0
    for line in asked.lines():
        say(line)
    flush()
    if not yes:
        require_answer("nothing is trusted yet; --yes agrees to what is shown")
        if not agreed(_QUESTION):
            narrate(f"{asked.name} is not trusted")
            return NOT_TRUSTED
    asked.keep()
    narrate(f"{asked.name} is trusted by {asked.user}, as it is now")
    return 0


def require(document: Document, path: Path, *, unseen: bool) -> None:
    """See to it that what a checklist runs is trusted, before its launch is opened.

    unseen: trust it without asking. Raises NotTrusted, and Distrusted where it cannot be trusted.
    """
    asked = _Asked(document, path)
    if not asked.runs:
        return
    try:
        asked.check()
    except NotTrusted as why:
        if unseen:
            asked.keep()
            return
        if not somebody_answers():
            raise NotTrusted(
                f"{why}; `launchpad trust {shlex.quote(str(path))}` shows what it runs, "
                "--trust trusts it unseen"
            ) from None
        for line in asked.lines():
            narrate(line)
        if not agreed(_QUESTION):
            raise NotTrusted(f"{asked.name} is not trusted; nothing was done") from None
        asked.keep()


def require_kept(document: Document, path: Path) -> None:
    """Raise NotTrusted, with what to type, where nobody can be asked about a checklist."""
    asked = _Asked(document, path)
    if not asked.runs:
        return
    try:
        asked.check()
    except NotTrusted as why:
        raise NotTrusted(f"{why}; `launchpad trust {shlex.quote(str(path))}` asks you") from None


@dataclass(frozen=True, slots=True)
class _Asked:
    """One checklist, and whoever is asked to trust it."""

    document: Document
    path: Path

    @property
    def name(self) -> str:
        return one_line(self.document.source.name)

    @property
    def user(self) -> str:
        return os_user()

    @property
    def folder(self) -> Path:
        return self.path.resolve().parent

    @property
    def runs(self) -> bool:
        # Where a secret comes from and goes to is as much as a command.
        checklist = self.document.checklist
        return runs_or_sends(checklist) or bool(checklist.secrets)

    def lines(self) -> Iterator[str]:
        """Yield what it runs, and what changed since a version of it was trusted."""
        source = self.document.source
        yield from shown(self.document.checklist, self.folder, self.user, socket.gethostname())
        before = earlier(state_folder(), self.folder, source.name)
        if before is not None and before != source.text:
            yield ""
            yield from difference(before, source.text)

    def check(self) -> None:
        document = self.document
        check(state_folder(), document.source, document.checklist, self.folder, self.user)

    def keep(self) -> None:
        document = self.document
        trust(state_folder(), document.source, document.checklist, self.folder, self.user)
