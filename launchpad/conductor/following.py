"""The thread that brings what others record to the conductor."""

import threading
from collections.abc import Callable, Sequence

from launchpad.conductor.saying import say
from launchpad.launch.event import Event
from launchpad.log.errors import LogError
from launchpad.session.live import LiveLaunch, follow

_SECONDS_TO_RETRY = 1.0


class Following(threading.Thread):
    """Follows a launch from where it stands, until stopped. moved: given new events, in order."""

    def __init__(self, live: LiveLaunch, moved: Callable[[Sequence[Event]], object]) -> None:
        super().__init__(name="following", daemon=True)
        self._log = live.log
        self._launch = live.launch
        self._after = live.state.head.seq
        self._moved = moved
        self._stop_asked = threading.Event()

    def stop(self) -> None:
        """Ask the thread to end; it does within the log's next look."""
        self._stop_asked.set()

    def run(self) -> None:
        """Follow; where the log cannot be read, look again each second."""
        while not self._stop_asked.is_set():
            try:
                for events in follow(self._log, self._launch, self._after, self._stop_asked):
                    if events:
                        self._after = events[-1].seq
                        self._moved(events)
            except LogError as error:
                say(f"the log cannot be read: {error}")
                self._stop_asked.wait(_SECONDS_TO_RETRY)
