"""Following a launch and taking part in it, with every expectation bounded in time."""

import time
from collections.abc import Callable
from typing import Final

from launchpad.launch.event import Event
from launchpad.launch.intents import Intent
from launchpad.launch.refused import Refused
from launchpad.launch.state import LaunchState
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import Participant

_LOOK_S: Final = 0.1


class NotSeen(Exception):
    """Something that had to happen did not. The message says what is the case instead."""


class Witness:
    """A launch as somebody sees it who waits for things to happen.

    look: called at each look, for what is to be told while waiting.
    """

    def __init__(self, live: LiveLaunch, look: Callable[[LaunchState], None]) -> None:
        self.live = live
        self.events: list[Event] = []
        self._look = look

    @property
    def state(self) -> LaunchState:
        """The launch as it is known."""
        return self.live.state

    def does(self, intent: Intent, by: Participant) -> Event:
        """Have somebody do something, and return the event it became. Raises NotSeen, LogError."""
        try:
            events = self.live.submit(intent, by)
        except Refused as refused:
            raise NotSeen(f"refused: {refused}") from None
        self.events += events
        return events[-1]

    def until(
        self,
        condition: Callable[[LaunchState], bool],
        within_s: float,
        instead: Callable[[LaunchState], str],
    ) -> None:
        """Wait until something is the case. Raises NotSeen, with what is instead, and LogError."""
        gives_up_s = time.monotonic() + within_s
        while not condition(self.state):
            if time.monotonic() > gives_up_s:
                raise NotSeen(f"after {within_s:.0f}s {instead(self.state)}")
            self.live.log.wait(_LOOK_S)
            self.events += self.live.catch_up()
            self._look(self.state)

    def seconds_from(self, earlier: Event, kind: str, subject: tuple[str, str]) -> float | None:
        """Return how long after an event the first of a kind came, whose body says so of a key."""
        key, value = subject
        for event in self.events:
            if event.seq > earlier.seq and event.kind == kind and event.body.get(key) == value:
                return (int(event.mono_ns) - int(earlier.mono_ns)) / 1e9
        return None
