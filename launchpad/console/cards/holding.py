"""The cards that hold the launch's clock, let it run, set it back, or give the launch up."""

from collections.abc import Iterator

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from launchpad.checklist.durations import launch_time_of
from launchpad.console.cards.card import Card
from launchpad.console.cards.choosing import ChoosingCard
from launchpad.console.cards.code_word import CodeWordCard
from launchpad.console.cards.t0 import KeepCard, T0Card
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.widgets.entry import Entry
from launchpad.launch.clock_facts import ClockFact
from launchpad.launch.intents import (
    AcknowledgeGap,
    HoldClock,
    RecycleClock,
    ResumeClock,
    ScrubLaunch,
)
from launchpad.launch.kinds import Body
from launchpad.launch.moment import Moment, second, shifted
from launchpad.session.civil import told_t0
from launchpad.session.clock_words import Clock, built_in_words, clock_of, held_for, standing_at


def clock_card(desk: Desk, now: Moment, ink: Ink) -> Card:
    """Return what is to be asked about the clock as it stands."""
    clock = clock_of(desk.state, now)
    if clock is None:
        return T0Card(desk, ink, may_wait=False)
    count, read = clock.countdown, clock.reading
    if count.step and read.t_ms < 0:
        return KeepCard(desk, count, count.step, ink)
    if read.held:
        return ResumeClockCard(desk, clock, now, ink)
    if read.hold:
        return BuiltInHoldCard(desk, clock, now, ink)
    return HoldCard(desk, clock, ink)


class HoldCard(Card):
    """Asks why the clock is to stand."""

    def __init__(self, desk: Desk, clock: Clock, ink: Ink) -> None:
        super().__init__("Hold the clock", "enter holds it, esc lets it run")
        self._desk = desk
        self._at = standing_at(clock.reading.t_ms)
        self._ink = ink
        self._seen = desk.state.head.seq

    def concerns(self, body: Body) -> bool:
        """Also what somebody else does to the clock."""
        return isinstance(body, ClockFact) or super().concerns(body)

    def parts(self) -> Iterator[Widget]:
        """Yield what it means, and the line for the reason."""
        about = f"It is {self._at}. T- stands until somebody resumes it; L- goes on."
        yield Static(Content(self._ink.line(about)))
        yield Entry(placeholder="why", id="reason")

    @on(Input.Submitted, "#reason")
    async def confirm(self, event: Input.Submitted) -> None:
        """Record the hold."""
        await self.record(self._desk, HoldClock(event.value, self._seen))


class ResumeClockCard(Card):
    """Shows who holds the clock and when T-0 would be; asks for a word on why it runs again."""

    def __init__(self, desk: Desk, clock: Clock, now: Moment, ink: Ink) -> None:
        super().__init__("Let the clock run again?", "enter resumes it, esc leaves it held")
        self._desk = desk
        self._clock = clock
        self._now = now
        self._ink = ink
        self._seen = desk.state.head.seq

    def concerns(self, body: Body) -> bool:
        """Also what somebody else does to the clock."""
        return isinstance(body, ClockFact) or super().concerns(body)

    def parts(self) -> Iterator[Widget]:
        """Yield who holds it, when T-0 will be, and the line."""
        held, at = self._clock.reading.held, standing_at(self._clock.reading.t_ms)
        why = held_for(self._desk.state, held) if held else ""
        since = f"by {held.by} since {second(held.since.at)}: {why}" if held else ""
        lines = (f"Held at {at} {since}", _t0_then(self._clock, self._now))
        yield Static(Content("\n".join(map(self._ink.line, lines))))
        yield Entry(placeholder="why it goes on, or empty", id="reason")

    @on(Input.Submitted, "#reason")
    async def confirm(self, event: Input.Submitted) -> None:
        """Record that it runs again."""
        await self.record(self._desk, ResumeClock(event.value, self._now, self._seen))


class BuiltInHoldCard(ChoosingCard):
    """Asks whether a built-in hold is left before its time, or the clock is held beside it."""

    def __init__(self, desk: Desk, clock: Clock, now: Moment, ink: Ink) -> None:
        hold = clock.reading.hold
        words = f"{hold.id}, {built_in_words(desk.state, hold, clock.reading)}" if hold else ""
        super().__init__(
            desk,
            title="A built-in hold",
            about=f"{ink.line(words)}\n{ink.line(_t0_then(clock, now))}",
            options=("leave it now", "hold the clock as well"),
            line="why",
        )
        self._now = now
        self._seen = desk.state.head.seq

    def concerns(self, body: Body) -> bool:
        """Also what somebody else does to the clock."""
        return isinstance(body, ClockFact) or super().concerns(body)

    def intent(self, choice: int, text: str) -> ResumeClock | HoldClock:
        """Return what was chosen, with its reason."""
        if choice == 0:
            return ResumeClock(text, self._now, self._seen)
        return HoldClock(text, self._seen)


class RecycleCard(Card):
    """Asks to which time of the launch the clock is set back, and why."""

    def __init__(self, desk: Desk, clock: Clock, now: Moment, ink: Ink) -> None:
        super().__init__("Recycle the clock", "enter goes on; after the reason it recycles")
        self._desk = desk
        self._at = standing_at(clock.reading.t_ms)
        self._now = now
        self._ink = ink
        self._seen = desk.state.head.seq

    def concerns(self, body: Body) -> bool:
        """Also what somebody else does to the clock."""
        return isinstance(body, ClockFact) or super().concerns(body)

    def parts(self) -> Iterator[Widget]:
        """Yield what it means, the time and the reason."""
        about = f"It is {self._at}. The clock is set back and held there; a GO is void."
        yield Static(Content(self._ink.line(about)))
        yield Entry(placeholder="a time of the launch, such as T-20m", id="time")
        yield Entry(placeholder="why", id="reason")

    @on(Input.Submitted, "#time")
    def go_on(self) -> None:
        """Go on to the reason."""
        self.query_one("#reason", Entry).focus()

    @on(Input.Submitted, "#reason")
    async def confirm(self, event: Input.Submitted) -> None:
        """Record it."""
        typed = self.query_one("#time", Entry).value
        t_ms = launch_time_of(typed.strip())
        if t_ms is None:
            self.refuse("nothing was done: a time of the launch is written T-20m")
            self.query_one("#time", Entry).focus()
        else:
            await self.record(self._desk, RecycleClock(t_ms, event.value, self._now, self._seen))


class ScrubCard(CodeWordCard):
    """Asks for the reason and the word before there is no launch today."""

    def __init__(self, desk: Desk, ink: Ink) -> None:
        super().__init__(desk, ink, f"SCRUB: {ink.line(desk.state.title)}")
        self._seen = desk.state.head.seq

    def concerns(self, body: Body) -> bool:
        """Also what somebody else does to the clock."""
        return isinstance(body, ClockFact) or super().concerns(body)

    def about(self) -> str:
        """Return what it means."""
        return "There is no launch today. What runs goes on; the launch is closed next."

    def intent(self, reason: str, word: str) -> ScrubLaunch:  # noqa: ARG002 - compared already
        """Return the scrub as an intent."""
        return ScrubLaunch(reason, self._seen)


class AcknowledgeCard(Card):
    """Asks whether somebody saw that nobody had observed."""

    BINDINGS = [Binding("a", "acknowledge", "acknowledge", id="gap.acknowledge")]

    def __init__(self, desk: Desk) -> None:
        super().__init__("Nobody observed for a while", "a acknowledges it, esc leaves it open")
        self._desk = desk
        self._seen = desk.state.head.seq

    def parts(self) -> Iterator[Widget]:
        """Yield what it means."""
        about = "Look at the probes first: steps start and triggers act again after this."
        yield Static(Content(about))

    async def action_acknowledge(self) -> None:
        """Record that it was seen."""
        await self.record(self._desk, AcknowledgeGap(self._seen))


def _t0_then(clock: Clock, now: Moment) -> str:
    """Return when T-0 will be if the clock runs on now."""
    t0 = shifted(now.at, clock.remaining_ms)
    return f"T-0 will be {told_t0(t0, clock.countdown.zone, now.at)} at the earliest."
