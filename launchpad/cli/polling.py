"""What the poll's commands do: ask, vote and decide, each answered with the tally."""

from launchpad.cli.acting import Given, record, taking_part
from launchpad.cli.output import narrate
from launchpad.cli.spans import span_ms
from launchpad.launch.intents import CastVote, ClosePoll, OpenPoll
from launchpad.launch.moment import moment_at
from launchpad.launch.poll_facts import PollOutcome, Vote
from launchpad.launch.poll_rules import next_polled
from launchpad.launch.poll_unmet import NOBODY_CONDUCTS, unmet
from launchpad.launch.tally import tally
from launchpad.session.clock import now
from launchpad.session.conductor import conductor_standing
from launchpad.session.live import LiveLaunch


def open_poll(
    given: Given, phase: str | None, closes_in: str | None, valid_for: str | None
) -> None:
    """Ask the roles. phase: an id, None for the phase whose poll is next."""
    closes_in_ms = span_ms("--closes-in", closes_in)
    valid_ms = span_ms("--valid-for", valid_for)
    with taking_part(given) as (live, by):
        state = live.state
        if phase is None:
            found = next_polled(state)
            phase = found.id if found else None
        intent = OpenPoll(phase, closes_in_ms, valid_ms, state.head.seq)
        record(given, live, intent, by)
        _tell(live)


def vote(given: Given, choice: Vote, comment: str, role: str | None) -> None:
    """Vote for a role, None for the one that is one's own."""
    with taking_part(given) as (live, by):
        intent = CastVote(role, choice, comment, moment_at(now()), live.state.head.seq)
        record(given, live, intent, by)
        _tell(live)


def close_poll(given: Given, outcome: PollOutcome, reason: str) -> None:
    """Decide. That nobody conducts the launch speaks against a GO, too."""
    with taking_part(given) as (live, by):
        also = () if _observed(live) else (NOBODY_CONDUCTS,)
        seen = live.state.head.seq
        record(given, live, ClosePoll(outcome, reason, moment_at(now()), seen, also), by)
        _tell(live)


def _tell(live: LiveLaunch) -> None:
    poll, at = live.state.poll, moment_at(now())
    if poll is None:
        return
    narrate(tally(poll, at))
    if poll.open:
        for line in unmet(live.state, poll, at):
            narrate(f"  against GO: {line}")


def _observed(live: LiveLaunch) -> bool:
    return not live.state.checklist.probes or conductor_standing(live.log, live.launch).alive
