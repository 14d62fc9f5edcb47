"""Starting the runners of steps, at once while a rollback is under way."""

import asyncio
import contextlib

from launchpad.conductor.post import Post
from launchpad.launch.step import is_process
from launchpad.steps import running
from launchpad.steps.order import Order
from launchpad.steps.starter import Starter


class Starting:
    """Keeps a starter from a rollback's first process to its end. Belongs to one event loop."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._starter: Starter | None = None

    async def start(self, order: Order) -> None:
        """Have an order carried out. Raises OSError."""
        self.look()
        if self._starter is None and self._another_follows():
            # Without one each step waits for an interpreter of its own, and that is all.
            with contextlib.suppress(OSError):
                self._starter = Starter(self._post.launch)
        await asyncio.to_thread(running.start, order, self._starter)

    def look(self) -> None:
        """Let the starter go when it is of no more use."""
        rollback = self._post.state.rollback
        if rollback is None or rollback.over or (self._starter and self._starter.gone):
            self.dismiss()

    def dismiss(self) -> None:
        """Let the starter go."""
        if self._starter:
            self._starter.dismiss()
            self._starter = None

    def _another_follows(self) -> bool:
        """Say whether a rollback is under way in which a process is still to begin."""
        plan, rollback = self._post.state.checklist.rollback, self._post.state.rollback
        if plan is None or rollback is None or rollback.over:
            return False
        return any(
            is_process(step) and rollback.step(step.id).status == "pending" for step in plan.steps
        )
