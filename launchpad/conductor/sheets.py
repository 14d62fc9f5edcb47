"""Keeping the emergency sheet: written anew when the poll says go, and when a rollback starts."""

import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from launchpad.conductor.post import Post
from launchpad.conductor.saying import say
from launchpad.launch.state import LaunchState

_LOOK_S = 0.5

# Writes the sheets of a launch as it stands, and returns where.
WriteSheets: TypeAlias = Callable[[LaunchState], Path]


class Sheets:
    """Follows a launch, and has its sheets written.

    On a thread that nobody waits for: whatever the disk does, a step starts and a conductor ends.
    """

    def __init__(self, post: Post, write: WriteSheets) -> None:
        self._post = post
        self._write = write
        self._due: queue.SimpleQueue[LaunchState] = queue.SimpleQueue()

    async def run(self) -> None:
        """Go on until cancelled."""
        threading.Thread(target=self._writes, name="sheets", daemon=True).start()
        # As a launch opens, when whoever opened it wrote them.
        written: tuple[int | None, int] = (None, 0)
        while True:
            state = self._post.state
            if (occasion := _occasion(state)) != written:
                written = occasion
                self._due.put(state)
            await self._post.moved(_LOOK_S)

    def _writes(self) -> None:
        while True:
            state = self._due.get()
            try:
                say(f"emergency sheet: {self._write(state)}")
            except Exception as error:  # noqa: BLE001 - a sheet is worth no conductor
                say(f"NO EMERGENCY SHEET was written: {str(error) or type(error).__name__}")


def _occasion(state: LaunchState) -> tuple[int | None, int]:
    """Return which GO and which attempt at a rollback a launch has seen."""
    poll = state.poll
    go = poll.number if poll and poll.outcome == "go" else None
    return go, state.rollback.attempt if state.rollback else 0
