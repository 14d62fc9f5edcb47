"""One launch, followed and taken part in: the log joined with the fold and the rules."""

import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from launchpad.launch.event import NO_EVENTS, Draft, Event, Stamp
from launchpad.launch.fold import fold
from launchpad.launch.kinds import BadEvent, encode, kind_of
from launchpad.launch.state import LaunchState
from launchpad.log.errors import LogUnreadable
from launchpad.log.leasing import Lease
from launchpad.log.store import Log
from launchpad.session.clock import now
from launchpad.session.participant import Participant
from launchpad.text.safe import one_line

if TYPE_CHECKING:
    from launchpad.launch.intents import Intent

_SECONDS_BETWEEN_CHECKS = 0.5


def submit(
    log: Log,
    launch: str,
    state: LaunchState | None,
    intent: "Intent",
    by: Participant,
    *,
    clock: Callable[[], Stamp] = now,
    under: Lease | None = None,
) -> list[Event]:
    """Make an intent durable, and return every event after the given state up to its own.

    The rules decide outside the log's lock, and again on each newer state where somebody else
    was faster. under: the lease that a conductor acts under. Raises Refused, or LogError when
    nothing was recorded.
    """
    # The rules are a third of what is loaded here: who only reads does not wait for them.
    from launchpad.launch.decide import decide  # noqa: PLC0415 - see above

    uid = uuid.uuid4().hex
    seen = state

    def decide_on(news: Sequence[Event]) -> list[Draft]:
        nonlocal seen
        seen = _fold(seen, news)
        stamp = clock()
        return [
            Draft(
                launch=launch,
                uid=uid if number == 0 else f"{uid}.{number}",
                kind=kind_of(body),
                stamp=stamp,
                actor=by.actor,
                body=encode(body),
            )
            for number, body in enumerate(decide(seen, intent, by.person))
        ]

    return log.append(launch, state.head if state else NO_EVENTS, decide_on, under=under)


class LiveLaunch:
    """A launch as this process knows it. `state` moves only through `receive` and `catch_up`."""

    def __init__(self, log: Log, launch: str) -> None:
        """Read a launch from its first event. Raises LogUnreadable where there is none."""
        self.log = log
        self.launch = launch
        state = _fold(None, log.events(launch))
        if state is None:
            raise LogUnreadable(f"{log.address}: there is no launch {one_line(launch)!r}")
        self.state: LaunchState = state

    def receive(self, events: Iterable[Event]) -> list[Event]:
        """Move the state on by those events that it has not seen yet, and return them.

        Events beyond a gap are left for the next time: the follower brings what is missing.
        """
        fresh: list[Event] = []
        for event in events:
            if event.seq == self.state.head.seq + 1 + len(fresh):
                fresh.append(event)
        if fresh:
            self.state = _fold(self.state, fresh) or self.state
        return fresh

    def catch_up(self) -> list[Event]:
        """Receive whatever the log holds by now."""
        return self.receive(self.log.events(self.launch, after=self.state.head.seq))

    def submit(
        self, intent: "Intent", by: Participant, *, under: Lease | None = None
    ) -> list[Event]:
        """Submit an intent on the state as it is, and receive what it became."""
        return self.receive(submit(self.log, self.launch, self.state, intent, by, under=under))


def follow(log: Log, launch: str, after: int, stop: threading.Event) -> Iterator[list[Event]]:
    """Yield a launch's new events as they are appended, until stop is set.

    An empty batch comes at least once in half a second, so that a caller can look at the clock.
    Raises LogError when the log is gone.
    """
    while not stop.is_set():
        news = list(log.events(launch, after))
        if news:
            after = news[-1].seq
        yield news
        log.wait(_SECONDS_BETWEEN_CHECKS)


def _fold(state: LaunchState | None, events: Iterable[Event]) -> LaunchState | None:
    try:
        return fold(state, events)
    except BadEvent as error:
        raise LogUnreadable(f"the log does not make sense: {error}") from None
