"""What the palette offers: every live key's action, and what has no key."""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from textual.app import SystemCommand
from textual.screen import Screen

from launchpad.console.keys import live_keys
from launchpad.console.screens.acting import ActingScreen
from launchpad.console.screens.proposing import ProposingScreen
from launchpad.console.screens.timing import TimingScreen
from launchpad.launch.rollback_rules import DEMO_DOCUMENT


def palette(screen: Screen[object]) -> Iterator[SystemCommand]:
    """Yield what can be done on a screen now."""
    for key in live_keys(screen):
        if not key.moves:
            run = _runner(screen, key.action)
            yield SystemCommand(key.what, f"{key.in_full}   key: {key.key}", run)
    if not isinstance(screen, ActingScreen):
        return
    yield SystemCommand("close the launch", "asks for its outcome", screen.action_close_launch)
    if isinstance(screen, TimingScreen):
        yield from screen.clock_commands()
    if isinstance(screen, ProposingScreen):
        yield from screen.trigger_commands()
    if screen.desk.state.rollback:
        yield SystemCommand(
            "look at the rollback", "the newest attempt", screen.action_show_rollback
        )
    if screen.desk.state.opened.source.name == DEMO_DOCUMENT:
        yield SystemCommand(
            "demo: break the service",
            "the stand-in service begins to fail",
            partial(screen.action_switch_demo, "failing"),
        )
        yield SystemCommand(
            "demo: mend the service",
            "the stand-in service is healthy again",
            partial(screen.action_switch_demo, "healthy"),
        )


def _runner(screen: Screen[object], action: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        await screen.run_action(action)

    return run
