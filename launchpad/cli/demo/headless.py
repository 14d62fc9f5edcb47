"""`launchpad demo --headless`: the whole story without a terminal, and its log."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from types import FrameType
from typing import Final

from launchpad.cli import conducting
from launchpad.cli.configuration import state_folder
from launchpad.cli.demo.ending import closed, conductor_gone, end_processes, stagehand
from launchpad.cli.demo.stage import NotStarted, Stage, StandIn, set_up
from launchpad.cli.demo.story import Story
from launchpad.cli.events import event_line
from launchpad.cli.output import narrate, say
from launchpad.log.address import open_log
from launchpad.log.errors import LogError
from launchpad.log.store import Log
from launchpad.session.live import LiveLaunch

_ENDS_S: Final = 3.0


class _Terminated(BaseException):
    """SIGTERM or SIGHUP asked this process to end. Like KeyboardInterrupt, nothing catches it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def headless(flag: str | None) -> int:
    """Play the story and print its log; return 0 only if every part of it happened.

    flag: what --log said. Whatever was started has ended when this returns or raises. Raises
    LogError, OSError.
    """
    stage = set_up()
    os.environ.update(stage.surroundings)
    kept = True
    try:
        with _asked_to_end() as done:
            failed = _played(stage, stage.address(flag))
            done()
        kept = failed is not None
    except _Terminated as asked:
        return 128 + asked.number
    finally:
        if kept:
            narrate(f"what is left of it lies in {stage.folder}")
        else:
            shutil.rmtree(stage.folder, ignore_errors=True)
    if failed is None:
        narrate("every part of it happened")
        return 0
    narrate(f"launchpad: this did not happen: {failed}")
    return 1


def _played(stage: Stage, address: str) -> str | None:
    """Play, print the log, end everything; return the part that did not happen, None for none."""
    with closing(open_log(address, create=True)) as log:
        try:
            service = StandIn(stage, log.address)
        except NotStarted as why:
            narrate(str(why))
            return "the stand-in service starts"
        narrate(f"a stand-in shop answers at {service.base_url}")
        try:
            return _told(stage, log, service)
        finally:
            service.end()


def _told(stage: Stage, log: Log, service: StandIn) -> str | None:
    launch = stage.open(log, service.base_url, stagehand())
    live = LiveLaunch(log, launch)
    try:
        service.play(launch)
        conducting.start(log.address, launch)
        narrate(f"{launch} is open, in {log.address}")
        return Story(live, service, stage.folder).play()
    finally:
        _end(live)
        for event in log.events(launch):
            say(event_line(event, live.state))


def _end(live: LiveLaunch) -> None:
    """End what a story that broke off has left."""
    with suppress(LogError):
        if closed(live, stagehand()) and conductor_gone(live.log, live.launch, _ENDS_S):
            return
    end_processes(live, state_folder(), _ENDS_S)


@contextmanager
def _asked_to_end() -> Iterator[Callable[[], None]]:
    """Have SIGTERM and SIGHUP raise _Terminated here, and only the first of all signals count."""
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)

    def ignore_others() -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)

    def end(number: int, _frame: FrameType | None) -> None:
        ignore_others()
        raise KeyboardInterrupt if number == signal.SIGINT else _Terminated(number)

    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield ignore_others
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
