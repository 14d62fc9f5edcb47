"""An operator's place at a launch: what they submit, one thing after the other, and their seat.

Writing happens on one thread of its own, in the order of the keys, so that a slow disk or a log
that somebody else holds never stops the screen.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from launchpad.console.sight import Sight
from launchpad.launch.event import Event
from launchpad.launch.intents import Intent
from launchpad.launch.person import Person
from launchpad.launch.state import LaunchState
from launchpad.log.errors import LogError, LogUnwritable
from launchpad.log.store import Seat
from launchpad.session.history import Actuals
from launchpad.session.live import LiveLaunch, submit
from launchpad.session.participant import Participant

SEAT_SECONDS = 15

R = TypeVar("R")


class Desk:
    """A launch and who works on it. Read-only where nobody does.

    trouble: why nothing can be recorded, None while the log takes what is written; lost: why the
    log cannot be read, None while it can; waiting: how many submitted intents are not durable yet;
    seats: who was here at the last look; sight: what the log said beside its events at the last
    look, None before the first; actuals: how long the rollback's steps took elsewhere, None while
    nobody looked; cutover_actuals: the same of items' steps; tell: given new events, in order, each
    once.
    """

    def __init__(self, live: LiveLaunch, by: Participant | None, seat: Seat | None) -> None:
        self.tell: Callable[[Sequence[Event]], None] | None = None
        self.live = live
        self.by = by
        self.seat = seat
        self.trouble: str | None = None
        self.lost: str | None = None
        self.waiting = 0
        self.seats: list[Seat] = []
        self.sight: Sight | None = None
        self.actuals: Actuals | None = None
        self.cutover_actuals: Actuals | None = None
        self._hand = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")

    @property
    def state(self) -> LaunchState:
        """The launch as this console knows it."""
        return self.live.state

    @property
    def person(self) -> Person | None:
        """Who works here; None for somebody who only looks."""
        return self.by.person if self.by else None

    async def submit(self, intent: Intent) -> None:
        """Record an intent, and tell what became visible by it.

        Raises Refused where the rules say no, LogError where nothing was recorded.
        """
        if self.by is None:
            raise LogUnwritable("this console is read-only")
        self.waiting += 1
        try:
            by, live = self.by, self.live
            events = await self._write(
                lambda: submit(live.log, live.launch, live.state, intent, by)
            )
        finally:
            self.waiting -= 1
        self.receive(events)

    def receive(self, events: Sequence[Event]) -> None:
        """Take in events from the log, and tell those that are new here."""
        fresh = self.live.receive(events)
        if fresh and self.tell:
            self.tell(fresh)

    async def renew_seat(self) -> None:
        """Keep this seat, and look who else is here. Trouble is kept, not raised."""
        try:
            self.seats = await self._write(self._renew)
        except LogError:
            return

    def _renew(self) -> list[Seat]:
        if self.seat:
            self.live.log.take_seat(self.seat)
        return self.live.log.seats(self.live.launch, SEAT_SECONDS)

    async def leave(self, intent: Intent | None) -> None:
        """Give the seat up, with a last intent that says so where one can still be recorded."""
        seat, by, live = self.seat, self.by, self.live
        self.seat = None
        if seat is None or by is None:
            return

        def leave() -> None:
            live.log.leave_seat(seat.seat)
            if intent is not None:
                submit(live.log, live.launch, live.state, intent, by)

        await self._write(leave)

    def close(self) -> None:
        """Let the writing thread go once what it holds is written."""
        self._hand.shutdown(wait=False)

    async def _write(self, act: Callable[[], R]) -> R:
        try:
            done = await asyncio.get_running_loop().run_in_executor(self._hand, act)
        except LogError as error:
            self.trouble = str(error)
            raise
        self.trouble = None
        return done
