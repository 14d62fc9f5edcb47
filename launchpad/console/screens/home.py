"""Home: the launches that are open in the log, and the checklists that lie here."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static

from launchpad.checklist.errors import ChecklistError
from launchpad.console.cards.opening import OpenCard
from launchpad.console.finding import found_checklists
from launchpad.console.fitting import fit
from launchpad.console.ink import Ink
from launchpad.console.rows import Row
from launchpad.console.start import Start
from launchpad.console.widgets.choices import Choices
from launchpad.console.words import LAUNCH_WORDS
from launchpad.launch.moment import day, minute
from launchpad.log.errors import LogError
from launchpad.session.launches import Entry, entries

_LISTED_CLOSED = 20
_TROUBLE_LINES = 6


class LaunchChosen(Message):
    """Somebody chose a launch to attach to."""

    def __init__(self, launch: str) -> None:
        super().__init__()
        self.launch = launch


class HomeScreen(Screen[None]):
    """Lists launches and checklists; enter goes into one."""

    BINDINGS = [
        Binding("r", "look_again", "look again", id="home.refresh"),
        Binding("question_mark", "app.show_keys", "help", id="app.help"),
        Binding("q", "app.leave", "leave", id="app.leave"),
    ]

    def __init__(
        self, start: Start, ink: Ink, open_document: Callable[[Path], Awaitable[str]]
    ) -> None:
        super().__init__()
        self._start = start
        self._open_document = open_document
        self._ink = ink
        self._launches: list[Entry] = []
        self._documents: list[tuple[Path, str, int]] = []

    def compose(self) -> ComposeResult:
        """Lay out the title, the list and the keys."""
        yield Static(Content.styled(" Launchpad", "bold"), id="home-title")
        yield Static(id="home-log")
        yield Choices(id="home")
        yield Static(id="home-trouble")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Look for launches and checklists."""
        self.query_one("#home-log", Static).update(
            Content.styled(f" log {self._ink.line(self._start.address)}", "$foreground-muted")
        )
        self.action_look_again()

    def on_screen_resume(self) -> None:
        """Look again when somebody comes back from a launch."""
        self.action_look_again()

    @work(exclusive=True, group="looking")
    async def action_look_again(self) -> None:
        """Read the log's launches, then the folder's checklists."""
        try:
            self._launches = await asyncio.to_thread(entries, self._start.log)
        except LogError as error:
            self._say(f"the log cannot be read: {error}")
        self._draw()
        self._documents = await asyncio.to_thread(
            lambda: list(found_checklists(self._start.folder))
        )
        self._draw()

    def on_resize(self) -> None:
        """Draw to the new width."""
        self._draw()

    @on(OptionList.OptionSelected, "#home")
    async def choose(self, event: OptionList.OptionSelected) -> None:
        """Attach to a launch, or ask whether a checklist is to become one."""
        kind, _, what = (event.option_id or "").partition(":")
        if kind == "launch":
            self.post_message(LaunchChosen(what))
        elif kind == "file" and not self._start.read_only:
            path, title, items = self._documents[int(what)]
            card = OpenCard(self._ink.line(title), self._ink.line(path.name), items)

            def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result is its value
                if yes:
                    self._open(path)

            self.app.push_screen(card, answered)

    @work
    async def _open(self, path: Path) -> None:
        try:
            launch = await self._open_document(path)
        except (ChecklistError, LogError) as error:
            self._say(str(error))
        else:
            self.post_message(LaunchChosen(launch))

    def _say(self, trouble: str) -> None:
        lines = self._ink.lines(trouble).splitlines()
        more = len(lines) - _TROUBLE_LINES
        if more > 0:
            lines = [*lines[:_TROUBLE_LINES], f"and {more} more; `launchpad check` shows them all"]
        text = "\n".join(f" {line}" for line in lines)
        self.query_one("#home-trouble", Static).update(Content.styled(text, "bold $text-error"))

    def _draw(self) -> None:
        width = self.query_one("#home", Choices).scrollable_content_region.width
        if width:
            self.query_one("#home", Choices).show(list(self._rows(width)))

    def _rows(self, width: int) -> Iterator[Row]:
        opened = [entry for entry in reversed(self._launches) if entry.open]
        closed = [entry for entry in reversed(self._launches) if not entry.open][:_LISTED_CLOSED]
        yield _heading("open", "Open launches" if opened else "No launch is open", width)
        yield from (self._launch_row(entry, width) for entry in opened)
        if self._documents:
            yield _heading(
                "here", f"Checklists in {self._ink.line(str(self._start.folder))}", width
            )
        for number, (path, title, items) in enumerate(self._documents):
            text = f"   {self._ink.line(title)}   {self._ink.line(path.name)}"
            count = f"{items} items "
            yield Row(
                f"file:{number}",
                Content(fit(text, width - len(count), self._ink.cut) + count),
                chosen=True,
            )
        if closed:
            yield _heading("closed", "Closed launches", width)
        yield from (self._launch_row(entry, width) for entry in closed)

    def _launch_row(self, entry: Entry, width: int) -> Row:
        mode = "" if entry.mode == "live" else "REHEARSAL "
        tail = (
            f"{mode}{LAUNCH_WORDS[entry.phase]}  {self._ink.line(entry.opened_by)} "
            f"{day(entry.opened_at)} {minute(entry.opened_at)} "
        )
        text = f"   {self._ink.line(entry.title)}   {self._ink.line(entry.launch)}"
        return Row(
            f"launch:{entry.launch}",
            Content(fit(text, width - len(tail), self._ink.cut) + tail),
            chosen=True,
        )


def _heading(row: str, title: str, width: int) -> Row:
    return Row(f"heading:{row}", Content.styled(f" {title}"[:width], "bold"), chosen=False)
