"""How a poll stands as a whole: open, decided, or no longer good; and its tally in words."""

from collections.abc import Iterator
from typing import Literal

from launchpad.launch.countdown import reading
from launchpad.launch.moment import Moment, lapse
from launchpad.launch.poll import PollState, RoleStanding, standings, takes_votes_ms
from launchpad.launch.poll_facts import Vote
from launchpad.launch.state import LaunchState

# "ended": votes are no longer taken, and nobody decided; "expired": a GO that was not used in the
# time that it holds for; "void": what it was decided on is no more.
PollWord = Literal["open", "ended", "go", "no-go", "expired", "void"]

_NAMED_AT_MOST = 2
# Of what is no Go that holds; a Go here is one that was.
_LOUDEST_FIRST: tuple[Vote, ...] = ("no-go", "go", "maybe")


def poll_word(state: LaunchState, poll: PollState, now: Moment) -> PollWord:
    """Return how a poll stands now."""
    if poll.void:
        return "void"
    if poll.outcome is None:
        return "ended" if takes_votes_ms(poll, now) == 0 else "open"
    if poll.outcome == "go" and _expired(state, poll, now):
        return "expired"
    return poll.outcome


def acted_on(state: LaunchState, poll: PollState, now: Moment) -> bool:
    """Say whether what a poll is for has begun, so that its Go's are history."""
    into_ms = _into_ms(state, poll, now)
    return into_ms is not None and into_ms >= 0


def tally(poll: PollState, now: Moment) -> str:
    """Return who says go: GO 2 of 3, network not set. What speaks loudest is named first."""
    each = standings(poll, now)
    going = sum(one.go for one in each)
    against = sorted((one for one in each if not one.go), key=_loudness)
    others = [f"{one.role} {_word(one)}" for one in against]
    if len(others) > _NAMED_AT_MOST:
        others = [*others[: _NAMED_AT_MOST - 1], f"{len(others) - _NAMED_AT_MOST + 1} more not Go"]
    return ", ".join([f"GO {going} of {len(each)}", *others])


def stale_roles(poll: PollState) -> Iterator[str]:
    """Yield the roles whose Go no longer holds because of what happened since."""
    return (role for role in poll.roles if (vote := poll.votes.get(role)) and vote.stale)


def _loudness(each: RoleStanding) -> int:
    return _LOUDEST_FIRST.index(each.vote.vote) if each.vote else len(_LOUDEST_FIRST)


def _word(each: RoleStanding) -> str:
    vote = each.vote
    if vote is None:
        return "not set"
    if vote.vote == "go":
        return "STALE" if vote.stale else "EXPIRED"
    return "NO-GO" if vote.vote == "no-go" else "Maybe"


def _expired(state: LaunchState, poll: PollState, now: Moment) -> bool:
    """Say whether a GO was over before what it is for began; without a T-0 nothing began."""
    if poll.valid_ms is None or poll.decided is None:
        return False
    over_ms = lapse(poll.decided, now).ms - poll.valid_ms
    if over_ms < 0:
        return False
    into_ms = _into_ms(state, poll, now)
    return into_ms is None or into_ms < over_ms


def _into_ms(state: LaunchState, poll: PollState, now: Moment) -> int | None:
    """Return how long ago what a poll is for began, below zero before; None without a T-0."""
    if state.countdown is None:
        return None
    begins = next((each.at_ms for each in state.checklist.phases if each.id == poll.phase), None)
    return reading(state.countdown, state.checklist.holds, now).t_ms - (begins or 0)
