"""A card that is confirmed by typing the launch's code word, with a reason before it."""

from collections.abc import Iterator

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from launchpad.console.cards.card import Card
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.widgets.entry import Entry
from launchpad.console.widgets.typed import TypedWord
from launchpad.launch.intents import Intent


class CodeWordCard(Card):
    """Asks for a reason and the code word. Enter goes on from field to field, and acts on the last.

    The focus starts on the first field, which is never the word.
    """

    def __init__(self, desk: Desk, ink: Ink, title: str, reason: str = "") -> None:
        super().__init__(
            title, "enter goes on to the next line; after the word it acts; esc leaves"
        )
        self._desk = desk
        self._ink = ink
        self._reason = reason

    def about(self) -> str:
        """Return what is confirmed, as lines that may go to the screen."""
        raise NotImplementedError

    def fields(self) -> Iterator[Widget]:
        """Yield what is asked between the reason and the word."""
        yield from ()

    def intent(self, reason: str, word: str) -> Intent | None:
        """Return what is asked for; None where a field holds nonsense, which was said."""
        raise NotImplementedError

    def parts(self) -> Iterator[Widget]:
        """Yield what it is about, the reason, the fields and the word."""
        self.add_class("-tight")
        yield Static(Content(self.about()))
        yield Entry(self._reason, placeholder="the reason", id="reason")
        yield from self.fields()
        word = self._ink.line(self._desk.state.code_word)
        yield Static(Content(f"code word, typed: {word}"))
        yield TypedWord(placeholder="code word", id="word")

    def on_mount(self) -> None:
        """Begin at the reason."""
        self.query_one("#reason", Entry).focus()

    @on(TypedWord.PasteRefused)
    def refuse_paste(self) -> None:
        """Say why the word did not change."""
        self.refuse("the code word is typed by hand; what was pasted is not taken")

    @on(Input.Submitted)
    async def go_on(self, event: Input.Submitted) -> None:
        """Go on to the next field, or act after the last."""
        if event.input.id != "word":
            self.focus_next(Entry)
            return
        reason = self.query_one("#reason", Entry).value
        if not reason.strip():
            self.refuse("nothing was done: it needs a reason")
            self.query_one("#reason", Entry).focus()
        elif event.value.strip().casefold() != self._desk.state.code_word:
            word = self._ink.line(self._desk.state.code_word)
            self.refuse(f"nothing was done: the code word is {word}")
        else:
            intent = self.intent(reason, event.value)
            if intent is not None:
                await self.record(self._desk, intent)
