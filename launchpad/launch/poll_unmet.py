"""What speaks against a GO, each in words: roles, criteria, sign-offs, the way back."""

from collections.abc import Iterator

from launchpad.checklist.model import Phase
from launchpad.launch.criteria import criteria
from launchpad.launch.moment import Moment
from launchpad.launch.poll import PollState, RoleStanding, standings
from launchpad.launch.poll_facts import VOTE_WORDS
from launchpad.launch.solvency import fit
from launchpad.launch.state import LaunchState
from launchpad.text.safe import one_line

# What only who looks beside the events can know.
NOBODY_CONDUCTS = "nobody conducts the launch: what the probes saw is old"

_NAMED_AT_MOST = 3


def unmet(state: LaunchState, poll: PollState, now: Moment) -> tuple[str, ...]:
    """Return everything that speaks against a GO now.

    The roles that have no valid Go, the commit criteria that are not met, the sign-offs of the
    phase before the one that is polled, and a rollback that could not be carried out.
    """
    lacking = (role_words(each) for each in standings(poll, now) if not each.go)
    return *lacking, *unmet_beside_votes(state, poll, now)


def unmet_beside_votes(state: LaunchState, poll: PollState, now: Moment) -> tuple[str, ...]:
    """Return the same without the roles, for where their votes are seen."""
    return *_criteria(state), *_signoffs(state, poll), *_way_back(state, now)


def role_words(each: RoleStanding) -> str:
    """Return where a role stands: network not set, dba Go of AB STALE: health went red."""
    vote = each.vote
    if vote is None:
        return f"{each.role} not set"
    if vote.vote == "go":
        why = f" STALE: {vote.stale}" if vote.stale else " EXPIRED" if each.expired else ""
        return f"{each.role} Go of {vote.by}{why}"
    comment = f": {vote.comment}" if vote.comment else ""
    return f"{each.role} {VOTE_WORDS[vote.vote]} of {vote.by}{comment}"


def _criteria(state: LaunchState) -> Iterator[str]:
    for each in criteria(state):
        name = one_line(each.criterion.id)
        if each.word == "not-met":
            yield f"commit criterion {name} not met: {_some(each.red)} red"
        elif each.word == "no-data":
            yield f"commit criterion {name}: no data of {_some(each.unknown) or 'any probe'}"


def _signoffs(state: LaunchState, poll: PollState) -> Iterator[str]:
    before = _phase_before(state, poll)
    for slot in state.checklist.signoffs:
        if before is None or slot.phase != before.id or slot.closes_rollback:
            continue
        if state.slot(slot.id).signature is None:
            yield f"sign-off {one_line(slot.id)} missing"
        elif changed := state.changed_since_signed(slot):
            yield f"sign-off {one_line(slot.id)} made before {_some(changed)} changed"


def _phase_before(state: LaunchState, poll: PollState) -> Phase | None:
    """Return the phase that stands before the polled one; for T-0 the last that begins earlier."""
    phases = state.checklist.phases
    if poll.phase is None:
        earlier = [phase for phase in phases if phase.at_ms is not None and phase.at_ms < 0]
        return earlier[-1] if earlier else None
    ids = [phase.id for phase in phases]
    place = ids.index(poll.phase) if poll.phase in ids else 0
    return phases[place - 1] if place else None


def _way_back(state: LaunchState, now: Moment) -> Iterator[str]:
    if state.gap is not None:
        yield f"the observation gap of event {state.gap} not acknowledged"
    if state.preflight and state.preflight.missing:
        yield f"rollback not ready: {_some(state.preflight.missing)}"
    fitting = fit(state, now)
    if fitting and fitting.fits is False:
        yield "the rollback no longer fits before the hard stop"


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - _NAMED_AT_MOST
    listed = ", ".join(map(one_line, names[:_NAMED_AT_MOST]))
    return f"{listed} and {more} more" if more > 0 else listed
