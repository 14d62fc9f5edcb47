"""A console under Textual's pilot, on a real log."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.load import load
from launchpad.console.app import Console
from launchpad.console.ink import UNICODE
from launchpad.console.start import Start
from launchpad.launch.intents import Intent
from launchpad.launch.person import Person
from launchpad.log.address import open_log
from launchpad.log.store import Log
from launchpad.session.live import LiveLaunch
from launchpad.session.opening import open_launch
from launchpad.session.participant import Participant, participant

DOCUMENT = """\
# Two phases

## First

- [ ] **Alpha**: one
- [ ] **Beta**: two [/foo]
- [x] **Gamma**: three

**Initial**: ____ **Date**: ____

## Second

- [ ] Delta
"""
ADA, CLEO = Person("AB", "Ada B", "dba"), Person("CD", "Cleo D", "")


def taking_part(person: Person) -> Participant:
    return participant(person, "console", {})


class Night:
    """One launch in a log of its own, with a colleague at work elsewhere."""

    def __init__(self, folder: Path, document: str = DOCUMENT, name: str = "two.md") -> None:
        self.folder = folder
        self.path = folder / name
        self.path.write_text(document, encoding="utf-8")
        self.log: Log = open_log(str(folder / "launch.db"), create=True)
        self.launch = self.open(self.path, ADA)
        self.remembered: list[Person] = []
        self.conducted: list[str] = []
        self.refusal: str | None = None

    def open(self, path: Path, person: Person) -> str:
        return open_launch(
            self.log, load(path), path, taking_part(person), accept_ticked=False, mode="live"
        ).launch

    def open_document(self, path: Path, person: Person) -> str:
        """Open a launch from the home screen, unless a checklist is to be refused."""
        if self.refusal:
            raise ChecklistError(self.refusal)
        return self.open(path, person)

    def live(self) -> LiveLaunch:
        return LiveLaunch(self.log, self.launch)

    def colleague(self, intent: Callable[[int], Intent]) -> None:
        """Let somebody else record something; intent takes the seq that they saw."""
        live = self.live()
        live.submit(intent(live.state.head.seq), taking_part(CLEO))

    def console(self, *, home: bool = False, read_only: bool = False) -> Console:
        return Console(
            Start(
                address=self.log.address,
                log=self.log,
                launch=None if home else self.launch,
                opening=None,
                suggestion=ADA,
                remember=self.remembered.append,
                participant=taking_part,
                folder=self.folder,
                read_only=read_only,
                mouse=True,
                open_document=self.open_document,
                colleagues=lambda launch: f"launchpad attach --launch {launch}",
                conduct=self.conducted.append,
            ),
            UNICODE,
        )


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    night = Night(tmp_path)
    yield night
    night.log.close()
