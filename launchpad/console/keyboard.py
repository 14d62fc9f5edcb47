"""Keys that arrive in one burst, as over a link that stalls, each go where they were meant to.

Textual hands a key to what has the focus at that moment. What is typed after a key that opens a
card would then still go to the screen below the card, where a blank ticks and an s signs. So a
key waits here until the one before it has had its effect.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Protocol

from textual.dom import DOMNode
from textual.events import Key, Paste
from textual.widget import Widget

_LOOK_S = 0.01
# A record that takes longer, as with a log that somebody else holds, does not hold back keys.
_LIMIT_S = 1.0
# A message that an effect is made of may itself have an effect, such as a change of the focus.
_ROUNDS_AT_LEAST = 2


class Focusing(Protocol):
    """What of an App is looked at."""

    @property
    def focused(self) -> Widget | None:
        """What gets keys."""

    @property
    def screen(self) -> DOMNode:
        """The screen on top."""


class Keyboard:
    """Passes keys on, in order. deliver: hands one to what has the focus now."""

    def __init__(self, app: Focusing, deliver: Callable[[Key | Paste], Awaitable[None]]) -> None:
        self._app = app
        self._deliver = deliver
        self._waiting: deque[Key | Paste] = deque()
        self._passing: asyncio.Task[None] | None = None

    async def take(self, event: Key | Paste) -> None:
        """Pass a key on at once, or after those that are still having their effect."""
        if self._passing and not self._passing.done():
            self._waiting.append(event)
            return
        await self._deliver(event)
        self._passing = asyncio.create_task(self._pass_on())

    async def _pass_on(self) -> None:
        await self._effect()
        while self._waiting:
            await self._deliver(self._waiting.popleft())
            await self._effect()

    async def _effect(self) -> None:
        """Wait until what was passed on has changed whatever it changes."""
        deadline = asyncio.get_running_loop().time() + _LIMIT_S
        before, rounds = None, 0
        while (now := self._receiver()) is not before or rounds < _ROUNDS_AT_LEAST:
            before, rounds = now, rounds + 1
            node: DOMNode | None = now
            while node is not None:
                if not await _handled(node, deadline):
                    return
                node = node.parent

    def _receiver(self) -> DOMNode:
        return self._app.focused or self._app.screen


async def _handled(node: DOMNode, deadline: float) -> bool:
    """Wait until a node has handled what it was sent so far; False when that takes too long."""
    done = asyncio.Event()
    if not node.call_later(done.set):
        return True
    while node.is_running and not done.is_set():
        if asyncio.get_running_loop().time() > deadline:
            return False
        try:
            await asyncio.wait_for(done.wait(), _LOOK_S)
        except TimeoutError:
            continue
    return True
