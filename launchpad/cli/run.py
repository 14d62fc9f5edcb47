"""`launchpad run`: a launch is opened, colleagues are told how to join, the console starts."""

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from launchpad.checklist.load import Document, load
from launchpad.cli.consoles import colleagues, console
from launchpad.cli.identity import Claim
from launchpad.cli.output import narrate, say
from launchpad.cli.reaching import log_at
from launchpad.cli.signer import signer
from launchpad.cli.terminal import ask, require_console, somebody_answers
from launchpad.launch.kinds import Mode
from launchpad.launch.moment import day, minute
from launchpad.launch.refused import Refused
from launchpad.log.store import Log
from launchpad.session.launches import Entry, entries, open_from
from launchpad.session.opening import open_launch
from launchpad.session.participant import Participant
from launchpad.text.safe import one_line


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be opened, and how.

    another: although a launch of the same document is open; console: whether to open one.
    """

    checklist: Path
    mode: Mode
    accept_ticked: bool
    another: bool
    console: bool
    read_only: bool
    mouse: bool


def run(
    wish: Wish, address: str | None, initials: str | None, name: str | None, role: str | None
) -> int:
    """Open a launch, or attach to the one that is open already. Returns the exit status."""
    if wish.console:
        require_console(os.environ, "--no-console opens the launch without one")
    document = load(wish.checklist)
    # Named before anything is opened, so that nothing is opened for nobody. A console asks itself.
    asked_by_console = wish.console and not wish.read_only
    by = None if asked_by_console else signer(initials, name, role)
    with log_at(address, create=True, beside=wish.checklist.absolute().parent) as log:
        opening = partial(_open, wish, document, log)
        launch = None if wish.another else _already_open(wish, document, log)
        if launch is None and by is not None:
            launch = opening(by)
        claim = Claim(initials, name, role)
        show = partial(console, log, claim, read_only=wish.read_only, mouse=wish.mouse)
        if launch is None:
            return show(opening=opening)
        narrate("colleagues take part with:")
        narrate(f"  {colleagues(log.address, launch)}")
        if wish.console:
            return show(launch=launch)
        say(launch)
        return 0


def _open(wish: Wish, document: Document, log: Log, by: Participant) -> str:
    return open_launch(
        log, document, wish.checklist, by, accept_ticked=wish.accept_ticked, mode=wish.mode
    ).launch


def _already_open(wish: Wish, document: Document, log: Log) -> str | None:
    """Return the launch to attach to, None to open another. Raises Refused."""
    open_already = open_from(entries(log), str(wish.checklist.resolve()), document.source.sha256)
    if not open_already:
        return None
    newest = open_already[-1]
    if not (wish.console and somebody_answers()):
        raise Refused(
            f"{_described(newest)}; `{colleagues(log.address, newest.launch)}` takes part, "
            "--another opens another launch"
        )
    narrate(_described(newest))
    match ask("Attach to it, or open another? [attach/another]").casefold():
        case "attach":
            return newest.launch
        case "another":
            return None
        case _:
            raise Refused("nothing was opened")


def _described(entry: Entry) -> str:
    return (
        f"this checklist is open already, as {entry.launch} ({entry.mode}), "
        f"by {entry.opened_by} on {day(entry.opened_at)} at {minute(entry.opened_at)}: "
        f"{one_line(entry.title)}"
    )
