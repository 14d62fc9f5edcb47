"""A proposed rollback in words: which trigger, what it saw, what is left of the time to decide."""

from collections.abc import Iterator
from dataclasses import dataclass

from launchpad.checklist.durations import duration
from launchpad.launch.arming import triggers_of
from launchpad.launch.moment import Moment, day, minute, second, shifted
from launchpad.launch.state import LaunchState
from launchpad.launch.trigger_rules import kept_by
from launchpad.launch.triggers import Proposal


@dataclass(frozen=True, slots=True)
class ProposalWords:
    """What people have to decide about; all of it is safe, on one line each.

    trigger: its id; tripped: when it did, and on which probe; shown: what the probe showed; timer:
    what is left of the time; late: whether nobody decided in time; others: how many beside it.
    """

    trigger: str
    tripped: str
    shown: str
    timer: str
    late: bool
    others: int


def proposal_words(
    state: LaunchState, now: Moment, trigger: str | None = None, *, conducted: bool = True
) -> ProposalWords | None:
    """Return a trigger's proposal, else the one that presses most; None while none is open.

    conducted: whether somebody conducts the launch, and could begin anything by itself.
    """
    proposals = state.triggers.proposals
    open_one = proposals.get(trigger) if trigger else state.triggers.proposal
    if open_one is None or state.phase != "open":
        return None
    known = state.triggers.trigger(open_one.trigger)
    at = f"tripped at {second(known.tripped.at)}" if known.tripped else "tripped"
    timer, late = _timer(state, open_one, now, conducted=conducted)
    return ProposalWords(
        trigger=open_one.trigger,
        tripped=f"trigger {open_one.trigger} {at} on {known.probe}",
        shown=known.shown,
        timer=timer,
        late=late,
        others=len(proposals) - 1,
    )


def _timer(
    state: LaunchState, proposal: Proposal, now: Moment, *, conducted: bool
) -> tuple[str, bool]:
    left = proposal.left(now)
    if left is None:
        return "no timer runs: somebody has to decide", False
    about = "" if left.exact else "about "
    held_up = next(kept_by(state, proposal.trigger, now), None) if proposal.auto else None
    if proposal.auto and not conducted:
        held_up = "nobody conducts the launch"
    if proposal.auto and held_up is None:
        if left.ms:
            return f"starts by itself in {about}{duration(left.ms)}", False
        return "starts by itself now", False
    alone = f"; it does not start by itself: {held_up}" if held_up else ""
    if left.ms:
        return f"{about}{duration(left.ms)} left to decide{alone}", False
    return f"NOBODY DECIDED in {duration(proposal.decide_within_ms or 0)}{alone}", True


def dismissed_words(state: LaunchState, now: Moment) -> Iterator[str]:
    """Yield for each trigger that is dismissed now who did so, until when, and why."""
    for trigger in triggers_of(state):
        dismissal = state.triggers.trigger(trigger.id).dismissal
        if dismissal and dismissal.left(now).ms:
            end = shifted(dismissal.since.at, dismissal.for_ms)
            # A time of another day is told with its day.
            until = minute(end) if day(end) == day(now.at) else f"{day(end)} {minute(end)}"
            yield f"{trigger.id} dismissed by {dismissal.by} until {until}: {dismissal.reason}"
