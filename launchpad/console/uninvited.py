"""A screen that comes up without having been asked for, and steals no key from what is typed.

While a card or an input line is open it waits, with a red banner and the bell. Once it is up, keys
are dropped for a moment: they were meant for what was there before.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from textual.app import App
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from launchpad.console.screens.detail import DetailScreen
from launchpad.console.widgets.banner import Banner

# So that whoever caused it has their own way to it first.
_FIRST_LOOK_S = 0.15
_LOOK_S = 0.1
_BELL_S = 3.0
_DEAF_S = 1.5
_TOLD_S = 8.0


@dataclass(frozen=True, slots=True)
class _Waiting:
    screen: Screen[None] | Screen[bool]
    why: str
    standing: Callable[[], bool]


class Uninvited:
    """Brings one screen at a time. clock: seconds of a monotonic clock."""

    def __init__(self, app: App[str | None], clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._clock = clock
        self._waiting: _Waiting | None = None
        self._deaf_until = 0.0
        self._bell_at = 0.0

    @property
    def deaf(self) -> bool:
        """Whether keys are dropped now."""
        return self._clock() < self._deaf_until

    def bring(
        self,
        screen: Screen[None] | Screen[bool],
        why: str,
        standing: Callable[[], bool] = lambda: True,
    ) -> None:
        """Bring a screen up as soon as nothing is being typed. why: for the banner, safe.

        standing: whether there is still a reason to. What comes later takes the place of another
        kind of screen that waits: a rollback that began, of the question whether to begin it.
        """
        before, waiting = self._waiting, _Waiting(screen, why, standing)
        if before is None:
            self._waiting = waiting
            self._app.set_timer(_FIRST_LOOK_S, self._look)
        elif type(before.screen) is not type(screen):
            self._waiting = waiting
            self._take_banner_down()

    def announce(self, why: str) -> None:
        """Say what happened, for a while, over whatever is open. why: safe."""
        screen = self._app.screen
        screen.query("Banner.-passing").remove()
        banner = Banner(why, passing=True)
        screen.mount(banner)
        self._app.set_timer(_TOLD_S, banner.remove)
        self._app.bell()

    def _look(self) -> None:
        if self._waiting is None:
            return
        screen = self._waiting.screen
        there = any(isinstance(each, type(screen)) for each in self._app.screen_stack)
        if there or not self._waiting.standing():
            self._waiting = None
            self._take_banner_down()
        elif self._typing():
            self._call_attention(self._waiting.why)
            self._app.set_timer(_LOOK_S, self._look)
        else:
            self._waiting = None
            for each in self._app.screen_stack:
                each.query(Banner).remove()
            self._deaf_until = self._clock() + _DEAF_S
            self._app.bell()
            self._app.push_screen(screen)

    def _take_banner_down(self) -> None:
        for screen in self._app.screen_stack:
            for banner in _lasting(screen):
                banner.remove()

    def _typing(self) -> bool:
        top = self._app.screen
        card = isinstance(top, ModalScreen) and not isinstance(top, DetailScreen)
        return card or isinstance(self._app.focused, Input)

    def _call_attention(self, why: str) -> None:
        if not _lasting(self._app.screen):
            self._app.screen.mount(Banner(why))
        if self._clock() >= self._bell_at:
            self._bell_at = self._clock() + _BELL_S
            self._app.bell()


def _lasting(screen: Screen[object]) -> list[Banner]:
    # Textual's `exclude` forgets what kind of widget was asked for.
    return [banner for banner in screen.query(Banner) if not banner.has_class("-passing")]
