"""A go/no-go poll: who voted what, what each Go rested on, and how events move it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from launchpad.launch.event import Event
from launchpad.launch.moment import Moment, lapse, moment_of
from launchpad.launch.person import actor_initials
from launchpad.launch.poll_facts import PollClosed, PollFact, PollOpened, PollOutcome, Vote
from launchpad.text.safe import one_line


@dataclass(frozen=True, slots=True)
class RoleVote:
    """What a role voted, in the event with this seq. rests_on: the probes that were good then.

    stale: why it does not hold any longer, since stale_since.
    """

    vote: Vote
    by: str
    cast: Moment
    comment: str
    rests_on: tuple[str, ...]
    stale: str | None = None
    stale_since: Moment | None = None
    seq: int = 0


@dataclass(frozen=True, slots=True)
class PollState:
    """The newest poll. votes: by role; outcome: the lead's decision, None while it is open.

    unmet: what spoke against a GO that was given all the same; void: why its outcome no longer
    holds, such as a recycled clock; asked, touched: the seq of its first and of its last event.
    """

    number: int
    phase: str | None
    roles: tuple[str, ...]
    opened: Moment
    by: str
    closes_in_ms: int | None
    valid_ms: int | None
    votes: Mapping[str, RoleVote] = field(default_factory=dict)
    outcome: PollOutcome | None = None
    decided: Moment | None = None
    decided_by: str | None = None
    reason: str | None = None
    unmet: tuple[str, ...] = ()
    void: str | None = None
    asked: int = 0
    touched: int = 0

    @property
    def open(self) -> bool:
        """Whether it is still to be decided."""
        return self.outcome is None and self.void is None


@dataclass(frozen=True, slots=True)
class RoleStanding:
    """Where a role stands in a poll. vote: None while it is not set; expired: of a Go, by time."""

    role: str
    vote: RoleVote | None
    expired: bool = False

    @property
    def go(self) -> bool:
        """Whether it is a Go that holds."""
        vote = self.vote
        return vote is not None and vote.vote == "go" and not vote.stale and not self.expired


def standing(poll: PollState, role: str, now: Moment) -> RoleStanding:
    """Return where a role stands now."""
    vote = poll.votes.get(role)
    if vote is None or vote.vote != "go" or poll.valid_ms is None:
        return RoleStanding(role, vote)
    return RoleStanding(role, vote, expired=lapse(vote.cast, now).ms >= poll.valid_ms)


def standings(poll: PollState, now: Moment) -> tuple[RoleStanding, ...]:
    """Return where each role that is asked stands now, in the order in which they are asked."""
    return tuple(standing(poll, role, now) for role in poll.roles)


def takes_votes_ms(poll: PollState, now: Moment) -> int | None:
    """Return how much longer votes are taken, 0 when no more; None where that has no end."""
    if poll.closes_in_ms is None:
        return None
    return max(poll.closes_in_ms - lapse(poll.opened, now).ms, 0)


def polled(before: PollState | None, event: Event, body: PollFact) -> PollState | None:
    """Return the poll after an event on it; None for a vote without a poll."""
    if isinstance(body, PollOpened):
        return PollState(
            number=before.number + 1 if before else 1,
            phase=body.phase,
            roles=tuple(one_line(role) for role in body.roles),
            opened=moment_of(event),
            by=actor_initials(event.actor),
            closes_in_ms=body.closes_in_ms,
            valid_ms=body.valid_ms,
            asked=event.seq,
            touched=event.seq,
        )
    if before is None:
        return None
    if isinstance(body, PollClosed):
        return replace(
            before,
            outcome=body.outcome,
            decided=moment_of(event),
            decided_by=actor_initials(event.actor),
            reason=one_line(body.reason) if body.reason else None,
            unmet=tuple(one_line(text) for text in body.unmet),
            touched=event.seq,
        )
    vote = RoleVote(
        vote=body.vote,
        by=actor_initials(event.actor),
        cast=moment_of(event),
        comment=one_line(body.comment),
        rests_on=body.rests_on,
        seq=event.seq,
    )
    return replace(before, votes={**before.votes, one_line(body.role): vote}, touched=event.seq)


def gone_red(poll: PollState, event: Event, probe: str) -> PollState:
    """Return the poll after a probe went red: each Go that rested on it is stale, once."""
    why = f"{one_line(probe)} went red"
    votes = {
        role: replace(vote, stale=why, stale_since=moment_of(event))
        if vote.vote == "go" and vote.stale is None and probe in vote.rests_on
        else vote
        for role, vote in poll.votes.items()
    }
    if votes == poll.votes:
        return poll
    return replace(poll, votes=votes, touched=event.seq)
