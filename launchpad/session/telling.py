"""Telling one event in plain words: for the console's log pane, `status --watch` and exports."""

from collections.abc import Callable, Mapping
from typing import Any

from launchpad.launch.event import Event
from launchpad.launch.kinds import (
    Body,
    ItemNoted,
    ItemResulted,
    ItemUndone,
    LaunchClosed,
    LaunchOpened,
    Mode,
    Result,
    SeatJoined,
    SeatLeft,
    SignoffRecorded,
    SignoffRevoked,
    decode,
)
from launchpad.launch.state import LaunchState, Recorded
from launchpad.text.safe import one_line

_MODES: Mapping[Mode, str] = {"live": "the launch", "rehearsal": "the rehearsal"}
_RESULTS: Mapping[Result, str] = {
    "passed": "ticked {item}",
    "failed": "failed {item}",
    "not-applicable": "marked {item} not applicable",
    "blocked": "marked {item} blocked",
    "in-progress": "began {item}",
}


def tell(event: Event, state: LaunchState) -> str:
    """Return what an event's author did, on one safe line: "failed rls-policies: 6 of 7".

    It reads on from a name ("AB ticked db-dsn"). state is the launch before or after the event: a
    correction says what it corrected as far as the state still holds it. A kind from a newer
    program is told by its name. Raises BadEvent.
    """
    body = decode(event)
    if body is None:
        return one_line(f"recorded {event.kind}, which this version does not know")
    return one_line(_TOLD[type(body)](body, state))


def _opened(body: LaunchOpened, _state: LaunchState) -> str:
    ticked = ", its ticked boxes accepted" if body.accept_ticked else ""
    return f"opened {_MODES[body.mode]} from {body.source.name}{ticked}"


def _joined(_body: SeatJoined, _state: LaunchState) -> str:
    return "joined from a console"


def _left(body: SeatLeft, _state: LaunchState) -> str:
    return f"left the console{_because(body.reason)}"


def _resulted(body: ItemResulted, state: LaunchState) -> str:
    corrected = _outcome(state, body.item, body.corrects)
    instead = f" (was {corrected.result} by {corrected.by})" if corrected else ""
    return f"{_RESULTS[body.result].format(item=body.item)}{instead}{_because(body.reason)}"


def _noted(body: ItemNoted, _state: LaunchState) -> str:
    return f"noted on {body.item}: {body.text}" if body.item else f"noted: {body.text}"


def _undone(body: ItemUndone, state: LaunchState) -> str:
    for own in state.records.values():
        for record in own:
            if record.seq == body.corrects:
                on = f" on {record.subject}" if record.subject else ""
                return f"took back event {record.seq}, the {record.kind}{on}: {record.text}"
    return f"took back event {body.corrects}"


def _signed(body: SignoffRecorded, _state: LaunchState) -> str:
    behalf = f" on behalf of {body.on_behalf_of}" if body.on_behalf_of else ""
    return f"signed {body.slot}{behalf} ({body.meaning})"


def _revoked(body: SignoffRevoked, _state: LaunchState) -> str:
    return f"revoked the sign-off {body.slot}{_because(body.reason)}"


def _closed(body: LaunchClosed, _state: LaunchState) -> str:
    return (
        f"closed the launch as {body.outcome}: "
        f"{body.items_open} items and {body.signoffs_open} sign-offs left open"
    )


_TOLD: Mapping[type[Body], Callable[[Any, LaunchState], str]] = {
    LaunchOpened: _opened,
    SeatJoined: _joined,
    SeatLeft: _left,
    ItemResulted: _resulted,
    ItemNoted: _noted,
    ItemUndone: _undone,
    SignoffRecorded: _signed,
    SignoffRevoked: _revoked,
    LaunchClosed: _closed,
}


def _because(reason: str | None) -> str:
    return f": {reason}" if reason else ""


def _outcome(state: LaunchState, item: str, seq: int | None) -> Recorded | None:
    return next((each for each in state.item(item).outcomes if each.seq == seq), None)
