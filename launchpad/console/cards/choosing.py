"""A card that asks for one of a few outcomes and then for a line of text."""

from collections.abc import Iterator, Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from launchpad.console.cards.card import Card
from launchpad.console.desk import Desk
from launchpad.console.widgets.choices import Choices
from launchpad.console.widgets.entry import Entry
from launchpad.launch.intents import Intent


class ChoosingCard(Card):
    """Asks for a choice and a line. The cursor starts on none, so enter alone does nothing.

    about: what the choice is on; options: what can be chosen; line: what the text is.
    """

    def __init__(
        self, desk: Desk, *, title: str, about: str, options: Sequence[str], line: str
    ) -> None:
        super().__init__(title, f"arrows and enter choose, enter after the {line} records it")
        self._desk = desk
        self._about = about
        self._options = options
        self._line = line
        self._chosen: str | None = None

    def intent(self, choice: int, text: str) -> Intent:
        """Return what a choice (its index) and a text ask for."""
        raise NotImplementedError

    def parts(self) -> Iterator[Widget]:
        """Yield what it is about, the options and the line."""
        yield Static(Content(self._about))
        yield Choices(id="options")
        yield Entry(placeholder="choose first", id="line", disabled=True)

    def on_mount(self) -> None:
        """Offer the options with none of them under the cursor."""
        options = self.query_one("#options", Choices)
        options.set_options(Option(Content(option), option) for option in self._options)
        options.highlighted = None
        options.focus()

    @on(OptionList.OptionSelected, "#options")
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Go on to the line."""
        self._chosen = self._options[event.option_index]
        line = self.query_one("#line", Entry)
        line.disabled = False
        line.placeholder = f"{self._chosen}: {self._line}"
        line.focus()

    @on(Input.Submitted, "#line")
    async def confirm(self, event: Input.Submitted) -> None:
        """Record the choice."""
        if self._chosen is not None:
            choice = self._options.index(self._chosen)
            await self.record(self._desk, self.intent(choice, event.value))
