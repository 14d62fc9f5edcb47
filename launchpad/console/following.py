"""The thread that watches a launch's log and tells a screen what came in."""

import threading
from collections.abc import Callable

from textual.message_pump import MessagePump

from launchpad.console.messages import LogFound, LogLost, LogMoved, Seen
from launchpad.console.sight import Sight
from launchpad.log.errors import LogError
from launchpad.log.store import Log
from launchpad.session.live import follow

_SECONDS_TO_RETRY = 1.0


class Following(threading.Thread):
    """Follows one launch until stopped. Messages are posted to the given screen.

    look: looks at what lies beside the events, raising LogError. It is asked each time that
    something was written, beats too, and what it saw is posted only where it says something new.
    """

    def __init__(
        self, log: Log, launch: str, after: int, look: Callable[[], Sight], to: MessagePump
    ) -> None:
        super().__init__(name="following", daemon=True)
        self._log = log
        self._launch = launch
        self._after = after
        self._look = look
        self._to = to
        self._seen: Sight | None = None
        self._stop_asked = threading.Event()

    def stop(self) -> None:
        """Ask the thread to end; it does within the log's next look."""
        self._stop_asked.set()

    def run(self) -> None:
        """Follow; after a loss, look again each second."""
        lost = False
        while not self._stop_asked.is_set():
            try:
                for events in follow(self._log, self._launch, self._after, self._stop_asked):
                    if lost:
                        lost = False
                        self._to.post_message(LogFound())
                    if events:
                        self._after = events[-1].seq
                        self._to.post_message(LogMoved(events))
                    self._see()
            except LogError as error:
                lost = True
                self._to.post_message(LogLost(str(error)))
                self._stop_asked.wait(_SECONDS_TO_RETRY)

    def _see(self) -> None:
        sight = self._look()
        if sight.says_more_than(self._seen):
            self._seen = sight
            self._to.post_message(Seen(sight))
