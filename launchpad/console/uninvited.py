"""A screen that comes up without having been asked for, and steals no key from what is typed.

While a card or an input line is open it waits, with a red banner and the bell. Once it is up, keys
are dropped for a moment: they were meant for what was there before.
"""

import time
from collections.abc import Callable

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


class Uninvited:
    """Brings one screen at a time. clock: seconds of a monotonic clock."""

    def __init__(self, app: App[str | None], clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._clock = clock
        self._waiting: tuple[Screen[None], str] | None = None
        self._deaf_until = 0.0
        self._bell_at = 0.0

    @property
    def deaf(self) -> bool:
        """Whether keys are dropped now."""
        return self._clock() < self._deaf_until

    def bring(self, screen: Screen[None], why: str) -> None:
        """Bring a screen up as soon as nothing is being typed. why: for the banner, safe."""
        if self._waiting is None:
            self._waiting = screen, why
            self._app.set_timer(_FIRST_LOOK_S, self._look)

    def _look(self) -> None:
        if self._waiting is None:
            return
        screen, why = self._waiting
        if any(isinstance(each, type(screen)) for each in self._app.screen_stack):
            self._waiting = None
        elif self._typing():
            self._call_attention(why)
            self._app.set_timer(_LOOK_S, self._look)
        else:
            self._waiting = None
            for each in self._app.screen_stack:
                each.query(Banner).remove()
            self._deaf_until = self._clock() + _DEAF_S
            self._app.bell()
            self._app.push_screen(screen)

    def _typing(self) -> bool:
        top = self._app.screen
        card = isinstance(top, ModalScreen) and not isinstance(top, DetailScreen)
        return card or isinstance(self._app.focused, Input)

    def _call_attention(self, why: str) -> None:
        if not self._app.screen.query(Banner):
            self._app.screen.mount(Banner(why))
        if self._clock() >= self._bell_at:
            self._bell_at = self._clock() + _BELL_S
            self._app.bell()
