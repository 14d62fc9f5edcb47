"""The cards of the go/no-go poll: opening it, and voting in it or deciding it."""

from collections.abc import Iterator

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from launchpad.checklist.durations import duration
from launchpad.console.cards.card import Card
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.console.poll_words import poll_heading, poll_lines
from launchpad.console.widgets.entry import Entry
from launchpad.console.widgets.typed import TypedWord
from launchpad.launch.authority import leads
from launchpad.launch.intents import CastVote, ClosePoll, OpenPoll
from launchpad.launch.moment import moment_at
from launchpad.launch.poll_facts import POLL_OUTCOMES, VOTES
from launchpad.launch.poll_rules import next_polled, roles_asked, votes_for
from launchpad.launch.poll_unmet import NOBODY_CONDUCTS
from launchpad.launch.state import LaunchState
from launchpad.session.clock import now

_WIDTH = 66


def opening(state: LaunchState) -> OpenPoll:
    """Return what opens the poll that comes next, with the checklist's times."""
    phase = next_polled(state)
    return OpenPoll(phase.id if phase else None, None, None, state.head.seq)


class OpenPollCard(Card):
    """Shows whom a poll will ask, and for how long; enter opens it."""

    BINDINGS = [Binding("enter", "open_poll", "open the poll", id="poll.confirm")]

    def __init__(self, desk: Desk, ink: Ink) -> None:
        phase = next_polled(desk.state)
        title = ink.line(phase.title) if phase else "T-0"
        super().__init__(f"Open the poll for {title}?", "enter opens it, esc leaves")
        self._desk = desk
        self._ink = ink
        self._intent = opening(desk.state)

    def parts(self) -> Iterator[Widget]:
        """Yield the roles and the times, and how the poll before ended."""
        state, ink = self._desk.state, self._ink
        phase = next_polled(state)
        titles = {role.id: ink.line(role.title) for role in state.checklist.roles}
        asked = ", ".join(titles.get(role, role) for role in roles_asked(state.checklist, phase))
        closes = phase.poll_closes_ms if phase else None
        valid = phase.poll_valid_ms if phase else None
        lines = [
            f"asks {asked}",
            f"votes are taken for {duration(closes)}" if closes else "until you close it",
            f"a Go holds for {duration(valid)}" if valid else "a Go holds without end",
            "a probe that goes red makes each Go that rests on it stale",
        ]
        if state.poll:
            at = moment_at(now())
            lines.append(f"before: {poll_heading(state, state.poll, at, ink)}")
        yield Static(Content("\n".join(lines)))

    async def action_open_poll(self) -> None:
        """Record that the roles are asked."""
        await self.record(self._desk, self._intent)


class PollCard(Card):
    """Shows the votes as they come in. Votes are typed, and so is the lead's GO or NO-GO.

    A decision rests on what was shown when it was begun to be typed.
    """

    def __init__(self, desk: Desk, ink: Ink) -> None:
        state, person, poll = desk.state, desk.person, desk.state.poll
        self._roles: tuple[str, ...] = ()
        self._leads = False
        if poll and poll.open and person and not state.closure:
            self._roles = votes_for(state.checklist, poll.roles, person)
            self._leads = leads(state, person)
        asked = self._roles or self._leads
        hint = "enter after the word records it, tab goes on, esc leaves" if asked else "esc leaves"
        super().__init__("GO / NO-GO", hint)
        self._desk = desk
        self._ink = ink
        self._seen = state.head.seq

    def parts(self) -> Iterator[Widget]:
        """Yield the votes, and what this operator is asked."""
        self.add_class("-tight")
        yield Static(id="votes")
        for number, role in enumerate(self._roles):
            asked = f"your vote as {self._ink.line(role)}: go, no-go or maybe"
            yield TypedWord(placeholder=asked, id=f"vote-{number}")
        if self._roles:
            yield Entry(placeholder="a comment on the vote, or empty", id="comment")
        if self._leads:
            why = "as the lead: the reason, where something speaks against it"
            yield Entry(placeholder=why, id="reason")
            yield TypedWord(placeholder="as the lead: GO or NO-GO closes the poll", id="decision")

    def on_mount(self) -> None:
        """Draw the votes, and go on drawing how old they are."""
        self.draw()
        self.set_interval(1, self.draw)
        first = self.query(Entry)
        if first:
            first.first().focus()

    def draw(self) -> None:
        """Draw how the poll stands now."""
        state, poll = self._desk.state, self._desk.state.poll
        if poll is None or not self.query("#votes"):
            return
        at, votes = moment_at(now()), self.query_one("#votes", Static)
        heading = poll_heading(state, poll, at, self._ink)
        self.query_one("#card-title", Static).update(Content.styled(heading, "bold"))
        votes.update(poll_lines(state, poll, at, votes.size.width or _WIDTH, self._ink))
        if not any(entry.value for entry in self.query(Entry)):
            self._seen = state.head.seq

    def refuse(self, reason: str) -> None:
        """Say why not; what is shown by now is what the next try rests on."""
        super().refuse(reason)
        self.query_one("#refusal").scroll_visible(animate=False)
        self._seen = self._desk.state.head.seq

    @on(TypedWord.PasteRefused)
    def refuse_paste(self) -> None:
        """Say why the word did not change."""
        self.refuse("votes and decisions are typed by hand; what was pasted is not taken")

    @on(Input.Submitted)
    async def go_on(self, event: Input.Submitted) -> None:
        """Vote or decide after the word; go on to the word after what is said about it."""
        which, _, number = (event.input.id or "").partition("-")
        if which == "vote":
            await self._vote(self._roles[int(number)], event.value)
        elif which == "decision":
            await self._decide(event.value)
        else:
            self.query_one("#vote-0" if which == "comment" else "#decision", Entry).focus()

    async def _vote(self, role: str, typed: str) -> None:
        comment = self.query_one("#comment", Entry).value
        for vote in VOTES:
            if typed.strip().casefold() == vote:
                intent = CastVote(role, vote, comment, moment_at(now()), self._seen)
                await self.record(self._desk, intent)
                return
        self.refuse("nothing was done: a vote is go, no-go or maybe")

    async def _decide(self, typed: str) -> None:
        reason = self.query_one("#reason", Entry).value
        for outcome in POLL_OUTCOMES:
            # In capitals: it must not be taken for the vote of the same name.
            if typed.strip() == outcome.upper():
                at, also = moment_at(now()), tuple(self._unseen())
                await self.record(self._desk, ClosePoll(outcome, reason, at, self._seen, also))
                return
        self.refuse("nothing was done: the poll is closed with GO or NO-GO, in capitals")

    def _unseen(self) -> Iterator[str]:
        sight = self._desk.sight
        if self._desk.state.checklist.probes and not (sight and sight.conductor.alive):
            yield NOBODY_CONDUCTS
