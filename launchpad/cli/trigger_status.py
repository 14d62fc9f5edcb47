"""What tripped and what is to be decided, as `launchpad status` says it."""

import shlex
from collections.abc import Iterator

from launchpad.launch.arming import trigger_standing, triggers_of
from launchpad.launch.moment import Moment
from launchpad.launch.state import LaunchState
from launchpad.session.proposal_words import proposal_words
from launchpad.text.safe import one_line


def proposal_lines(state: LaunchState, now: Moment, *, conducted: bool) -> Iterator[str]:
    """Yield what is proposed, what is left of its time, and what to type; nothing without one."""
    words = proposal_words(state, now, conducted=conducted)
    if words is None:
        return
    launch = f"--launch {shlex.quote(state.launch)}"
    yield ""
    yield one_line(f"ROLLBACK PROPOSED: {words.tripped}")
    yield f"  {one_line(words.shown)}"
    yield f"  {one_line(words.timer)}"
    yield f"  launchpad rollback start {launch} --reason TEXT --confirm WORD"
    trigger = shlex.quote(words.trigger)
    yield f"  launchpad trigger dismiss {trigger} {launch} --reason TEXT --for 10m"
    for other in state.triggers.proposals:
        if other != words.trigger:
            yield f"  proposed by trigger {one_line(other)}, too"


def trigger_lines(state: LaunchState, now: Moment) -> Iterator[str]:
    """Yield the triggers that tripped, or that somebody dismissed; nothing without any."""
    standing = ((each, trigger_standing(state, each, now)) for each in triggers_of(state))
    told = [
        one_line(f"trigger {each.id} {how.why}")
        for each, how in standing
        if how.word in ("tripped", "dismissed")
    ]
    if told and not state.closure:
        yield ""
        yield from told
