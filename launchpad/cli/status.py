"""`launchpad status`: where a launch stands, as JSON, as text, or followed line by line."""

import threading
from collections.abc import Sequence
from typing import Any, Literal

from launchpad.checklist.model import Phase
from launchpad.cli.misused import Misused
from launchpad.cli.output import flush, say, say_json
from launchpad.cli.reaching import launch_to_read, log_at
from launchpad.launch.state import LaunchState
from launchpad.log.store import Seat
from launchpad.session.live import LiveLaunch, follow

# A console renews its seat more often than this.
SEAT_SECONDS = 15


def show(
    address: str | None, launch: str | None, answer: Literal["text", "json"], *, watch: bool
) -> None:
    """Show the state of a launch, and with watch every event after it until it is closed."""
    if watch and answer == "json":
        raise Misused("--watch prints lines as they come; it cannot be one JSON document")
    with log_at(address) as log:
        live = launch_to_read(log, launch)
        seats = log.seats(live.launch, SEAT_SECONDS)
        if answer == "json":
            say_json(status_values(live.state, seats))
            return
        # A script that asks for JSON does not wait for what only text needs.
        from launchpad.cli.status_text import status_lines  # noqa: PLC0415 - see above

        for line in status_lines(live.state, seats):
            say(line)
        if watch:
            _watch(live)


def _watch(live: LiveLaunch) -> None:
    from launchpad.cli.events import event_line  # noqa: PLC0415 - as above

    say("")
    for event in live.log.last(live.launch, 1):
        say(event_line(event, live.state))
    flush()
    for news in follow(live.log, live.launch, live.state.head.seq, threading.Event()):
        for event in live.receive(news):
            say(event_line(event, live.state))
        flush()
        if live.state.closure:
            return


def status_values(state: LaunchState, seats: Sequence[Seat]) -> dict[str, Any]:
    """Return the JSON shape of `launchpad status`.

    What this version cannot know yet is null, false or [], so that the shape is always whole.
    """
    return {
        "launch": state.launch,
        "title": state.title,
        "kind": state.mode,
        "state": state.phase,
        "code_word": state.code_word,
        "t0": None,
        "clock": {"t_s": None, "l_s": None, "held": False, "reason": None},
        "phases": [_phase_values(state, phase) for phase in state.checklist.phases],
        "probes": [],
        "poll": None,
        "rollback": None,
        "solvency": {"ready": False, "needs_s": None, "latest_decision": None, "missing": []},
        "conductor": {"alive": False, "host": None, "user": None, "heartbeat_age_s": None},
        "seats": [
            {"initials": seat.initials, "role": seat.role, "since": seat.since} for seat in seats
        ],
        "head": {"seq": state.head.seq, "hash": state.head.hash},
    }


def _phase_values(state: LaunchState, phase: Phase) -> dict[str, Any]:
    progress = state.progress(phase)
    return {
        "id": phase.id,
        "title": phase.title,
        "items": progress.items,
        "done": progress.done,
        "failed": progress.failed,
        "signed": progress.signed == progress.signoffs if progress.signoffs else None,
    }
