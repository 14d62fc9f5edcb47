"""`launchpad run`: a launch is opened, colleagues are told how to join, the console starts."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from launchpad.checklist.load import Document, load
from launchpad.checklist.requests import runs_or_sends
from launchpad.cli import conducting, trusting
from launchpad.cli.configuration import checklist_log
from launchpad.cli.consoles import colleagues, console
from launchpad.cli.identity import Claim
from launchpad.cli.misused import Misused
from launchpad.cli.output import narrate, say
from launchpad.cli.reaching import log_at
from launchpad.cli.scheduling import Scheduling, scheduling
from launchpad.cli.searching import found
from launchpad.cli.sheets import SheetBehind, written
from launchpad.cli.signer import signer
from launchpad.cli.solvency import REHEARSED
from launchpad.cli.terminal import ask, require_console, somebody_answers
from launchpad.cli.variables import values
from launchpad.launch.kinds import Mode
from launchpad.launch.moment import day, minute
from launchpad.launch.refused import Refused
from launchpad.log.store import Log
from launchpad.session.conductor import wants_conductor
from launchpad.session.launches import Entry, entries, open_from
from launchpad.session.opening import open_launch
from launchpad.session.participant import Participant
from launchpad.text.safe import one_line


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be opened, and how.

    another: although a launch of the same document is open; values: of its variables, NAME=VALUE
    each; t0: when T-0 is, as typed; trust: its commands, unseen; console: whether to open one.
    """

    checklist: Path
    mode: Mode
    accept_ticked: bool
    another: bool
    values: tuple[str, ...]
    t0: str | None
    trust: bool
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
    t0 = scheduling(wish.t0)
    # Named before anything is opened, so that nothing is opened for nobody. A console asks itself.
    asked_by_console = wish.console and not wish.read_only
    by = None if asked_by_console else signer(initials, name, role)
    with log_at(
        address,
        create=True,
        beside=wish.checklist.absolute().parent,
        checklist=checklist_log(document.checklist.log, wish.checklist),
    ) as log:
        not_set = None
        launch = None if wish.another else _already_open(wish, document, log)
        if launch and t0:
            raise Misused(f"{launch} is open already: launchpad t0 gives it another T-0")
        claim = Claim(initials, name, role)
        show = partial(
            console,
            log,
            address,
            claim,
            checklist=document.checklist,
            read_only=wish.read_only,
            mouse=wish.mouse,
        )
        if launch is None:
            given = values(document, wish.values, found)
            trusting.require(document, wish.checklist, unseen=wish.trust)
            _tell_missing(document, wish, given)
            opening = partial(_open, wish, document, given, log)
            if by is None:
                sheet = SheetBehind(log)
                status = show(opening=partial(_conducted, document, log, sheet, opening, t0))
                sheet.tell()
                return status
            launch = opening(by)
            not_set = t0.not_given(log, launch, by) if t0 else None
            if t0 and not not_set:
                narrate(t0.told())
            if wants_conductor(document.checklist):
                conducting.try_to_start(log.address, launch)
                conducting.tell_ending(log.address, launch)
            narrate(written(log, launch))
        narrate("colleagues take part with:")
        narrate(f"  {colleagues(log.address, launch)}")
        if wish.console:
            return show(launch=launch)
        say(launch)
        if not_set:
            raise Refused(not_set)
        return 0


def _open(
    wish: Wish, document: Document, given: Mapping[str, str], log: Log, by: Participant
) -> str:
    return open_launch(
        log,
        document,
        wish.checklist,
        by,
        accept_ticked=wish.accept_ticked,
        mode=wish.mode,
        vars=given,
    ).launch


def _conducted(
    document: Document,
    log: Log,
    sheet: SheetBehind,
    opening: Callable[[Participant], str],
    t0: Scheduling | None,
    by: Participant,
) -> str:
    launch = opening(by)
    if t0:
        # Where it is refused, the console shows that T-0 is not set.
        t0.not_given(log, launch, by)
    sheet.begin(launch)
    if wants_conductor(document.checklist):
        # Nothing may be told across its screen: a console tries again, and shows what it has not.
        with suppress(OSError):
            conducting.start(log.address, launch)
    return launch


def _tell_missing(document: Document, wish: Wish, given: Mapping[str, str]) -> None:
    """Tell what the launch's commands will miss; the launch opens all the same."""
    if not runs_or_sends(document.checklist):
        return
    # A checklist without commands does not wait for what looks for programs and secrets.
    import asyncio  # noqa: PLC0415 - see above

    from launchpad.steps.agents import agent_warnings  # noqa: PLC0415 - see above
    from launchpad.steps.preflight import preflight  # noqa: PLC0415 - see above

    for warning in agent_warnings(document.checklist, os.environ):
        narrate(f"warning: {warning}")
    folder, rehearsing = wish.checklist.resolve().parent, wish.mode == "rehearsal"
    if rehearsing:
        narrate(REHEARSED)
    looked = preflight(
        document.checklist, given, os.environ, folder, trusted=True, rehearsing=rehearsing
    )
    for missing in asyncio.run(looked):
        narrate(f"missing: {missing.what}: {missing.why}")


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
