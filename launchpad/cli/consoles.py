"""Opening the console: on a launch, or on its home screen."""

import os
import shlex
from collections.abc import Callable
from functools import partial
from pathlib import Path

from launchpad.checklist.model import Checklist
from launchpad.cli.conducting import start
from launchpad.cli.configuration import state_folder
from launchpad.cli.identity import Claim, claimed_by, claimed_in, identified, merged
from launchpad.cli.reaching import launch_to_read, launch_to_write, log_at
from launchpad.cli.suggestions import remember, suggested
from launchpad.cli.terminal import require_console
from launchpad.launch.person import Person
from launchpad.log.store import Log
from launchpad.session.participant import Participant, participant


def attach(
    address: str | None,
    launch: str | None,
    initials: str | None,
    name: str | None,
    role: str | None,
    *,
    read_only: bool,
    mouse: bool,
) -> int:
    """Open the console on a launch that is under way; read-only, on the newest. Its exit status."""
    require_console(os.environ, "`launchpad status --watch` follows a launch without one")
    choose = launch_to_read if read_only else launch_to_write
    with log_at(address) as log:
        state = choose(log, launch).state
        return console(
            log,
            address,
            Claim(initials, name, role),
            launch=state.launch,
            checklist=state.checklist,
            read_only=read_only,
            mouse=mouse,
        )


def home(
    address: str | None,
    initials: str | None,
    name: str | None,
    role: str | None,
    *,
    mouse: bool,
) -> int:
    """Open the console on the log's launches and the checklists found here. Its exit status."""
    require_console(os.environ, "`launchpad --help` names the commands that need none")
    with log_at(address, create=True) as log:
        return console(log, address, Claim(initials, name, role), mouse=mouse)


def console(
    log: Log,
    address: str | None,
    claim: Claim,
    *,
    launch: str | None = None,
    opening: Callable[[Participant], str] | None = None,
    checklist: Checklist | None = None,
    read_only: bool = False,
    mouse: bool,
) -> int:
    """Run the console until somebody leaves it, and return its exit status.

    It shows a launch, or the one that opening makes for who says that they are here, or its home
    screen. address: as --log said, None where it said nothing; checklist: the launch's, where it
    is known already.
    """
    # Textual costs more to import than every other command takes.
    from launchpad.console.app import run_console  # noqa: PLC0415 - see above
    from launchpad.console.start import Start  # noqa: PLC0415 - see above

    return run_console(
        Start(
            address=log.address,
            log=log,
            launch=launch,
            opening=(lambda person: opening(_participant(person))) if opening else None,
            suggestion=_suggestion(claim),
            remember=partial(remember, state_folder(), os.environ),
            participant=_participant,
            folder=Path.cwd(),
            read_only=read_only,
            mouse=mouse,
            open_document=partial(_open_document, log, address),
            colleagues=partial(colleagues, log.address),
            conduct=partial(start, log.address),
            roles=tuple(role.title for role in checklist.roles) if checklist else (),
        )
    )


def colleagues(address: str, launch: str) -> str:
    """Return what others type to take part in a launch."""
    return f"launchpad attach --log {shlex.quote(address)} --launch {shlex.quote(launch)}"


def _suggestion(claim: Claim) -> Person | None:
    said = merged(
        [claim, claimed_in(os.environ), claimed_by(suggested(state_folder(), os.environ))]
    )
    return identified(said, None)[0] if said.initials else None


def _participant(person: Person) -> Participant:
    return participant(person, "console", os.environ)


def _open_document(log: Log, address: str | None, path: Path, person: Person) -> str:
    # Who attaches, and never opens another launch, does not wait for the readers of checklists.
    from launchpad.cli.opening_here import open_here  # noqa: PLC0415 - see above

    return open_here(log, address, path, _participant(person))
