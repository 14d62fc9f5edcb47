"""The console: from the first question to the screen of a launch, and out again."""

import asyncio
import os
import sys
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path

from textual import on, work
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.command import CommandPalette
from textual.events import Event as TextualEvent
from textual.events import Key, Paste, Resize
from textual.screen import Screen

from launchpad.console.conducting import Conducting
from launchpad.console.copying import for_tmux
from launchpad.console.desk import Desk
from launchpad.console.help import help_text
from launchpad.console.ink import Ink, ink_for_locale
from launchpad.console.keyboard import Keyboard
from launchpad.console.keys import live_keys
from launchpad.console.leaving import Leaving
from launchpad.console.messages import Announced, RollbackBegan, RollbackWasProposed
from launchpad.console.palette import palette
from launchpad.console.rehearsed import look_back
from launchpad.console.screens.detail import DetailScreen
from launchpad.console.screens.home import HomeScreen, LaunchChosen
from launchpad.console.screens.identity import IdentityScreen
from launchpad.console.screens.launch import LaunchScreen
from launchpad.console.screens.small import SmallScreen, too_small
from launchpad.console.start import Start
from launchpad.console.uninvited import Uninvited
from launchpad.console.widgets.scrolling import scroll_in_whole_cells
from launchpad.launch.event import Event
from launchpad.launch.person import Person
from launchpad.log.errors import LogError
from launchpad.log.store import Seat
from launchpad.session.clock import now
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import Participant

_JOURNAL_KEPT = 50
_TOLD_S = 8
_HELP = (
    "Boxes: [ ] open, [x] passed, [!] failed, [-] not applicable, [#] blocked, [>] in progress.\n"
    "What came ticked in the document is unverified until somebody here ticks it.\n"
    "Leaving ends nothing: the launch goes on in its log."
)


class Console(App[str | None]):
    """Launchpad's console. Its result is the line to print once the terminal is its old self."""

    TITLE = "Launchpad"
    CSS_PATH = "console.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (150, "-wide -broad")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]
    BINDINGS = [
        Binding("ctrl+q", "leave", "leave", show=False, priority=True, id="app.quit"),
        Binding("ctrl+c", "leave_hint", show=False, system=True, id="app.interrupt"),
    ]

    def __init__(self, start: Start, ink: Ink | None = None) -> None:
        super().__init__()
        self._start = start
        self._ink = ink or ink_for_locale()
        self._by: Participant | None = None
        self.leaving: asyncio.Task[None] | None = None
        self._keyboard = Keyboard(self, self._deliver)
        self._uninvited = Uninvited(self)

    async def on_event(self, event: TextualEvent) -> None:
        """Let keys and pastes wait for the effect of those before them."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            await self._keyboard.take(event)
        else:
            await super().on_event(event)

    async def _deliver(self, event: Key | Paste) -> None:
        if not self._uninvited.deaf:
            await super().on_event(event)

    def copy_to_clipboard(self, text: str) -> None:
        """Send text to the terminal's clipboard (OSC 52), through tmux where it runs in one."""
        super().copy_to_clipboard(text)
        if self._driver and "TMUX" in os.environ:
            self._driver.write(for_tmux(text))

    @property
    def _background_screens(self) -> list[Screen[object]]:
        """The screens that can be seen below the one on top.

        Textual takes the one below for visible even where nothing shines through, and then repaints
        all of both for each change: 25 kB/s on the rollback screen, instead of 5.
        """
        modal = any(screen.is_modal for screen in self.screen_stack[-1:])
        return super()._background_screens if modal else []

    @on(RollbackWasProposed)
    def bring_proposal(self, message: RollbackWasProposed) -> None:
        """Let a proposal's card come up, as long as somebody has to decide."""
        card = message.card
        self._uninvited.bring(card, message.why, lambda: card.standing)

    @on(RollbackBegan)
    def bring_rollback(self, message: RollbackBegan) -> None:
        """Let the rollback screen come up."""
        self._uninvited.bring(message.screen, message.why)

    @on(Announced)
    def announce(self, message: Announced) -> None:
        """Let a banner say it."""
        self._uninvited.announce(message.why)

    def on_mount(self) -> None:
        """Ask who is here, then show the launch or the home screen."""
        if self._ink.plain:
            self.add_class("-ascii")
            scroll_in_whole_cells()
        self._begin()

    @work
    async def _begin(self) -> None:
        start = self._start
        if not start.read_only:
            person = await self.push_screen_wait(IdentityScreen(start.suggestion, start.roles))
            if person is None:
                self.exit(None)
                return
            await asyncio.to_thread(start.remember, person)
            self._by = start.participant(person)
        if start.launch is not None:
            await self._enter(start.launch)
        elif start.opening and self._by:
            await self._open(start.opening, self._by.person)
        else:
            await self.push_screen(HomeScreen(start, self._ink, self._open_document))

    async def _open(self, opening: Callable[[Person], str], person: Person) -> None:
        try:
            launch = await asyncio.to_thread(opening, person)
        except LogError as error:
            self._give_up(error)
            return
        await self._enter(launch)
        told = f"colleagues take part with:\n{self._start.colleagues(launch)}"
        self.notify(self._ink.lines(told), markup=False, timeout=_TOLD_S)
        if isinstance(self.screen, LaunchScreen):
            self.screen.ask_t0()

    def _give_up(self, error: LogError) -> None:
        self.exit(return_code=3, message=self._ink.line(f"launchpad: {error}"))

    async def _open_document(self, path: Path) -> str:
        """Make a launch of a checklist. Raises ChecklistError, LogError."""
        person = self._by.person if self._by else Person("")
        return await asyncio.to_thread(self._start.open_document, path, person)

    async def on_launch_chosen(self, message: LaunchChosen) -> None:
        """Go from the home screen into a launch."""
        await self._enter(message.launch)

    async def _enter(self, launch: str) -> None:
        try:
            live, events = await asyncio.to_thread(self._read, launch)
        except LogError as error:
            if isinstance(self.screen, HomeScreen):
                self.notify(self._ink.line(str(error)), markup=False, severity="error")
            else:
                self._give_up(error)
            return
        seat = self._seat(launch) if self._by and live.state.closure is None else None
        desk = Desk(live, self._by, seat)
        start = self._start
        conducting = Conducting(start.conduct, start.address, read_only=self._by is None)
        await self.push_screen(LaunchScreen(desk, events, conducting, self._ink))
        look_back(desk)

    def _read(self, launch: str) -> tuple[LiveLaunch, list[Event]]:
        live = LiveLaunch(self._start.log, launch)
        newest = self._start.log.last(launch, _JOURNAL_KEPT)
        return live, [event for event in newest if event.seq <= live.state.head.seq]

    def _seat(self, launch: str) -> Seat | None:
        if self._by is None:
            return None
        stamp, person = now(), self._by.person
        return Seat(
            seat=uuid.uuid4().hex,
            launch=launch,
            initials=person.initials,
            name=person.name,
            role=person.role,
            host=stamp.host,
            via="console",
            since=stamp.at,
        )

    def on_resize(self, event: Resize) -> None:
        """Stand in the way of keys while the terminal is too small to see what they do."""
        small = isinstance(self.screen, SmallScreen)
        if too_small(event.size) and not small:
            self.push_screen(SmallScreen())
        elif small and not too_small(event.size):
            self.pop_screen()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every live key's action in the palette, and what has no key."""
        yield from palette(screen)
        yield SystemCommand("theme", "change the colours", self.action_change_theme)

    def action_command_palette(self) -> None:
        """Offer every action by its name."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder="Search for commands"))

    def action_show_keys(self) -> None:
        """Show the keys that are live on this screen."""
        self.push_screen(DetailScreen(help_text(live_keys(self.screen), _HELP)))

    def action_leave_hint(self) -> None:
        """Say how to leave; an interrupt key pressed by habit must not."""
        self.notify("q leaves the console", markup=False)

    async def action_leave(self) -> None:
        """Leave the launch, or the console from anywhere else."""
        await self.leave("left")

    async def leave(self, reason: str) -> None:
        """Give the seat up and end the console. reason: what the log says about it."""
        for screen in self.screen_stack:
            if isinstance(screen, LaunchScreen):
                await screen.leave(reason)
                self.exit(f"The launch goes on. To come back:\n  {self._colleagues(screen)}")
                return
        self.exit(None)

    def _colleagues(self, screen: LaunchScreen) -> str:
        return self._start.colleagues(screen.desk.live.launch)


def run_console(start: Start) -> int:
    """Run a console until it is left; return the exit status. It needs a terminal on stdin."""
    # The terminal says how large it is, not a variable that outlived its last size.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    leaving = Leaving(sys.stdin.fileno())
    app = Console(start)

    async def run() -> str | None:
        loop = asyncio.get_running_loop()

        def leave() -> None:
            # Kept, so that the task is not collected while it runs.
            app.leaving = loop.create_task(app.leave("connection lost"))

        leaving.ask(lambda: loop.call_soon_threadsafe(leave))
        return await app.run_async(mouse=start.mouse)

    farewell = asyncio.run(run())
    leaving.done()
    if leaving.signal is not None:
        os._exit(128 + leaving.signal)
    if farewell:
        sys.stderr.write(f"{farewell}\n")
    return app.return_code or 0
