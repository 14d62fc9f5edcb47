"""Go or no-go on an emergency sheet: the commit criteria, and who voted what."""

from collections.abc import Iterator

from launchpad.export.sheet_lines import Line, line
from launchpad.export.sheet_page import Page, role_words, when
from launchpad.launch.criteria import CriterionStanding, criteria
from launchpad.launch.poll import PollState, RoleStanding, standings, takes_votes_ms
from launchpad.launch.poll_facts import VOTE_WORDS
from launchpad.launch.tally import poll_word, tally


def go_lines(page: Page) -> Iterator[Line]:
    """Yield what a GO takes, which roles each poll asks, and the newest poll with its votes."""
    state = page.state
    standing = criteria(state)
    if standing:
        yield line("group", "commit criteria")
    for each in standing:
        yield line("entry", _criterion(each), "[x]" if each.word == "met" else "[ ]", 1)
    for phase in state.checklist.phases:
        if phase.poll and not (state.poll and state.poll.phase == phase.id):
            yield line("group", f"poll for {phase.id}: not opened")
            for role in phase.poll:
                yield line("entry", f"{role_words(state, role)}: Not set", depth=1)
    if state.poll:
        yield from _poll(page, state.poll)


def _criterion(each: CriterionStanding) -> str:
    own = each.criterion
    red = f": NOT MET, {', '.join(each.red)}" if each.red else ""
    unknown = f"; no data of {', '.join(each.unknown)}" if each.unknown else ""
    nothing = "; no probe is named" if not (each.word == "met" or each.red or each.unknown) else ""
    holds = "; holds the countdown while it is not met" if own.hold else ""
    return f"{own.text} ({own.id}, probes {', '.join(own.probes)}){red}{unknown}{nothing}{holds}"


def _poll(page: Page, poll: PollState) -> Iterator[Line]:
    yield line("group", f"poll for {poll.phase or 'T-0'}")
    yield line("fact", _decision(page, poll), "decision", 1)
    for text in poll.unmet:
        yield line("fact", text, "although", 1)
    for each in standings(poll, page.now):
        yield line("entry", f"{role_words(page.state, each.role)}: {_vote(each)}", depth=1)


def _decision(page: Page, poll: PollState) -> str:
    word = poll_word(page.state, poll, page.now)
    void = f", NO LONGER HOLDS: {poll.void}" if poll.void else ""
    if poll.outcome is None or poll.decided is None:
        left_ms = takes_votes_ms(poll, page.now)
        until = f", votes taken until {page.in_ms(left_ms)}" if left_ms else ""
        ended = ", VOTES ARE NO LONGER TAKEN" if word == "ended" else until
        asked = f"none, opened by {poll.by}, {when(poll.opened.at)}"
        return f"{asked}{void or ended}: {tally(poll, page.now)}"
    expired = ", EXPIRED" if word == "expired" else ""
    reason = f": {poll.reason}" if poll.reason else ""
    by = f"{poll.decided_by}, {when(poll.decided.at)}"
    return f"{poll.outcome.upper()}{expired} by {by}{reason}{void}"


def _vote(each: RoleStanding) -> str:
    vote = each.vote
    if vote is None:
        return "Not set"
    stale = f", STALE: {vote.stale}" if vote.stale else ""
    expired = ", EXPIRED" if each.expired else ""
    comment = f": {vote.comment}" if vote.comment else ""
    return f"{VOTE_WORDS[vote.vote]}{stale}{expired} by {vote.by}, {when(vote.cast.at)}{comment}"
