"""Asking a file system, which may never answer: one that is on a server that is gone.

Not in asyncio's own threads: there are only a few, which everything else shares, and the program
cannot end before they do.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")

# What is being done, by what is done and to which path.
_UNDER_WAY: dict[tuple[Callable[[str], Any], str], Future[Any]] = {}


async def in_thread(work: Callable[[str], T], path: str) -> T:
    """Return what work returns for a path, or raise what it raises.

    Who cannot wait any longer cancels it; the thread stays behind, and holds nothing up. Where one
    stayed behind already, it is waited for instead of another: so there is one for each path.
    """
    done: Future[T] | None = _UNDER_WAY.get((work, path))
    if done is None:
        done = _UNDER_WAY[work, path] = Future()
        done.set_running_or_notify_cancel()  # or giving up waiting would cancel it for all
        threading.Thread(target=_carry_out, args=(work, path, done), daemon=True).start()
    return await asyncio.wrap_future(done)


def _carry_out(work: Callable[[str], T], path: str, done: "Future[T]") -> None:
    try:
        result = work(path)
    except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
        del _UNDER_WAY[work, path]
        done.set_exception(error)
    else:
        del _UNDER_WAY[work, path]
        done.set_result(result)
