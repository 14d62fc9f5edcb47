"""The launch screen: phases, items, detail and the newest log lines."""

import asyncio
from collections.abc import Mapping, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Input, OptionList

from launchpad.checklist.model import Item, Phase, SignOff, Snippet
from launchpad.console import phases
from launchpad.console.clock import due_words, notice
from launchpad.console.conducting import Conducting
from launchpad.console.desk import Desk
from launchpad.console.detail import item_detail, slot_detail
from launchpad.console.document import about
from launchpad.console.facts import snippets
from launchpad.console.ink import Ink
from launchpad.console.journal import journal_pane
from launchpad.console.keys import bound
from launchpad.console.probe_detail import SAMPLES_KEPT
from launchpad.console.probing import Instruments
from launchpad.console.rows import Row, phase_rows
from launchpad.console.screens.copying import CopyingScreen
from launchpad.console.screens.detail import DetailScreen
from launchpad.console.screens.incoming import IncomingScreen
from launchpad.console.screens.journal import JournalScreen
from launchpad.console.screens.probes import ProbesScreen
from launchpad.console.widgets.choices import Choices
from launchpad.console.widgets.entry import Entry
from launchpad.console.widgets.pane import Pane
from launchpad.console.widgets.status_lines import StatusLines
from launchpad.launch.event import Event
from launchpad.log.errors import LogError
from launchpad.log.samples import Sample
from launchpad.session.clock import now
from launchpad.session.clock_words import clock_of


class LaunchScreen(IncomingScreen, CopyingScreen):
    """A launch under way. Whatever is shown as recorded has been committed."""

    BINDINGS = [
        bound("slash", "filter", "find", "items.filter", "items in every phase that hold a text"),
        bound("L", "journal", "log", "launch.journal", "who did what and when", footer=False),
        bound("v", "probes", "probes", "launch.probes", "all of them, with history", footer=False),
        Binding(
            "D",
            "document",
            "the document",
            show=False,
            id="launch.document",
            tooltip="contacts, figures, variables, the rollback plan, what was not understood",
        ),
        Binding("tab", "next_phase", "next phase", show=False, id="phase.next"),
        Binding("shift+tab", "previous_phase", "phase before", show=False, id="phase.before"),
        *(
            Binding(str(n), f"phase({n})", "phase by number", show=False, id=f"phase.{n}")
            for n in range(1, 10)
        ),
        Binding("escape", "back", "back", show=False, id="launch.back"),
        Binding("question_mark", "app.show_keys", "help", id="app.help"),
        Binding("colon", "app.command_palette", "every action", show=False, id="app.palette"),
        # The footer of 80 cells has no room for it: help names it, and ctrl+c says it.
        Binding("q", "app.leave", "leave", show=False, id="app.leave"),
    ]

    def __init__(
        self, desk: Desk, events: Sequence[Event], conducting: Conducting, ink: Ink
    ) -> None:
        """Show a launch. events: the newest ones, for the log pane."""
        super().__init__(desk, events, conducting, ink)
        self._phase = 0
        self._wanted = ""
        self._history: tuple[str, list[Sample]] = "", []
        readable = desk.state.source().readable
        self._source = readable.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def compose(self) -> ComposeResult:
        """Lay the panes out; which of them are seen depends on the width."""
        yield StatusLines()
        yield Pane(id="notice")
        yield Pane(id="command")
        yield Pane(id="strip")
        with Horizontal(id="panes"):
            yield Choices(id="phases")
            with Container(id="work"):
                with Vertical(id="middle"):
                    yield Pane(id="phase-title")
                    yield Choices(id="items")
                    yield Entry(placeholder="show items that hold", id="filter")
                with VerticalScroll(id="detail-pane", can_focus=False):
                    yield Pane(id="detail")
        yield Pane(id="journal")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Put the cursor on the items."""
        self.query_one("#filter", Entry).display = False
        self.query_one("#command", Pane).display = False
        self.query_one("#notice", Pane).display = False
        self.query_one("#phases", Choices).can_focus = False
        self.query_one("#items", Choices).focus()

    # Drawing

    def on_resize(self) -> None:
        """Draw to the new size once the panes have theirs."""
        self.call_after_refresh(self.draw)

    def on_screen_resume(self) -> None:
        """Draw to the size that the panes have by now: it may have changed while they were hid."""
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """Draw what changed."""
        if not self._laid_out:
            return
        self._draw_status()
        self._draw_items()
        self._draw_phases()
        self._read_history()
        self._draw_detail()
        pane = self.query_one("#journal", Pane)
        width, height = pane.size
        pane.show(journal_pane(self.newest, self.desk.state, width, height, self._ink))

    def _draw_phase_title(self) -> None:
        state, all_phases = self.desk.state, self.desk.state.checklist.phases
        if not all_phases:
            return
        title = self.query_one("#phase-title", Pane)
        if self._wanted:
            found = sum(not each.disabled for each in self.query_one("#items", Choices).options)
            title.show(Content.styled(f" {found} found in all phases", "bold"))
        else:
            phase, clock = all_phases[self._phase], clock_of(state, self.launch_now)
            due = due_words(phase, clock.reading.t_ms) if clock else None
            number, width = self._phase + 1, title.size.width
            title.show(phases.phase_title(state, number, phase, width, self._ink, due))

    def _draw_phases(self) -> None:
        state, all_phases, ink = self.desk.state, self.desk.state.checklist.phases, self._ink
        if not all_phases:
            return
        self._draw_phase_title()
        strip = self.query_one("#strip", Pane)
        if strip.display:
            line = phases.strip(state, all_phases, self._phase, strip.size.width, ink)
            strip.show(line)
        listed = self.query_one("#phases", Choices)
        if listed.display:
            width = listed.scrollable_content_region.width
            listed.show(
                [
                    Row(phase.id, phases.phase_line(state, n, phase, width, ink), chosen=True)
                    for n, phase in enumerate(all_phases, 1)
                ]
            )
            listed.highlighted = self._phase

    @property
    def _laid_out(self) -> bool:
        """Whether there is something to draw on: not at first, and no more once taken down."""
        # A screen that is being taken down is displayed no more, and loses its parts one by one.
        there = self.is_mounted and self.is_attached and self.display
        return there and bool(self.query_one("#items").size.width)

    def tick(self) -> None:
        """Draw the status lines, and the ages in the rows."""
        if self._laid_out:
            self._draw_status()
            self._draw_phase_title()
            if self.desk.state.checklist.probes:
                self._draw_items()

    def _draw_status(self) -> None:
        standpoint = self.standpoint
        lost = standpoint.lost
        self.query_one(StatusLines).show(self.desk.state, standpoint, self._ink)
        self._draw_notice()
        command = self.query_one("#command", Pane)
        command.display = lost is not None and lost.command is not None
        if lost and lost.command:
            lines = [lost.command, *([lost.move] if lost.move else [])]
            told = "\n".join(f" {self._ink.line(each)}" for each in lines)
            command.show(Content.styled(told, "bold $text-error"))

    def _draw_notice(self) -> None:
        """Say what somebody has to decide about the clock, where there is something."""
        state = self.desk.state
        said = notice(state, clock_of(state, self.launch_now))
        pane = self.query_one("#notice", Pane)
        pane.display = said is not None
        if said:
            pane.show(Content.styled(f" {self._ink.lines(said)}", "bold $error on $error-muted"))

    def _draw_items(self) -> None:
        items, state = self.query_one("#items", Choices), self.desk.state
        instruments = Instruments(
            {probe.id: probe for probe in state.checklist.probes},
            state.probes,
            self.desk.sight.samples if self.desk.sight else {},
            now(),
        )
        width = items.scrollable_content_region.width
        rows = phase_rows(state, self.shown(), self._wanted, instruments, width, self._ink)
        items.show(rows)

    def _draw_detail(self) -> None:
        pane = self.query_one("#detail-pane")
        content = self._detail()
        if pane.display and content is not None:
            self.query_one("#detail", Pane).show(content)

    def _detail(self) -> Content | None:
        chosen = self.chosen()
        if isinstance(chosen, Item):
            probe, history = self._history
            known = history if probe == chosen.probe else []
            return item_detail(self.desk.state, chosen, self._source, known, now(), self._ink)
        if isinstance(chosen, SignOff):
            return slot_detail(self.desk.state, chosen, self._source, self._ink)
        return None

    def shown(self) -> Sequence[Phase]:
        """Return the phases whose rows are listed."""
        every = self.desk.state.checklist.phases
        return every if self._wanted else every[self._phase : self._phase + 1]

    def chosen(self) -> Item | SignOff | None:
        """Return what the cursor is on."""
        kind, _, which = (self.query_one("#items", Choices).chosen or "").partition(":")
        checklist = self.desk.state.checklist
        among: Sequence[Item | SignOff] = (
            tuple(checklist.items()) if kind == "item" else checklist.signoffs
        )
        return next((each for each in among if each.id == which), None)

    def to_copy(self) -> tuple[Sequence[Snippet], Mapping[str, str]]:
        """Return the commands of the item under the cursor."""
        chosen, state = self.chosen(), self.desk.state
        ids = chosen.snippets if isinstance(chosen, Item) else ()
        return snippets(ids, state.checklist), state.opened.vars

    # Moving

    @on(OptionList.OptionHighlighted, "#items")
    def _moved_cursor(self) -> None:
        self._read_history()
        self._draw_detail()

    @work(exclusive=True, group="history")
    async def _read_history(self) -> None:
        await self._look_back()
        if self._laid_out:
            self._draw_detail()

    async def _look_back(self) -> None:
        """Read what the probe of the item under the cursor saw last."""
        chosen, live = self.chosen(), self.desk.live
        if not isinstance(chosen, Item) or chosen.probe is None:
            return
        try:
            history = await asyncio.to_thread(
                live.log.samples, live.launch, chosen.probe, SAMPLES_KEPT
            )
        except LogError:
            return
        self._history = chosen.probe, history

    @on(OptionList.OptionSelected, "#items")
    async def _opened(self) -> None:
        await self._look_back()
        content = self._detail()
        if content is not None:
            self.app.push_screen(DetailScreen(content, self.action_copy))

    @on(OptionList.OptionSelected, "#phases")
    def _clicked_phase(self, event: OptionList.OptionSelected) -> None:
        self._go_to(event.option_index)

    def action_phase(self, number: int) -> None:
        """Go to a phase by its number."""
        self._go_to(number - 1)

    def action_next_phase(self) -> None:
        """Go to the phase after this one."""
        self._go_to(self._phase + 1)

    def action_previous_phase(self) -> None:
        """Go to the phase before this one."""
        self._go_to(self._phase - 1)

    def _go_to(self, phase: int) -> None:
        if 0 <= phase < len(self.desk.state.checklist.phases):
            self._phase = phase
            self.draw()

    def action_filter(self) -> None:
        """Ask what to look for, in every phase."""
        entry = self.query_one("#filter", Entry)
        entry.display = True
        entry.focus()

    @on(Input.Changed, "#filter")
    def _narrow(self, event: Input.Changed) -> None:
        self._wanted = event.value.strip()
        self.draw()

    @on(Input.Submitted, "#filter")
    def _keep_filter(self) -> None:
        self.query_one("#items", Choices).focus()

    def action_back(self) -> None:
        """Leave the filter."""
        entry = self.query_one("#filter", Entry)
        entry.value = ""
        entry.display = False
        self.query_one("#items", Choices).focus()

    def action_document(self) -> None:
        """Show what the document says of the whole launch."""
        self.app.push_screen(DetailScreen(about(self.desk.state, self.desk.actuals, self._ink)))

    def action_probes(self) -> None:
        """Show all probes, the cursor on the one of the item it is on here."""
        chosen = self.chosen()
        probe = chosen.probe if isinstance(chosen, Item) else None
        if self.desk.state.checklist.probes:
            self.app.push_screen(ProbesScreen(self.desk, lambda: self.standpoint, probe, self._ink))
        else:
            self._say("this launch has no probes")

    def action_journal(self) -> None:
        """Show the log."""
        self.app.push_screen(JournalScreen(self.desk, self._ink))
