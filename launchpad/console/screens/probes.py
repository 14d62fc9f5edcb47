"""The probes screen: all of them, and the history of the one under the cursor."""

import asyncio
import time
from collections.abc import Callable, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList

from launchpad.checklist.model import Probe
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.keys import bound
from launchpad.console.probe_history import Looked, columns, history
from launchpad.console.probe_list import Order, kept, probe_rows, turned
from launchpad.console.probe_past import RANGES_MS, Change, Past, Window, changes, past, window
from launchpad.console.probing import Instruments
from launchpad.console.status import Standpoint
from launchpad.console.widgets.choices import Choices
from launchpad.console.widgets.lines import Lines
from launchpad.console.widgets.pane import Pane
from launchpad.console.widgets.status_lines import StatusLines
from launchpad.launch.event import Event
from launchpad.log.errors import LogError

# How many of the newest events are looked through for changes.
_EVENTS = 2_000
_AGAIN_S = 2.0
# Reading takes a tenth of the time at most, however many samples there are.
_REST = 10
_RANGES = tuple(RANGES_MS)


class ProbesScreen(Screen[None]):
    """Lists the probes; where there is no room beside them, enter opens a history over them."""

    BINDINGS = [
        bound("w", "worst", "worst first", "probes.worst", "as they stand now, or as in the file"),
        bound("left_square_bracket", "range(-1)", "shorter", "probes.shorter", "a shorter time"),
        bound("right_square_bracket", "range(1)", "longer", "probes.longer", "a longer time"),
        # Before the panes, which would scroll sideways where there is nothing to scroll.
        Binding("left", "range(-1)", show=False, priority=True),
        Binding("right", "range(1)", show=False, priority=True),
        Binding("j", "scroll(1)", "down", show=False, id="list.history-down"),
        Binding("k", "scroll(-1)", "up", show=False, id="list.history-up"),
        Binding("escape", "back", "back", id="probes.leave"),
        Binding("question_mark", "app.show_keys", "help", id="app.help"),
        Binding("colon", "app.command_palette", "every action", show=False, id="app.palette"),
    ]

    def __init__(
        self, desk: Desk, standpoint: Callable[[], Standpoint], chosen: str | None, ink: Ink
    ) -> None:
        """Show a launch's probes. chosen: the id of the one the cursor begins on."""
        super().__init__()
        self._desk = desk
        self._standpoint = standpoint
        self._first = chosen
        self._ink = ink
        self._order = Order()
        self._range = 0
        self._past: Past | None = None
        self._trouble: str | None = None
        self._changes: dict[int, Change] = {}
        self._reading = False
        self._read_of: tuple[str, Window, str] | None = None
        self._rests_until = 0.0

    def compose(self) -> ComposeResult:
        """Lay out the status lines, the list and the history."""
        yield StatusLines()
        yield Pane(id="probes-title")
        with Horizontal(id="panes"):
            yield Choices(id="probes")
            with VerticalScroll(id="history-pane"):
                yield Lines(id="history")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Put the cursor on the list, and keep the ages."""
        self.query_one("#probes", Choices).focus()
        self.set_interval(1, self.draw)
        self._read_changes()

    def on_resize(self) -> None:
        """Draw to the new size once the panes have theirs."""
        self.call_after_refresh(self.draw)

    def on_screen_resume(self) -> None:
        """Draw to the size that the panes have by now."""
        self.call_after_refresh(self.draw)

    @work
    async def _read_changes(self) -> None:
        live = self._desk.live
        try:
            events = await asyncio.to_thread(live.log.last, live.launch, _EVENTS)
        except LogError:
            return
        self.receive(events)

    def receive(self, events: Sequence[Event]) -> None:
        """Take in what the launch's screen was told."""
        self._changes.update(changes(events))
        self.draw()

    # Drawing

    @property
    def _laid_out(self) -> bool:
        there = self.is_mounted and self.is_attached and self.display
        return there and self.query_one(StatusLines).size.width > 0

    def draw(self) -> None:
        """Draw what changed, and read what the history lacks."""
        if not self._laid_out:
            return
        self.query_one(StatusLines).show(self._desk.state, self._standpoint(), self._ink)
        self._draw_list()
        self._draw_history()

    @property
    def _instruments(self) -> Instruments:
        state, sight = self._desk.state, self._desk.sight
        return Instruments(
            {probe.id: probe for probe in state.checklist.probes},
            state.probes,
            sight.samples if sight else {},
            self._standpoint().at,
        )

    def _draw_list(self) -> None:
        probes = self._desk.state.checklist.probes
        self._order = kept(self._order, (probe.id for probe in probes))
        title = f" {len(probes)} probe{'' if len(probes) == 1 else 's'}, {self._order.said}"
        self.query_one("#probes-title", Pane).show(Content.styled(title, "bold"))
        listed = self.query_one("#probes", Choices)
        width = listed.scrollable_content_region.width
        if width:
            listed.show(probe_rows(self._order.ids, self._instruments, width, self._ink))
            if self._first in self._order.ids:
                listed.highlighted = self._order.ids.index(self._first)
            self._first = None

    def _draw_history(self) -> None:
        probe, pane = self._probe(), self.query_one("#history-pane", VerticalScroll)
        width, height = pane.scrollable_content_region.size
        if probe is None or not width:
            return
        seen = self._instruments.seen(probe.id)
        if seen is None:
            return
        range_ms, state = _RANGES[self._range], self._desk.state
        over = window(self._standpoint().launch_now.at, range_ms, columns(width))
        known = [self._changes[seq] for seq in sorted(self._changes)]
        found = self._past if self._known(probe.id, over) else None
        looked = Looked(seen, found, self._trouble, known)
        content = history(state, probe, looked, range_ms, width, height, self._ink)
        self.query_one("#history", Lines).show(content)
        self._ask(probe.id, over)

    def _probe(self) -> Probe | None:
        """Return the probe under the cursor."""
        _, _, chosen = (self.query_one("#probes", Choices).chosen or "").partition(":")
        probes = self._desk.state.checklist.probes
        return next((probe for probe in probes if probe.id == chosen), None)

    # Reading

    def _known(self, probe: str, over: Window) -> bool:
        """Say whether what was read is of this probe and this range, be it some seconds old."""
        read = self._past
        return read is not None and (read.probe, read.window.step_ms, read.window.columns) == (
            probe,
            over.step_ms,
            over.columns,
        )

    def _ask(self, probe: str, over: Window) -> None:
        """Read what is looked at: at once where it is another probe, else when there is news."""
        if self._reading or not self.is_current:
            return
        sight = self._desk.sight
        newest = sight.samples.get(probe) if sight else None
        wanted = probe, over, newest.at if newest else ""
        rested = time.monotonic() >= self._rests_until
        if wanted != self._read_of and (rested or not (self._trouble or self._known(probe, over))):
            self._reading = True
            self._read(wanted)

    @work(group="past")
    async def _read(self, wanted: tuple[str, Window, str]) -> None:
        live, began = self._desk.live, time.monotonic()
        try:
            self._past = await asyncio.to_thread(past, live.log, live.launch, *wanted[:2])
            self._trouble, self._read_of = None, wanted
        except LogError as error:
            self._trouble, self._read_of = str(error), None
        finally:
            self._reading = False
        ended = time.monotonic()
        self._rests_until = ended + max(_AGAIN_S, _REST * (ended - began))
        # The cursor may be elsewhere by now: drawing asks again.
        self.draw()

    # Keys

    @on(OptionList.OptionHighlighted, "#probes")
    def _moved_cursor(self) -> None:
        if self._laid_out:
            self._draw_history()

    @on(OptionList.OptionSelected, "#probes")
    def _opened(self) -> None:
        """Go into the history, which lies over the list where there is no room beside it."""
        self.add_class("-opened")
        self.query_one("#history-pane", VerticalScroll).focus()
        self.call_after_refresh(self.draw)

    def action_back(self) -> None:
        """Leave the history, then the screen."""
        if self.has_class("-opened"):
            self.remove_class("-opened")
            self.query_one("#probes", Choices).focus()
            self.call_after_refresh(self.draw)
        else:
            self.dismiss()

    def action_range(self, by: int) -> None:
        """Look further back, or less far."""
        self._range = min(max(self._range + by, 0), len(_RANGES) - 1)
        self.draw()

    def action_scroll(self, by: int) -> None:
        """Move through a history that is higher than its pane."""
        pane = self.query_one("#history-pane", VerticalScroll)
        pane.scroll_relative(y=by, animate=False)

    def action_worst(self) -> None:
        """Put the worst first, as they stand now; where they are already, as in the document."""
        probes = [probe.id for probe in self._desk.state.checklist.probes]
        at = self._standpoint().launch_now.at
        self._order = turned(self._order, probes, self._instruments, at)
        self.draw()
