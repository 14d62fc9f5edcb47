"""What happened in a go/no-go poll: the bodies of events."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Vote = Literal["go", "no-go", "maybe"]
PollOutcome = Literal["go", "no-go"]

VOTES: tuple[Vote, ...] = get_args(Vote)
VOTE_WORDS: Mapping[Vote, str] = {"go": "Go", "no-go": "No-go", "maybe": "Maybe"}
POLL_OUTCOMES: tuple[PollOutcome, ...] = get_args(PollOutcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOpened:
    """poll.opened: the roles are asked. phase: the id of the phase it is for, None for T-0.

    roles: ids, or titles where the checklist names no roles; closes_in_ms: how long votes are
    taken, valid_ms: how long a Go holds; both from this event or the vote, None without an end.
    """

    phase: str | None
    roles: tuple[str, ...]
    closes_in_ms: int | None = None
    valid_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollVoted:
    """poll.voted: a role's vote. rests_on: the ids of the probes that were good then."""

    role: str
    vote: Vote
    comment: str = ""
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PollClosed:
    """poll.closed: the lead's decision. reason: why it was GO although something spoke against it.

    unmet: what that was, in words.
    """

    outcome: PollOutcome
    reason: str | None = None
    unmet: tuple[str, ...] = ()


PollFact: TypeAlias = PollOpened | PollVoted | PollClosed
