"""Make the README's screenshots from a launch that ran: `python -m tests.screenshots`.

Two people work through the sample checklist in a throw-away log; then the console is drawn at
each size.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from launchpad.checklist.load import load
from launchpad.console.app import Console
from launchpad.console.screens.launch import LaunchScreen
from launchpad.console.start import Start
from launchpad.launch.intents import AddNote, Intent, RecordResult, SignOffSlot
from launchpad.launch.person import Person
from launchpad.log.address import open_log
from launchpad.log.store import Log
from launchpad.session.live import LiveLaunch
from launchpad.session.opening import open_launch
from launchpad.session.participant import Participant, participant

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "checklists" / "storefront-cutover.md"
SIZES = ((80, 24), (120, 40))
ADA, CLEO = Person("AB", "Ada B", "dba"), Person("CD", "Cleo D", "devops")

# The drawing names web fonts; a reader's own monospace font does as well, without asking anybody.
_WEB_FONT = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)


def taking_part(person: Person) -> Participant:
    return participant(person, "console", {})


def play(log: Log) -> str:
    """Open a launch, work on it, and return its id."""
    opened = open_launch(
        log, load(SAMPLE), SAMPLE, taking_part(ADA), accept_ticked=False, mode="live"
    )
    live = LiveLaunch(log, opened.launch)

    def does(person: Person, intent: Callable[[int], Intent]) -> None:
        live.submit(intent(live.state.head.seq), taking_part(person))

    for item in ("database-url", "payment-key", "session-secret"):
        does(ADA, lambda seen, item=item: RecordResult(item, "passed", "", seen))  # type: ignore[misc]
    does(
        CLEO,
        lambda seen: RecordResult("search-url", "not-applicable", "no search yet", seen),
    )
    does(
        ADA,
        lambda seen: SignOffSlot("secrets-and-configuration", "AB", "verified", None, seen),
    )
    does(ADA, lambda seen: RecordResult("migrations", "passed", "", seen))
    does(CLEO, lambda seen: RecordResult("row-level-security", "failed", "6 of 7", seen))
    does(CLEO, lambda _seen: AddNote("row-level-security", "policies of table refunds missing"))
    does(ADA, lambda seen: RecordResult("backup", "in-progress", "", seen))
    return opened.launch


async def drawn(log: Log, launch: str, size: tuple[int, int]) -> str:
    """Show the launch at a size, and return what is seen as SVG."""
    start = Start(
        address=log.address,
        log=log,
        launch=launch,
        opening=None,
        suggestion=ADA,
        remember=lambda _person: None,
        participant=taking_part,
        folder=ROOT,
        read_only=False,
        mouse=True,
        open_document=lambda _path, _person: launch,
        colleagues=lambda launch: f"launchpad attach --launch {launch}",
    )
    app = Console(start)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        while not isinstance(app.screen, LaunchScreen):
            await pilot.pause(0.05)
        await pilot.press("2", "down")
        await pilot.pause(0.5)
        svg = app.export_screenshot(title="launchpad")
    # Blanks at the start of a run are cells too.
    return _WEB_FONT.sub("", svg).replace("<svg ", '<svg xml:space="preserve" ', 1)


def main() -> int:
    """Write one picture a size; return the exit status."""
    folder = ROOT / ".readme"
    folder.mkdir(exist_ok=True)
    for size in SIZES:
        with tempfile.TemporaryDirectory() as scratch:
            log = open_log(str(Path(scratch) / "launch.db"), create=True)
            picture = folder / f"launch-{size[0]}x{size[1]}.svg"
            svg = asyncio.run(drawn(log, play(log), size))
            picture.write_text(svg, encoding="utf-8")
            log.close()
            sys.stdout.write(f"{picture.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
