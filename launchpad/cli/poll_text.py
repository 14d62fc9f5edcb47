"""The go/no-go poll as lines to read."""

from collections.abc import Iterator

from launchpad.checklist.durations import duration
from launchpad.cli.columns import aligned
from launchpad.launch.moment import Moment, second
from launchpad.launch.poll import PollState, RoleStanding, standings, takes_votes_ms
from launchpad.launch.poll_facts import VOTE_WORDS
from launchpad.launch.poll_unmet import unmet_beside_votes
from launchpad.launch.state import LaunchState
from launchpad.launch.tally import PollWord, poll_word, tally
from launchpad.text.safe import one_line

_HEADS: dict[PollWord, str] = {
    "open": "POLL OPEN",
    "ended": "POLL ENDED, NOT DECIDED",
    "go": "GO",
    "no-go": "NO-GO",
    "expired": "GO EXPIRED",
    "void": "POLL NO LONGER HOLDS",
}


def poll_lines(state: LaunchState, now: Moment) -> Iterator[str]:
    """Yield the newest poll as lines to read; nothing where none was opened."""
    poll = state.poll
    if poll is None:
        return
    yield ""
    yield _head(state, poll, now)
    titles = {role.id: one_line(role.title) for role in state.checklist.roles}
    yield from aligned(
        [_row(titles.get(each.role, each.role), each) for each in standings(poll, now)]
    )
    if poll.open:
        against = unmet_beside_votes(state, poll, now)
        yield from (f"  against GO: {text}" for text in against)
    else:
        yield from (f"  although: {text}" for text in poll.unmet)


def _head(state: LaunchState, poll: PollState, now: Moment) -> str:
    word = poll_word(state, poll, now)
    head = f"{_HEADS[word]} for {poll.phase or 'T-0'}"
    if word == "void":
        return f"{head}: {poll.void}"
    if poll.decided:
        reason = f": {poll.reason}" if poll.reason else ""
        return f"{head}, by {poll.decided_by} at {second(poll.decided.at)}{reason}"
    left_ms = takes_votes_ms(poll, now)
    left = f", votes taken for another {duration(left_ms)}" if left_ms else ""
    opened = f"opened by {poll.by} at {second(poll.opened.at)}"
    return f"{head}, {opened}{left}: {tally(poll, now)}"


def _row(title: str, each: RoleStanding) -> tuple[str, ...]:
    vote = each.vote
    if vote is None:
        return (f"  {title}", "-", "Not set", "-", "")
    word = VOTE_WORDS[vote.vote]
    if vote.stale:
        return (f"  {title}", vote.by, f"{word}, STALE", second(vote.cast.at), vote.stale)
    expired = ", EXPIRED" if each.expired else ""
    return (f"  {title}", vote.by, f"{word}{expired}", second(vote.cast.at), vote.comment)
