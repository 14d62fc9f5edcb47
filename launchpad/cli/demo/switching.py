"""Breaking, mending and stopping a demo that is open already, from any terminal of its account."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from launchpad.cli.configuration import VARIABLE, state_folder
from launchpad.cli.demo import pointer
from launchpad.cli.demo.ending import STAGEHAND, closed, conductor_gone, end_processes
from launchpad.cli.events import event_line
from launchpad.cli.exits import REFUSED
from launchpad.cli.identity import Claim, claimed_in, identified, merged
from launchpad.cli.output import narrate, say
from launchpad.launch.intents import SwitchDemo
from launchpad.launch.operations import DemoMode
from launchpad.launch.rollback_rules import DEMO_DOCUMENT
from launchpad.log.address import open_log
from launchpad.log.store import Log
from launchpad.session.launches import Entry, NoSuchChoice, entries, named
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import Participant, participant

_ENDS_S: Final = 5.0
_NONE_OPEN: Final = "no demo is open; `launchpad demo` starts one"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which demo is meant, and who acts; None for what nobody said."""

    log: str | None
    launch: str | None
    initials: str | None
    name: str | None
    role: str | None


def switch(mode: DemoMode, wanted: Wanted) -> None:
    """Have a demo's service fail or be healthy. Raises NoSuchChoice, Refused, LogError."""
    with _demo(wanted) as live:
        events = live.submit(SwitchDemo(mode), _by(wanted))
        say(event_line(events[-1], live.state))


def stop(wanted: Wanted) -> int:
    """Close a demo's launch, and see its processes gone. Raises NoSuchChoice, LogError."""
    with _demo(wanted) as live:
        if not closed(live, _by(wanted)):
            end_processes(live, state_folder(), _ENDS_S)
            narrate(
                f"{live.launch} could not be closed, since step {live.state.running_step} still "
                "runs; its conductor was ended, and its shop ends within ten minutes"
            )
            return REFUSED
        gone = conductor_gone(live.log, live.launch, _ENDS_S)
        narrate(f"{live.launch} is closed; its log stays in {live.log.address}")
        if not gone:
            narrate("its conductor still runs, and ends when it sees that")
        return 0


def _by(wanted: Wanted) -> Participant:
    """Return who acts: nobody is asked, since the demo's own hand may do it."""
    said = merged([Claim(wanted.initials, wanted.name, wanted.role), claimed_in(os.environ)])
    who = identified(said, None)[0] if said.initials else STAGEHAND
    return participant(who, "command", os.environ)


@contextmanager
def _demo(wanted: Wanted) -> Iterator[LiveLaunch]:
    """Open the demo that is meant: in the log that is named, else where the newest one plays."""
    address, launch = wanted.log or os.environ.get(VARIABLE), wanted.launch
    if address is None:
        known = pointer.kept(state_folder())
        if known is None:
            raise NoSuchChoice(_NONE_OPEN)
        address, launch = known.log, launch or known.launch
    log = open_log(address, create=False)
    try:
        yield LiveLaunch(log, _chosen(log, launch).launch)
    finally:
        log.close()


def _chosen(log: Log, launch: str | None) -> Entry:
    """Return the launch of this id, else the newest demo that is open."""
    known = entries(log)
    if launch is not None:
        return named(known, launch)
    demos = [each for each in known if each.open and each.path.endswith(f"/{DEMO_DOCUMENT}")]
    if not demos:
        raise NoSuchChoice(_NONE_OPEN)
    return demos[-1]
