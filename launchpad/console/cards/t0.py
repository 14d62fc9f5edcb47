"""The cards that say when T-0 is, and what it keeps after the wall clock was set."""

from collections.abc import Iterator

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from launchpad.console.cards.card import Card
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.widgets.entry import Entry
from launchpad.launch.clock_facts import Keeping
from launchpad.launch.countdown import ClockStep, Countdown
from launchpad.launch.intents import SetT0
from launchpad.launch.moment import moment_at
from launchpad.session.civil import EXAMPLES, NotATime, TypedT0, echo, kept_t0, read_t0
from launchpad.session.clock import now
from launchpad.session.clock_words import step_words


class T0Card(Card):
    """Asks when T-0 is, and reads it back as it is typed.

    may_wait: whether nothing typed means that it is set later.
    """

    def __init__(self, desk: Desk, ink: Ink, *, may_wait: bool) -> None:
        hint = "enter sets it, esc leaves"
        if may_wait:
            hint = "enter sets it; empty, it is set later: palette, set T-0"
        super().__init__("When is T-0?", hint)
        self._desk = desk
        self._ink = ink
        self._may_wait = may_wait
        self._seen = desk.state.head.seq

    def parts(self) -> Iterator[Widget]:
        """Yield how it can be written, the line, and how it is read."""
        yield Static(Content(f"A time with its zone: {EXAMPLES}"))
        yield Entry(placeholder="when T-0 is, or empty" if self._may_wait else "when", id="t0")
        yield Static(id="read-back")

    @on(Input.Changed, "#t0")
    def read_back(self, event: Input.Changed) -> None:
        """Show what it would be."""
        at = now()
        try:
            said = f"T-0 {echo(read_t0(event.value, at), at)}"
        except NotATime:
            said = ""
        self.query_one("#read-back", Static).update(Content.styled(said, "bold"))

    @on(Input.Submitted, "#t0")
    async def confirm(self, event: Input.Submitted) -> None:
        """Record it."""
        if not event.value.strip() and self._may_wait:
            self.dismiss(result=False)
            return
        try:
            read = read_t0(event.value, now())
        except NotATime as error:
            self.refuse(self._ink.line(str(error)))
        else:
            await self.record(self._desk, _intent(read, None, self._seen))


class KeepCard(Card):
    """Asks what T-0 keeps; its answer is typed."""

    def __init__(self, desk: Desk, countdown: Countdown, step: ClockStep, ink: Ink) -> None:
        hint = "type hour or remainder; enter records it, esc leaves it open"
        super().__init__("The wall clock was set: what does T-0 keep?", hint)
        self._desk = desk
        self._countdown = countdown
        self._step = step
        self._ink = ink
        self._seen = desk.state.head.seq

    def parts(self) -> Iterator[Widget]:
        """Yield what happened, both answers, and the line for one."""
        at = now()
        lines = [
            step_words(self._step),
            f"hour: T-0 {echo(self._kept('hour'), at)}",
            f"remainder: T-0 {echo(self._kept('remainder'), at)}",
        ]
        yield Static(Content("\n".join(map(self._ink.line, lines))))
        yield Entry(placeholder="hour, or remainder", id="keep")

    def _kept(self, keeps: Keeping) -> TypedT0:
        return kept_t0(self._countdown, self._desk.state.checklist.holds, keeps, now())

    @on(Input.Submitted, "#keep")
    async def confirm(self, event: Input.Submitted) -> None:
        """Record it."""
        match event.value.strip().casefold():
            case "hour":
                intent = _intent(self._kept("hour"), "hour", self._seen)
            case "remainder":
                intent = _intent(self._kept("remainder"), "remainder", self._seen)
            case _:
                self.refuse("nothing was done: type hour or remainder")
                return
        await self.record(self._desk, intent)


def _intent(read: TypedT0, keeps: Keeping | None, seen: int) -> SetT0:
    return SetT0(read.t0, read.zone, read.in_ms, keeps, seen, moment_at(now()))
