"""Looking at a run's folder as soon as its result is there, and now and then in any case."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from launchpad.process.renames import read_renames, renames

# A runner that was killed leaves nothing that could be noticed; nor does a folder on some systems.
_LOOK_S: Final = 0.05


class Noticing:
    """Says when to look."""

    def __init__(self) -> None:
        self._came = asyncio.Event()

    def notice(self) -> None:
        """Have it looked at now."""
        self._came.set()

    async def next_look(self) -> None:
        """Wait until there is something to be seen, at most for a moment."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LOOK_S):
                await self._came.wait()
        self._came.clear()


@contextlib.asynccontextmanager
async def noticing(folder: Path) -> AsyncIterator[Noticing]:
    """Notice what comes into a folder from now on; one that is missing, by the clock alone."""
    noticed = Noticing()
    try:
        descriptor = renames(folder)
    except OSError:
        yield noticed
        return
    loop = asyncio.get_running_loop()

    def came() -> None:
        read_renames(descriptor)
        noticed.notice()

    loop.add_reader(descriptor, came)
    try:
        yield noticed
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)
