"""The go/no-go poll at a console: asked, voted and decided by typed words, and seen by all."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from launchpad.console.cards.polling import OpenPollCard, PollCard
from launchpad.console.screens.launch import LaunchScreen
from launchpad.console.widgets.banner import Banner
from launchpad.launch.intents import CastVote, OpenPoll
from launchpad.launch.moment import moment_at
from launchpad.launch.person import Person
from launchpad.launch.poll import PollState
from launchpad.launch.poll_facts import Vote
from launchpad.session.clock import now
from tests.console.conftest import Night, taking_part
from tests.console.flight import PLAN, Flight
from tests.console.seeing import at_work, screen_text, until

POLLED = PLAN.replace("AUTHORITY", "any").replace(
    "    items:\n", "    poll: {roles: [dba, ops], closes-in: 5m, valid-for: 15m}\n    items:\n"
)
LEAD_ELSEWHERE = POLLED.replace(
    "probes:\n",
    "crew: {lead: CD, people: [{initials: CD, name: Cleo D, roles: [ops]},"
    " {initials: AB, name: Ada B, roles: [dba]}]}\nprobes:\n",
    1,
)


class Polled(Flight):
    """A flight whose only phase is polled. AB at the console is dba, CD elsewhere is ops."""

    def __init__(self, folder: Path, document: str) -> None:
        Night.__init__(self, folder, document, "plan.yaml")
        self.lost = []
        self.takes_over()

    @property
    def poll(self) -> PollState:
        found = self.live().state.poll
        assert found
        return found

    def opens(self) -> None:
        """Let CD open the poll."""
        self.colleague(lambda seen: OpenPoll("edge", None, None, seen))

    def votes(self, vote: Vote) -> None:
        """Let CD vote."""
        live = self.live()
        intent = CastVote(None, vote, "", moment_at(now()), live.state.head.seq)
        live.submit(intent, taking_part(Person("CD", "Cleo D", "ops")))


Flying: TypeAlias = Callable[[str], Polled]


@pytest.fixture
def flying(tmp_path: Path) -> Iterator[Flying]:
    """Give a way to make a polled launch of a document."""
    made: list[Polled] = []

    def make(document: str) -> Polled:
        made.append(Polled(tmp_path, document))
        return made[-1]

    yield make
    for each in made:
        each.ends()
        each.log.close()


async def test_the_lead_opens_it_votes_and_decides_with_typed_words(
    flying: Flying,
) -> None:
    night = flying(POLLED)
    night.samples("success", "200")
    async with at_work(night) as (app, pilot):
        await pilot.press("P")
        await until(lambda: isinstance(app.screen, OpenPollCard), "the offer")
        assert "asks Database Admin, Operations" in screen_text(app)
        await pilot.press("enter")
        await until(lambda: "GO 0 of 2, dba not set, ops not set" in screen_text(app), "the tally")
        await pilot.press("P", *"go", "enter")
        await until(lambda: "GO 1 of 2, ops not set" in screen_text(app), "the vote")
        await pilot.press("P", "tab", "tab", "tab", *"go", "enter")
        await until(lambda: "in capitals" in screen_text(app), "the hint")
        await pilot.press("ctrl+u", *"GO", "enter")
        await until(lambda: "against GO: ops not set" in screen_text(app), "the refusal")
        assert "NO-GO" not in screen_text(app).splitlines()[1]
        await pilot.press("shift+tab", *"agreed", "enter", "enter")
        await until(lambda: isinstance(app.screen, LaunchScreen), "the launch")
        await until(lambda: "  GO " in screen_text(app), "the decision in the second line")
    assert (night.poll.outcome, night.poll.reason, night.poll.unmet) == (
        "go",
        "agreed",
        ("ops not set",),
    )
    assert night.poll.votes["dba"].rests_on == ("health",)


async def test_what_is_no_vote_is_none(flying: Flying) -> None:
    night = flying(POLLED)
    night.opens()
    async with at_work(night) as (app, pilot):
        await pilot.press("P", "enter")
        await until(lambda: "a vote is go, no-go or maybe" in screen_text(app), "the hint")
        await pilot.press(*"yes", "enter", "escape")
        assert isinstance(app.screen, LaunchScreen)
    assert not night.poll.votes


async def test_a_comment_goes_with_the_vote(flying: Flying) -> None:
    night = flying(POLLED)
    night.opens()
    async with at_work(night) as (_, pilot):
        await pilot.press("P", "tab", *"lags", "enter", *"no-go", "enter")
        await until(lambda: "dba" in night.poll.votes, "the vote")
    vote = night.poll.votes["dba"]
    assert (vote.vote, vote.comment) == ("no-go", "lags")


async def test_who_does_not_lead_votes_and_is_offered_nothing_else(
    flying: Flying,
) -> None:
    night = flying(LEAD_ELSEWHERE)
    async with at_work(night) as (app, pilot):
        await pilot.press("P")
        await until(lambda: "only the lead may open a poll: CD" in screen_text(app), "the word")
        night.opens()
        await until(lambda: "POLL opened by CD: P votes" in screen_text(app), "the banner")
        assert isinstance(app.screen, LaunchScreen)
        await pilot.press("P")
        await until(lambda: isinstance(app.screen, PollCard), "the card")
        seen = screen_text(app)
        assert "your vote as dba" in seen
        assert "as the lead" not in seen
        night.votes("no-go")
        await until(lambda: "Operations         CD   No-go" in screen_text(app), "CD's vote")


async def test_a_poll_that_is_opened_leaves_what_is_being_typed_alone(
    flying: Flying,
) -> None:
    night = flying(LEAD_ELSEWHERE)
    async with at_work(night) as (app, pilot):
        await pilot.press("e", *"half a ")
        night.opens()
        await until(lambda: app.screen.query(Banner), "the banner")
        await pilot.press(*"note", "enter")
        await until(lambda: isinstance(app.screen, LaunchScreen), "the launch")
    item = night.live().state.item("alpha")
    assert [note.text for note in item.notes] == ["half a note"]
    assert not night.poll.votes


async def test_a_go_that_goes_stale_is_said_once_and_shown_until_it_is_voted_again(
    flying: Flying,
) -> None:
    night = flying(POLLED)
    night.samples("success", "200")
    night.opens()
    async with at_work(night) as (app, pilot):
        await pilot.press("P", *"go", "enter")
        await until(lambda: "GO 1 of 2" in screen_text(app), "the vote")
        night.samples("failed", "503")
        stale = "Go of dba is STALE: health went red; to be voted again"
        await until(lambda: stale in screen_text(app), "the banner")
        assert "GO 0 of 2, dba STALE, ops not set" in screen_text(app)
        app.screen.query(Banner).remove()
        night.samples("success", "200")
        night.samples("failed", "503")
        await until(lambda: night.live().state.head.seq == app_seq(app), "the second red")
        assert not app.screen.query(Banner)
        await pilot.press("P")
        await until(lambda: "Go, STALE" in screen_text(app), "the vote on the card")
        assert "ago: again" in screen_text(app)
        await pilot.press(*"go", "enter")
        await until(lambda: "GO 1 of 2, ops not set" in screen_text(app), "the new vote")


def app_seq(app: object) -> int:
    """Return the last event that a console has taken in."""
    for screen in getattr(app, "screen_stack", ()):
        if isinstance(screen, LaunchScreen):
            return screen.desk.state.head.seq
    return -1


async def test_a_decision_rests_on_what_was_shown_when_it_was_begun(
    flying: Flying,
) -> None:
    night = flying(POLLED)
    night.opens()
    async with at_work(night) as (app, pilot):
        await pilot.press("P", "tab", "tab", *"fine", "enter", *"NO-G")
        night.votes("no-go")
        await until(lambda: "Operations         CD   No-go" in screen_text(app), "the vote")
        await pilot.press("O", "enter")
        await until(lambda: "CD voted No-go as ops" in screen_text(app), "the refusal")
        assert night.poll.outcome is None
        await pilot.press("enter")
        await until(lambda: night.poll.outcome == "no-go", "the decision")
