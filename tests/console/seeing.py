"""Working at a console under Textual's pilot, and seeing what is on its screen."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from launchpad.console.app import Console
from launchpad.console.screens.launch import LaunchScreen
from launchpad.console.screens.rollback import RollbackScreen
from tests.console.conftest import Night

LIMIT_S = 20


async def until(condition: Callable[[], object], what: str) -> None:
    """Wait for a condition; fail with what was waited for."""
    deadline = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < deadline, f"waited for {what}"
        await asyncio.sleep(0.01)


def screen_text(app: Console) -> str:
    """Return what is on the screen, line by line."""
    return "\n".join(line.text for line in app.screen._compositor.render_strips(app.size))


@asynccontextmanager
async def at_work(
    night: Night, *, size: tuple[int, int] = (80, 24), read_only: bool = False
) -> AsyncIterator[tuple[Console, "Pilot[str | None]"]]:
    app = night.console(read_only=read_only)
    async with app.run_test(size=size, notifications=True) as pilot:
        if not read_only:
            await pilot.press("enter")
        await until(lambda: _arrived(app), "the launch screen")
        yield app, pilot


def _arrived(app: Console) -> bool:
    """Say whether the items are seen, or the rollback screen that came up over them."""
    if isinstance(app.screen, RollbackScreen):
        return True
    return isinstance(app.screen, LaunchScreen) and "Alpha" in screen_text(app)
