"""The rules of the go/no-go poll: who may ask, who may vote for a role, and who decides.

A No-go is a vote and a NO-GO a decision about launching: neither rolls anything back nor stops it.
"""

from collections.abc import Iterable

from launchpad.checklist.model import Checklist, Phase
from launchpad.launch.authority import refuse_scrubbed, require_lead, roles_held
from launchpad.launch.intents import CastVote, ClosePoll, OpenPoll
from launchpad.launch.kinds import Body
from launchpad.launch.moment import second, shifted
from launchpad.launch.person import Person
from launchpad.launch.poll import PollState, takes_votes_ms
from launchpad.launch.poll_facts import VOTE_WORDS, PollClosed, PollOpened, PollVoted
from launchpad.launch.poll_unmet import unmet
from launchpad.launch.refused import Refused, said
from launchpad.launch.state import LaunchState
from launchpad.text.safe import one_line


def open_poll(state: LaunchState, intent: OpenPoll, by: Person) -> tuple[Body, ...]:
    """Ask the roles of a phase for go or no-go."""
    refuse_scrubbed(state)
    require_lead(state, by, "open a poll")
    before = state.poll
    if before and before.open:
        opened = f"by {before.by} at {second(before.opened.at)}"
        raise Refused(f"a poll is open already, {opened}; it is closed first")
    if before and before.touched > intent.seen:
        raise Refused(f"{_decided(before)}, after what you saw")
    phase = None if intent.phase is None else _phase(state.checklist, intent.phase)
    roles = roles_asked(state.checklist, phase)
    if not roles:
        raise Refused("the checklist names no roles to ask: neither a poll's nor any others")
    closes_in_ms, valid_ms = intent.closes_in_ms, intent.valid_ms
    if phase:
        closes_in_ms = phase.poll_closes_ms if closes_in_ms is None else closes_in_ms
        valid_ms = phase.poll_valid_ms if valid_ms is None else valid_ms
    if any(span_ms is not None and span_ms <= 0 for span_ms in (closes_in_ms, valid_ms)):
        raise Refused("votes are taken, and a Go holds, for longer than nothing")
    return (
        PollOpened(phase=intent.phase, roles=roles, closes_in_ms=closes_in_ms, valid_ms=valid_ms),
    )


def vote(state: LaunchState, intent: CastVote, by: Person) -> tuple[Body, ...]:
    """Vote for a role that one holds; it replaces what was voted for that role before."""
    poll = _open(state)
    if poll.asked > intent.seen:
        raise Refused(f"another poll was opened by {poll.by}, after what you saw")
    if poll.closes_in_ms is not None and takes_votes_ms(poll, intent.now) == 0:
        until = second(shifted(poll.opened.at, poll.closes_in_ms))
        raise Refused(f"votes were taken until {until}; the lead closes the poll")
    role = _role(state.checklist, poll, intent.role, by)
    before = poll.votes.get(role)
    if before and before.seq > intent.seen:
        raise Refused(
            f"{before.by} voted {VOTE_WORDS[before.vote]} as {role} at {second(before.cast.at)}, "
            "after what you saw"
        )
    good = (name for name, probe in state.probes.items() if probe.state == "success")
    return (
        PollVoted(
            role=role,
            vote=intent.vote,
            comment=said(intent.comment),
            rests_on=tuple(sorted(good)) if intent.vote == "go" else (),
        ),
    )


def close_poll(state: LaunchState, intent: ClosePoll, by: Person) -> tuple[Body, ...]:
    """Decide a poll; a GO that something speaks against takes a reason, and both are recorded."""
    poll = _open(state)
    require_lead(state, by, "close a poll")
    if poll.touched > intent.seen:
        raise Refused(f"{_newest(poll)}, after what you saw")
    reason = said(intent.reason)
    if intent.outcome == "no-go":
        if not reason and all(each.vote != "no-go" for each in poll.votes.values()):
            raise Refused("nobody voted No-go; a NO-GO then needs a reason")
        return (PollClosed(outcome="no-go", reason=reason or None),)
    against = (*unmet(state, poll, intent.now), *map(one_line, intent.also_unmet))
    if against and not reason:
        raise Refused(f"against GO: {'; '.join(against)}. It is GO all the same with a reason")
    return (PollClosed(outcome="go", reason=reason or None, unmet=against),)


def roles_asked(checklist: Checklist, phase: Phase | None) -> tuple[str, ...]:
    """Return the ids of the roles that a poll asks: the phase's, else all of the checklist."""
    if phase and phase.poll:
        return phase.poll
    return tuple(role.id for role in checklist.roles)


def next_polled(state: LaunchState) -> Phase | None:
    """Return the phase whose poll comes next: the first with one, after the one that said go.

    None is for T-0, where no phase says whom to ask.
    """
    polled = [phase for phase in state.checklist.phases if phase.poll]
    ids = [phase.id for phase in polled]
    last = state.poll
    if last and last.phase in ids:
        at = ids.index(last.phase)
        done = last.outcome == "go" and last.void is None and at + 1 < len(polled)
        return polled[at + 1 if done else at]
    return polled[0] if polled else None


def votes_for(checklist: Checklist, roles: Iterable[str], by: Person) -> tuple[str, ...]:
    """Return those of these roles that somebody votes for.

    Where a crew is named it says who holds a role; else, and for a role that nobody of the crew
    holds, whoever gives it. The lead votes for no other than anybody else would.
    """
    titles = {role.id: role.title.casefold() for role in checklist.roles}
    crew = checklist.crew.people if checklist.crew else ()
    manned = {role.casefold() for member in crew for role in member.roles}
    own = {
        role.casefold()
        for member in crew
        if member.initials.upper() == by.initials
        for role in member.roles
    }
    given = roles_held(checklist, by)

    def may(role: str) -> bool:
        names = {role.casefold(), titles.get(role, role.casefold())}
        return bool(names & (own if names & manned else given))

    return tuple(role for role in roles if may(role))


def _role(checklist: Checklist, poll: PollState, wanted: str | None, by: Person) -> str:
    mine = votes_for(checklist, poll.roles, by)
    if wanted is None:
        if len(mine) == 1:
            return mine[0]
        if mine:
            raise Refused(f"{by.initials} votes for {', '.join(mine)}: say for which")
        raise Refused(f"{by.initials} holds none of the roles asked: {', '.join(poll.roles)}")
    titles = {role.id: role.title.casefold() for role in checklist.roles}
    typed = wanted.strip().casefold()
    for role in poll.roles:
        if typed in {role.casefold(), titles.get(role)}:
            if role in mine:
                return role
            raise Refused(f"{by.initials} does not hold the role {role}{_holders(checklist, role)}")
    raise Refused(f"the poll does not ask {one_line(wanted)!r}, but {', '.join(poll.roles)}")


def _holders(checklist: Checklist, role: str) -> str:
    crew = checklist.crew.people if checklist.crew else ()
    named = [f"{each.initials}, {each.name}" for each in crew if role in each.roles]
    return f"; that is {one_line(' and '.join(named))}" if named else " (--role gives one)"


def _phase(checklist: Checklist, wanted: str) -> Phase:
    for phase in checklist.phases:
        if phase.id == wanted:
            return phase
    raise Refused(f"this launch has no phase {one_line(wanted)!r}")


def _open(state: LaunchState) -> PollState:
    refuse_scrubbed(state)
    poll = state.poll
    if poll is None:
        raise Refused("no poll is open; the lead opens one")
    if not poll.open:
        raise Refused(f"{_decided(poll)}; the lead opens another poll")
    return poll


def _decided(poll: PollState) -> str:
    if poll.void:
        return f"the poll no longer holds: {poll.void}"
    at = second(poll.decided.at) if poll.decided else ""
    return f"the poll was closed as {(poll.outcome or '').upper()} by {poll.decided_by} at {at}"


def _newest(poll: PollState) -> str:
    for role, each in poll.votes.items():
        if each.seq == poll.touched:
            return f"{each.by} voted {VOTE_WORDS[each.vote]} as {role} at {second(each.cast.at)}"
    if poll.asked == poll.touched:
        return f"the poll was opened by {poll.by} at {second(poll.opened.at)}"
    stale = [role for role, each in poll.votes.items() if each.stale]
    return f"the Go of {', '.join(stale)} went stale"
