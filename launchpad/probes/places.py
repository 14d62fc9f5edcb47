"""Places: how many observations are made at once, of one host and in all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

# More would look like an attack to the host, and measure the queue that they make there.
MOST_OF_A_HOST: Final = 8
# Each may hold a descriptor, and a process usually has 1,024 of them.
MOST: Final = 256


class Places:
    """Hands out places, first come first served. Belongs to one event loop."""

    def __init__(self, most: int = MOST) -> None:
        """most: how many in all."""
        self._all = asyncio.Semaphore(most)
        self._of_hosts: dict[str, asyncio.Semaphore] = {}

    @asynccontextmanager
    async def of(self, host: str | None) -> AsyncIterator[None]:
        """Hold a place at a host, None for what is at none, waiting until there is one.

        The host's comes first: those who wait for a host that hangs keep nobody else out.
        """
        if host is None:
            async with self._all:
                yield
            return
        at_host = self._of_hosts.setdefault(host, asyncio.Semaphore(MOST_OF_A_HOST))
        async with at_host, self._all:
            yield
