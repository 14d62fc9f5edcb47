"""How the go/no-go poll stands, as `launchpad status --format json` says it."""

from typing import Any

from launchpad.launch.moment import Moment
from launchpad.launch.poll import RoleStanding, standings
from launchpad.launch.state import LaunchState
from launchpad.launch.tally import poll_word


def poll_values(state: LaunchState, now: Moment) -> dict[str, Any] | None:
    """Return the JSON shape of the newest poll; a role that did not vote has the vote "not-set".

    stale: a Go that does not hold, because a probe went red since or its time is over.
    """
    poll = state.poll
    if poll is None:
        return None
    return {
        "state": poll_word(state, poll, now),
        "votes": [_vote_values(each) for each in standings(poll, now)],
    }


def _vote_values(each: RoleStanding) -> dict[str, Any]:
    vote = each.vote
    return {
        "role": each.role,
        "by": vote.by if vote else None,
        "vote": vote.vote if vote else "not-set",
        "at": vote.cast.at if vote else None,
        "stale": bool(vote and vote.stale) or each.expired,
    }
