"""The go/no-go poll as it is drawn: its tally for the second line, its votes for the card."""

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from textual.content import Content

from launchpad.checklist.durations import duration
from launchpad.console.fitting import fit
from launchpad.console.ink import Ink
from launchpad.launch.event import Event
from launchpad.launch.moment import Moment, lapse, minute, second
from launchpad.launch.person import actor_initials
from launchpad.launch.poll import PollState, RoleStanding, standings, takes_votes_ms
from launchpad.launch.poll_facts import VOTE_WORDS
from launchpad.launch.poll_unmet import unmet_beside_votes
from launchpad.launch.state import RED, LaunchState
from launchpad.launch.tally import acted_on, poll_word, stale_roles, tally

_GO, _BAD, _UNSURE = "bold $text-success", "bold $text-error", "bold $text-warning"
_TITLE, _BY, _VOTE = 18, 4, 11
_AGAINST = 4


def poll_parts(state: LaunchState, now: Moment, ink: Ink) -> Iterator[tuple[str, str]]:
    """Yield the tally with its style, where a poll is open or decided."""
    poll = state.poll
    if poll is None or state.closure:
        return
    word, at = poll_word(state, poll, now), minute(poll.decided.at) if poll.decided else ""
    stale = ", ".join(stale_roles(poll))
    if word in {"open", "ended"}:
        yield ink.line(tally(poll, now)), _UNSURE if stale or word == "ended" else "bold"
    elif word == "void":
        yield ink.line(f"poll VOID: {poll.void}"), _UNSURE
    elif word == "expired":
        yield f"GO of {at} EXPIRED", _BAD
    elif word == "no-go":
        yield f"NO-GO {at}", _BAD
    elif stale and not acted_on(state, poll, now):
        yield ink.line(f"GO {at}, {stale} STALE"), _UNSURE
    else:
        yield f"GO {at}", _GO


def poll_heading(state: LaunchState, poll: PollState, now: Moment, ink: Ink) -> str:
    """Return what is polled, and how much longer votes are taken or what was decided."""
    title = next((each.title for each in state.checklist.phases if each.id == poll.phase), "T-0")
    head = f"GO / NO-GO for {ink.line(title)}"
    if poll.void:
        return f"{head}   no longer holds: {ink.line(poll.void)}"
    if poll.outcome and poll.decided:
        expired = ", EXPIRED" if poll_word(state, poll, now) == "expired" else ""
        by = f"{poll.decided_by} {second(poll.decided.at)}"
        return f"{head}   {poll.outcome.upper()} by {by}{expired}"
    left_ms = takes_votes_ms(poll, now)
    if left_ms is None:
        return f"{head}   opened by {poll.by} {second(poll.opened.at)}"
    return f"{head}   closes in {duration(left_ms)}" if left_ms else f"{head}   votes are closed"


def poll_lines(state: LaunchState, poll: PollState, now: Moment, width: int, ink: Ink) -> Content:
    """Return each role's vote, and what speaks against a GO, on lines of at most width cells."""
    titles = {role.id: role.title for role in state.checklist.roles}
    lines = []
    for each in standings(poll, now):
        row, style = _row(titles.get(each.role, each.role), each, ink)
        why = _why(state, each, now, ink)
        if cell_len(row) + cell_len(why) + 1 <= width:
            lines.append(Content.styled(f"{row} {why}".rstrip(), style))
        else:
            lines.append(Content.styled(row.rstrip(), style))
            lines.append(Content.styled(fit(f"    {why}", width, ink.cut).rstrip(), style))
    against = unmet_beside_votes(state, poll, now) if poll.open else poll.unmet
    word = "against GO" if poll.open else "GO although"
    lines += [Content(fit(line, width, ink.cut).rstrip()) for line in _against(word, against, ink)]
    if poll.reason:
        lines.append(Content(fit(f"reason: {ink.line(poll.reason)}", width, ink.cut).rstrip()))
    return Content("\n").join(lines)


def told_of_poll(events: Iterable[Event], mine: str, ink: Ink) -> Iterator[str]:
    """Yield a line for each poll that somebody else opened or closed."""
    for event in events:
        by = actor_initials(event.actor)
        if event.kind == "poll.opened" and by != mine:
            # Who only looks has no initials, and no vote.
            yield f"POLL opened by {ink.line(by)}: P {'votes' if mine else 'shows it'}"
        elif event.kind == "poll.closed" and by != mine:
            outcome = str(event.body.get("outcome")).upper()
            yield f"POLL closed as {ink.line(outcome)} by {ink.line(by)}"


def gone_stale(
    before: PollState | None, state: LaunchState, now: Moment, ink: Ink
) -> Iterator[str]:
    """Yield a line for each Go that went stale between two looks, while that can change a GO."""
    after = state.poll
    if before is None or after is None or before.number != after.number or state.phase != "open":
        return
    if after.outcome == "no-go" or after.void or (after.outcome and acted_on(state, after, now)):
        return
    then = f"GO was given {second(after.decided.at)}" if after.decided else "to be voted again"
    for role, vote in after.votes.items():
        known = before.votes.get(role)
        if vote.stale and known and known.seq == vote.seq and not known.stale:
            yield ink.line(f"Go of {role} is STALE: {vote.stale}; {then}")


def _row(title: str, each: RoleStanding, ink: Ink) -> tuple[str, str]:
    vote = each.vote
    name = fit(ink.line(title), _TITLE, ink.cut)
    if vote is None:
        return f"{name} {'-':{_BY}} Not set", "$foreground-muted"
    word, style = VOTE_WORDS[vote.vote], _UNSURE
    if vote.stale:
        word += ", STALE"
    elif each.expired:
        word += ", EXPIRED"
    elif vote.vote != "maybe":
        style = "$text-success" if vote.vote == "go" else _BAD
    by = fit(ink.line(vote.by), _BY, ink.cut)
    return f"{name} {by} {word:<{_VOTE}} {second(vote.cast.at)}", style


def _why(state: LaunchState, each: RoleStanding, now: Moment, ink: Ink) -> str:
    vote = each.vote
    if vote is None:
        return ""
    if vote.stale:
        since = vote.stale_since
        ago = f" {duration(lapse(since, now).ms)} ago" if since else ""
        return ink.line(f"{vote.stale}{ago}: again")
    if each.expired:
        return "its time is over: again"
    if vote.comment or vote.vote != "go":
        return ink.line(vote.comment)
    if not vote.rests_on:
        return "on no probe"
    red = any(name in state.probes and state.probes[name].state in RED for name in vote.rests_on)
    count = "1 probe" if len(vote.rests_on) == 1 else f"{len(vote.rests_on)} probes"
    return f"on {count}" if red else f"on {count}, all OK"


def _against(word: str, against: tuple[str, ...], ink: Ink) -> Iterator[str]:
    for text in against[:_AGAINST]:
        yield f"{word}: {ink.line(text)}"
    if len(against) > _AGAINST:
        yield f"{word}: {len(against) - _AGAINST} more"
