"""Whether a launch has a conductor, said in words, and a new one where it is lost."""

import asyncio
import shlex
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from launchpad.checklist.durations import duration
from launchpad.console.sight import Sight
from launchpad.launch.event import Stamp
from launchpad.launch.state import LaunchState
from launchpad.session.conductor import belongs_here, wants_conductor
from launchpad.text.safe import one_line

# One that was just started has this long to take the lease.
_AGAIN_S = 2.0
_MOVE = "or here, in the folder its commands run in, the same with --move --reason TEXT"


@dataclass(frozen=True, slots=True)
class ConductorLost:
    """Nobody conducts the launch.

    why: in words; command: to type where it belongs, None where one is started here; move: how to
    have it conducted from here instead, None where it belongs here.
    """

    why: str
    command: str | None
    move: str | None = None


class Conducting:
    """Keeps a launch conducted from this console, where its conductor belongs here.

    conduct: starts a conductor of a launch; it may raise OSError. Never called by who only looks.
    """

    def __init__(self, conduct: Callable[[str], None], address: str, *, read_only: bool) -> None:
        self._conduct = conduct
        self._address = address
        self._read_only = read_only
        self._again_s = 0.0
        self._trouble: str | None = None

    def lost(self, state: LaunchState, sight: Sight | None, at: Stamp) -> ConductorLost | None:
        """Return what to say while nobody conducts; None where somebody does or none is needed."""
        if sight is None or sight.conductor.alive or not _needed(state):
            return None
        why = f"NO CONDUCTOR{_since(sight, at)}"
        if self._trouble:
            why += f", none could be started: {self._trouble}"
        elif self._starts(state):
            return ConductorLost(f"{why}, starting one", None)
        home = state.home
        where = f"; as {one_line(home.user)}@{one_line(home.host)}, type:"
        move = None if belongs_here(home) else _MOVE
        return ConductorLost(why + where, self._command(state.launch), move)

    async def see_to(self, state: LaunchState, sight: Sight | None) -> None:
        """Start a conductor where there is none, at most once in two seconds."""
        if sight is None or not _needed(state) or not self._starts(state):
            return
        if sight.conductor.alive:
            self._trouble = None
            return
        now_s = time.monotonic()
        if now_s < self._again_s:
            return
        self._again_s = now_s + _AGAIN_S
        try:
            await asyncio.to_thread(self._conduct, state.launch)
        except OSError as error:
            self._trouble = error.strerror or type(error).__name__
        else:
            self._trouble = None

    def _starts(self, state: LaunchState) -> bool:
        return not self._read_only and belongs_here(state.home)

    def _command(self, launch: str) -> str:
        words = ("launchpad", "conductor", "--log", self._address, "--launch", launch)
        return shlex.join(words)


def _needed(state: LaunchState) -> bool:
    counting = state.countdown is not None
    return state.closure is None and wants_conductor(state.checklist, counting=counting)


def _since(sight: Sight, at: Stamp) -> str:
    lease = sight.conductor.lease
    if lease is None:
        return ""
    if lease.boot_id != at.boot_id:
        here = lease.host == socket.gethostname()
        return " since another boot" if here else f": {one_line(lease.host)} is silent"
    silent_ms = max(int(at.mono_ns) - lease.mono_ns, 0) // 1_000_000
    return f" since {duration(silent_ms)}"
