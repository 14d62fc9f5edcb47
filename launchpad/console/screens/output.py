"""All that a step printed, as far as the log keeps it, following while it prints."""

import asyncio

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Log

from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.widgets.pane import Pane
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.log.errors import LogError

_LOOK_S = 0.5


class OutputScreen(Screen[None]):
    """Shows one run of a step. At its end it follows; scrolled up, it stays where it is."""

    BINDINGS = [
        Binding("escape", "dismiss", "back", id="output.leave"),
        Binding("j", "down", show=False, id="list.output-down"),
        Binding("k", "up", show=False, id="list.output-up"),
        Binding("question_mark", "app.show_keys", "help", id="app.help"),
    ]

    def __init__(self, desk: Desk, attempt: int, step: str, run: int, ink: Ink) -> None:
        super().__init__()
        self._desk = desk
        self._attempt = attempt
        self._step = step
        self._run = run
        self._ink = ink
        self._shown = ""

    def compose(self) -> ComposeResult:
        """Lay out the heading, the lines and the keys."""
        yield Pane(id="output-title")
        yield Log(id="output", highlight=False)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Say what is shown, and read it."""
        of = "cutover" if self._attempt == CUTOVER else f"attempt {self._attempt}"
        title = f" Output of {self._ink.line(self._step)}, {of}, run {self._run}"
        self.query_one("#output-title", Pane).show(Content.styled(title, "bold"))
        self.query_one("#output", Log).focus()
        self.read()
        if self._attempt == CUTOVER:
            # What is looked at again and again is the rollback's; here nobody else tells.
            self.set_interval(_LOOK_S, self.read)

    @work(exclusive=True)
    async def read(self) -> None:
        """Show what was printed by now."""
        live = self._desk.live
        try:
            text = await asyncio.to_thread(
                live.log.outputs, live.launch, self._attempt, self._step, self._run
            )
        except LogError as error:
            text = f"the log cannot be read: {error}"
        if text == self._shown:
            return
        lines = self.query_one("#output", Log)
        if text.startswith(self._shown) and self._shown.endswith("\n"):
            lines.write(
                self._ink.lines(text[len(self._shown) :]), scroll_end=lines.is_vertical_scroll_end
            )
        else:
            at = lines.scroll_y
            at_end = not self._shown or lines.is_vertical_scroll_end
            lines.clear()
            lines.write(self._ink.lines(text), scroll_end=at_end)
            if not at_end:
                lines.scroll_to(y=at, animate=False)
        self._shown = text

    def action_down(self) -> None:
        """Move down."""
        self.query_one("#output", Log).scroll_down(animate=False)

    def action_up(self) -> None:
        """Move up."""
        self.query_one("#output", Log).scroll_up(animate=False)
