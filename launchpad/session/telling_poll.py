"""Telling what happened in a go/no-go poll in plain words; see `telling`."""

from collections.abc import Callable, Mapping
from typing import Any

from launchpad.checklist.durations import duration
from launchpad.launch.poll_facts import VOTE_WORDS, PollClosed, PollOpened, PollVoted
from launchpad.launch.state import LaunchState


def _opened(body: PollOpened, _state: LaunchState) -> str:
    taken = f", votes taken for {duration(body.closes_in_ms)}" if body.closes_in_ms else ""
    return f"opened the poll for {body.phase or 'T-0'}: {', '.join(body.roles)}{taken}"


def _voted(body: PollVoted, _state: LaunchState) -> str:
    comment = f": {body.comment}" if body.comment else ""
    return f"voted {VOTE_WORDS[body.vote]} as {body.role}{comment}"


def _closed(body: PollClosed, _state: LaunchState) -> str:
    reason = f": {body.reason}" if body.reason else ""
    against = f" (although {'; '.join(body.unmet)})" if body.unmet else ""
    return f"closed the poll as {body.outcome.upper()}{reason}{against}"


TOLD_OF_POLLS: Mapping[type[object], Callable[[Any, LaunchState], str]] = {
    PollOpened: _opened,
    PollVoted: _voted,
    PollClosed: _closed,
}
