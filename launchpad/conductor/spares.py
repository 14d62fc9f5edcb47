"""A spare runner while a rollback is under way, so that its next step waits for none to start."""

import asyncio
import contextlib

from launchpad.conductor.post import Post
from launchpad.launch.step import is_process
from launchpad.steps.spare import Spare


class Spares:
    """At most one runner without an order. Belongs to one event loop."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._spare: Spare | None = None
        self._starting = False

    def taken(self) -> Spare | None:
        """Return the spare, which is the caller's from then on; None where there is none."""
        spare, self._spare = self._spare, None
        return spare

    async def start(self) -> None:
        """Start one for the next step, if there is one to come. Without one, it starts later."""
        if self._spare or self._starting or not self._wanted():
            return
        self._starting = True
        try:
            with contextlib.suppress(OSError):
                self._spare = await asyncio.to_thread(Spare, self._post.launch)
        finally:
            self._starting = False

    def look(self) -> None:
        """Let the spare go when it is not wanted any more."""
        if self._spare and not self._wanted():
            self.dismiss()

    def dismiss(self) -> None:
        """Let the spare go."""
        spare = self.taken()
        if spare:
            spare.dismiss()

    def _wanted(self) -> bool:
        """Say whether a process of a rollback that goes on is still to begin."""
        plan, rollback = self._post.state.checklist.rollback, self._post.state.rollback
        if plan is None or rollback is None or rollback.over:
            return False
        return any(
            is_process(step) and rollback.step(step.id).status == "pending" for step in plan.steps
        )
