"""What doctor finds about the conductors of a log's open launches."""

from collections.abc import Iterator

from launchpad.cli.conducting import conductor_command, conductor_heard, lasts_until
from launchpad.cli.finding import Finding, Level
from launchpad.launch.state import LaunchState
from launchpad.log.errors import LogError
from launchpad.log.store import Log
from launchpad.session.conductor import belongs_here, conductor_standing, wants_conductor
from launchpad.session.launches import entries
from launchpad.session.live import LiveLaunch


def conductor_findings(log: Log) -> Iterator[Finding]:
    """Yield whether each open launch that needs a conductor has one."""
    try:
        for entry in entries(log):
            if entry.open:
                state = LiveLaunch(log, entry.launch).state
                if wants_conductor(state.checklist, counting=state.countdown is not None):
                    yield _conductor(log, state)
    except LogError as error:
        yield Finding("fail", "conductor", str(error), "launchpad verify says what is wrong")


def _conductor(log: Log, state: LaunchState) -> Finding:
    seen = conductor_standing(log, state.launch)
    heard = conductor_heard(seen)
    if heard:
        found = f"{state.launch} by {heard}"
        ends = lasts_until(state, seen.lease.pid if seen.lease else None)
        if ends is None:
            return Finding("ok", "conductor", found)
        level: Level = "warn" if ends == "logout" else "ok"
        advice = conductor_command(log.address, state.launch) + " --install-unit"
        return Finding(level, "conductor", f"{found}; it ends at {ends}", advice)
    home = state.home
    place = "here" if belongs_here(home) else f"as {home.user}@{home.host}"
    advice = f"{place}: {conductor_command(log.address, state.launch)}"
    return Finding("warn", "conductor", f"none alive for {state.launch}", advice)
