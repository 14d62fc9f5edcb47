"""Readiness: everything that the steps need, looked for before anybody needs it.

Looked at when the conductor starts, again and again while it lives, and thoroughly at T-30m: then
commands that print a secret are run, too. Only what changes is recorded.
"""

import asyncio
from typing import Final

from launchpad.checklist.requests import runs_or_sends
from launchpad.conductor.means import Means
from launchpad.conductor.post import Post
from launchpad.launch.countdown import reading
from launchpad.launch.moment import moment_at
from launchpad.launch.preflight_facts import PreflightCompleted
from launchpad.session.clock import now
from launchpad.steps.preflight import preflight
from launchpad.steps.trust import NotTrusted
from launchpad.text.safe import one_line

_THOROUGH_MS: Final = -30 * 60 * 1_000
_LOOK_S: Final = 30.0


class Readiness:
    """The preflight of one launch's steps."""

    def __init__(self, post: Post, means: Means, look_s: float = _LOOK_S) -> None:
        self._post = post
        self._means = means
        self._look_s = look_s
        # What only a thorough look finds stays found until the next one.
        self._found_thoroughly: tuple[str, ...] = ()
        self._thorough_t_ms: int | None = None

    async def run(self) -> None:
        """Look until cancelled."""
        if not runs_or_sends(self._means.checklist):
            return
        await self._look(thorough=True)
        while True:
            await asyncio.sleep(self._look_s)
            await self._look(thorough=self._at_t_minus_30m())

    def _at_t_minus_30m(self) -> bool:
        """Say whether T-30m went by since the last time this was asked."""
        clock, before_ms = self._post.state.countdown, self._thorough_t_ms
        if clock is None:
            return False
        t_ms = reading(clock, self._post.state.checklist.holds, moment_at(now())).t_ms
        self._thorough_t_ms = t_ms
        return before_ms is not None and before_ms < _THOROUGH_MS <= t_ms

    async def _look(self, *, thorough: bool) -> None:
        quick = await self._missing(trusted=False)
        if thorough:
            found = await self._missing(trusted=True)
            self._found_thoroughly = tuple(each for each in found if each not in quick)
        missing = tuple(dict.fromkeys((*quick, *self._found_thoroughly)))
        known = self._post.state.preflight
        if known is None or known.missing != missing:
            await self._post.report(PreflightCompleted(missing=missing))

    async def _missing(self, *, trusted: bool) -> tuple[str, ...]:
        lacking = []
        try:
            await asyncio.to_thread(self._means.trusted)
        except NotTrusted as why:
            lacking.append(one_line(f"trust: {why}"))
            trusted = False
        found = await preflight(
            self._means.checklist,
            self._post.state.opened.vars,
            self._means.environment,
            self._means.folder,
            trusted=trusted,
            rehearsing=self._post.state.mode == "rehearsal",
        )
        return (*lacking, *(f"{each.what}: {each.why}" for each in found))
