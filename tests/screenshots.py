"""Make the README's screenshots from a launch that ran: `python -m tests.screenshots`.

The demo is played with its service and its conductor: two people tick, sign and vote, the service
breaks, a trigger proposes the rollback, it begins; the console is drawn on the way.
"""

import asyncio
import os
import re
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from launchpad.cli import conducting
from launchpad.cli.configuration import state_folder
from launchpad.cli.demo.ending import closed, conductor_gone, end_processes
from launchpad.cli.demo.stage import StandIn, set_up
from launchpad.console.app import Console
from launchpad.console.start import Start
from launchpad.launch.intents import (
    AddNote,
    CastVote,
    Intent,
    OpenPoll,
    RecordResult,
    SignOffSlot,
    StartRollback,
    SwitchDemo,
)
from launchpad.launch.moment import moment_at
from launchpad.launch.person import Person
from launchpad.log.address import open_log
from launchpad.log.store import Log
from launchpad.session.clock import now
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import Participant, participant

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".readme"
ADA, CLEO = Person("AB", "Ada B", "ops"), Person("CD", "Cleo D", "owner")
LIMIT_S = 30.0

# The drawing names web fonts; a reader's own monospace font does as well, without asking anybody.
_WEB_FONT = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)


def taking_part(person: Person) -> Participant:
    return participant(person, "console", {})


class Play:
    """The demo's launch, and what two people do to it."""

    def __init__(self, log: Log, launch: str) -> None:
        self.log = log
        self.launch = launch
        self.live = LiveLaunch(log, launch)

    def does(self, person: Person, intent: Callable[[int], Intent]) -> None:
        self.live.catch_up()
        self.live.submit(intent(self.live.state.head.seq), taking_part(person))

    def until(self, condition: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + LIMIT_S
        while not condition():
            assert time.monotonic() < deadline, f"{what} did not happen"
            time.sleep(0.05)
            self.live.catch_up()

    def states(self) -> set[str]:
        """Return the states that the probes are in."""
        probes = self.live.state.probes
        known = {probe.id for probe in self.live.state.checklist.probes} <= set(probes)
        return {standing.state for standing in probes.values()} if known else set()

    def begin(self) -> None:
        """Work until the poll is open, and one of two roles has voted."""
        self.until(lambda: self.states() == {"success"}, "every probe is green")
        first, second, *_ = self.live.state.checklist.phases
        for item in first.items:
            self.does(ADA, lambda seen, item=item.id: RecordResult(item, "passed", "", seen))  # type: ignore[misc]  # the default is what binds it
        slot = next(each for each in self.live.state.checklist.signoffs if each.phase == first.id)
        self.does(ADA, lambda seen: SignOffSlot(slot.id, "AB", slot.meaning, None, seen))
        self.does(CLEO, lambda _seen: AddNote(second.items[0].id, "the release is out since noon"))
        self.does(ADA, lambda seen: RecordResult(second.items[0].id, "passed", "", seen))
        self.does(ADA, lambda seen: OpenPoll(second.id, None, None, seen))
        self.does(ADA, lambda seen: CastVote(None, "go", "", moment_at(now()), seen))

    def breaks(self) -> None:
        """Break the service, and wait until a trigger proposes the rollback."""
        self.does(CLEO, lambda _seen: SwitchDemo("failing"))
        self.until(lambda: self.live.state.triggers.proposal is not None, "nothing is proposed")

    def go_back(self) -> None:
        """Begin the rollback, and wait for its second step."""
        word = self.live.state.code_word
        reason = "customers cannot pay, and health answers 503"
        self.does(ADA, lambda seen: StartRollback(reason, word, None, seen))
        second = self.live.state.checklist.rollback.steps[1].id  # type: ignore[union-attr]  # the demo has one
        self.until(
            lambda: bool(self.log.outputs(self.launch, 1, second, 1)), "the second step prints"
        )


async def drawn(play: Play, size: tuple[int, int], *keys: str, sees: str) -> str:
    """Show the launch at a size, press keys, and return what is seen as SVG."""
    start = Start(
        address=play.log.address,
        log=play.log,
        launch=play.launch,
        opening=None,
        suggestion=ADA,
        remember=lambda _person: None,
        participant=taking_part,
        folder=ROOT,
        read_only=False,
        mouse=True,
        open_document=lambda _path, _person: play.launch,
        colleagues=lambda launch: f"launchpad attach --launch {launch}",
        conduct=lambda _launch: None,
    )
    app = Console(start)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await until_seen(app, pilot, "LIVE")
        await pilot.press(*keys)
        await until_seen(app, pilot, sees)
        svg = app.export_screenshot(title="launchpad")
    # Blanks at the start of a run are cells too.
    return _WEB_FONT.sub("", svg).replace("<svg ", '<svg xml:space="preserve" ', 1)


async def until_seen(app: Console, pilot: Any, text: str) -> None:
    deadline = time.monotonic() + LIMIT_S
    while text not in app.export_screenshot().replace("&#160;", " "):
        assert time.monotonic() < deadline, f"{text!r} is not seen"
        await pilot.pause(0.1)


def keep(name: str, svg: str) -> None:
    """Write a picture, and say so."""
    FOLDER.mkdir(exist_ok=True)
    picture = FOLDER / f"{name}.svg"
    picture.write_text(svg, encoding="utf-8")
    sys.stdout.write(f"{picture.relative_to(ROOT)}\n")


def pictures(play: Play) -> None:
    """Play, and draw on the way."""
    play.begin()
    for columns, rows in ((80, 24), (120, 40)):
        svg = asyncio.run(drawn(play, (columns, rows), "2", sees="GO 1 of 2"))
        keep(f"launch-{columns}x{rows}", svg)
    play.breaks()
    keep("proposal-80x24", asyncio.run(drawn(play, (80, 24), sees="left to decide")))
    play.go_back()
    keep("rollback-80x24", asyncio.run(drawn(play, (80, 24), "R", sees="ROLLBACK")))


def main() -> int:
    """Play the demo, write the pictures, end what was started; return the exit status."""
    stage = set_up()
    os.environ.update(stage.surroundings)
    with closing(open_log(stage.address(None), create=True)) as log:
        service = StandIn(stage, log.address)
        launch = stage.open(log, service.base_url, taking_part(CLEO))
        try:
            service.play(launch)
            conducting.start(log.address, launch)
            pictures(Play(log, launch))
        finally:
            live = LiveLaunch(log, launch)
            if not (closed(live, taking_part(CLEO)) and conductor_gone(log, launch, LIMIT_S)):
                end_processes(live, state_folder(), LIMIT_S)
            service.end()
    shutil.rmtree(stage.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
