"""The log screen: the newest events of a launch, filtered, following."""

import asyncio
from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Input, Static

from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.journal import journal_text
from launchpad.console.rows import Row
from launchpad.console.widgets.choices import Choices
from launchpad.console.widgets.entry import Entry
from launchpad.launch.event import Event

_SHOWN = 2000


class JournalScreen(Screen[None]):
    """Lists the newest 2,000 events. The cursor on the last one follows what comes in."""

    BINDINGS = [
        Binding("slash", "filter", "filter", id="journal.filter"),
        Binding("escape", "back", "back", id="journal.leave"),
        Binding("question_mark", "app.show_keys", "help", id="app.help"),
    ]

    def __init__(self, desk: Desk, ink: Ink) -> None:
        super().__init__()
        self._desk = desk
        self._ink = ink
        self._events: list[Event] = []

    def compose(self) -> ComposeResult:
        """Lay out the heading, the events and the filter."""
        yield Static(id="journal-title")
        yield Choices(id="journal-list")
        yield Entry(placeholder="show lines that hold", id="journal-filter")
        yield Footer(show_command_palette=False, compact=True)

    async def on_mount(self) -> None:
        """Read the newest events."""
        self.query_one("#journal-filter", Entry).display = False
        live = self._desk.live
        self._events = await asyncio.to_thread(live.log.last, live.launch, _SHOWN)
        self._draw()
        self.query_one("#journal-list", Choices).action_last()

    def receive(self, events: Sequence[Event]) -> None:
        """Take in what the launch's screen was told."""
        known = self._events[-1].seq if self._events else 0
        self._events += [event for event in events if event.seq > known]
        del self._events[:-_SHOWN]
        choices = self.query_one("#journal-list", Choices)
        at_end = choices.highlighted == choices.option_count - 1
        self._draw()
        if at_end:
            choices.action_last()

    @on(Input.Changed, "#journal-filter")
    def narrow(self) -> None:
        """Show the lines that hold the filter."""
        self._draw()

    @on(Input.Submitted, "#journal-filter")
    def keep(self) -> None:
        """Go back to the lines, filtered."""
        self.query_one("#journal-list", Choices).focus()

    def action_filter(self) -> None:
        """Open the filter."""
        entry = self.query_one("#journal-filter", Entry)
        entry.display = True
        entry.focus()

    def action_back(self) -> None:
        """Leave the filter, then the screen."""
        entry = self.query_one("#journal-filter", Entry)
        if entry.display:
            entry.value = ""
            entry.display = False
            self.query_one("#journal-list", Choices).focus()
        else:
            self.dismiss()

    def _draw(self) -> None:
        wanted = self.query_one("#journal-filter", Entry).value.casefold()
        state = self._desk.state
        rows = []
        for event in self._events:
            text = journal_text(event, state, self._ink)
            if wanted in text.casefold():
                rows.append(
                    Row(f"event:{event.seq}", Content(f"{event.seq:>6} {text}"), chosen=True)
                )
        head = state.head
        shown = f"the newest {len(rows)} of {head.seq}" if len(rows) < head.seq else f"{head.seq}"
        self.query_one("#journal-title", Static).update(
            Content.styled(f" Log: {shown} events   head {(head.hash or '')[:12]}", "bold")
        )
        self.query_one("#journal-list", Choices).show(rows)
