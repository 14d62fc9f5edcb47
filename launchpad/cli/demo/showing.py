"""`launchpad demo` in the console: the stage is set, the launch opened for who comes, and left."""

import os
import shutil
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from launchpad.cli import conducting
from launchpad.cli.configuration import state_folder
from launchpad.cli.consoles import console
from launchpad.cli.demo import pointer
from launchpad.cli.demo.ending import conductor_gone, stagehand
from launchpad.cli.demo.stage import NotStarted, Stage, StandIn, set_up
from launchpad.cli.exits import REFUSED
from launchpad.cli.identity import Claim, claimed_by, claimed_in, merged
from launchpad.cli.output import narrate
from launchpad.cli.suggestions import suggested
from launchpad.cli.terminal import require_console
from launchpad.launch.intents import AddNote
from launchpad.log.address import open_log
from launchpad.log.errors import LogError, LogUnwritable
from launchpad.log.store import Log
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import Participant
from launchpad.steps.trust import Distrusted

_ENDS_S: Final = 3.0
# Short lines: they are read in the detail pane, also where it is small.
_HINT: Final = """\
This is a demo: the shop is made up, all else is real. ? lists every key.
Watch the probes turn green and T- run. space ticks, s signs, P polls, H holds.
Break the shop: press : and type demo, or type `launchpad demo break` elsewhere.
A card proposes the rollback: b, then type {word}, and see the steps mend it."""


def show(
    flag: str | None, initials: str | None, name: str | None, role: str | None, *, mouse: bool
) -> int:
    """Open the demo in the console; return the exit status. flag: what --log said.

    Raises Misused without a terminal, LogError, OSError.
    """
    require_console(os.environ, "`launchpad demo --headless` plays it without one")
    account = state_folder()
    before = claimed_by(suggested(account, os.environ))
    claim = merged([Claim(initials, name, role), claimed_in(os.environ), before])
    stage = set_up()
    os.environ.update(stage.surroundings)
    visit = None
    try:
        with closing(open_log(stage.address(flag), create=True)) as log:
            visit = _Visit(stage, log, StandIn(stage, log.address), account)
            status = console(log, log.address, claim, opening=visit.open, mouse=mouse)
            visit.leave()
            return status
    except NotStarted as why:
        narrate(f"launchpad: {why}")
        return REFUSED
    finally:
        if visit is None or visit.launch is None:
            shutil.rmtree(stage.folder, ignore_errors=True)


class _Visit:
    """One console on a demo that opens when somebody says who they are."""

    def __init__(self, stage: Stage, log: Log, service: StandIn, account: Path) -> None:
        """account: the account's own state folder, where other terminals look for the demo."""
        self._stage = stage
        self._log = log
        self._service = service
        self._account = account
        self.launch: str | None = None

    def open(self, by: Participant) -> str:
        """Open the launch, and start its conductor. Raises LogError."""
        try:
            launch = self._stage.open(self._log, self._service.base_url, by)
        except Distrusted as why:
            # All that a console understands of an opening that fails.
            raise LogUnwritable(str(why)) from why
        self.launch = launch
        self._service.play(launch)
        live = LiveLaunch(self._log, launch)
        first = next(live.state.checklist.items())
        hint = _HINT.format(word=live.state.code_word)
        live.submit(AddNote(first.id, hint), stagehand())
        # Neither must keep the console from opening: it starts a conductor itself, and shows it.
        with suppress(OSError):
            pointer.keep(self._account, pointer.Pointer(self._log.address, launch))
        with suppress(OSError):
            conducting.start(self._log.address, launch)
        return launch

    def leave(self) -> None:
        """Say what goes on and how to end it, or clear up where nothing does."""
        if self.launch is None:
            self._service.end()
            return
        with suppress(LogError):
            if LiveLaunch(self._log, self.launch).state.closure is None:
                narrate("Its shop and its conductor go on, too. To end them:")
                narrate("  launchpad demo stop")
                return
            conductor_gone(self._log, self.launch, _ENDS_S)
        if not self._service.ended(_ENDS_S):
            self._service.end()
        narrate(f"The demo is over; its log stays in {self._log.address}")
