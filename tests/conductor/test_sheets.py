"""The emergency sheet as a conductor keeps it: written where it matters, and never in the way."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from launchpad.conductor.post import Post
from launchpad.conductor.sheets import Sheets, WriteSheets
from launchpad.launch.intents import StartRollback
from launchpad.launch.moment import Moment
from launchpad.launch.poll import PollState
from launchpad.launch.poll_facts import PollOutcome
from launchpad.launch.state import LaunchState
from tests.conductor.conftest import Conducted
from tests.launch.making import Told

BEGAN = Moment("2026-01-01T00:00:00.000Z", 1, "a-boot")


def polled(outcome: PollOutcome | None, number: int = 1) -> LaunchState:
    """Return a launch whose newest poll ended like this."""
    poll = PollState(number, None, ("dba",), BEGAN, "AB", None, None, outcome=outcome)
    return replace(Told().now, poll=poll)


class Followed:
    """A launch that a test moves, in place of a conductor's post."""

    def __init__(self, write: WriteSheets) -> None:
        self.state = Told().now
        self._looks = 0
        self.task = asyncio.create_task(Sheets(cast("Post", self), write).run())

    async def moved(self, _within_s: float) -> None:
        self._looks += 1
        await asyncio.sleep(0.001)

    async def becomes(self, state: LaunchState) -> None:
        """Move, and wait until that was looked at."""
        self.state = state
        looks = self._looks
        await until(lambda: self._looks > looks + 1)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - threads and processes set no event here
            await asyncio.sleep(0.001)


async def test_each_go_is_an_occasion_and_nothing_else_of_a_poll_is() -> None:
    written: list[LaunchState] = []

    def write(state: LaunchState) -> Path:
        written.append(state)
        return Path("/a/sheet.html")

    followed = Followed(write)
    await followed.becomes(polled(None))
    await followed.becomes(polled("no-go"))
    first, second = polled("go", 2), polled("go", 3)
    await followed.becomes(first)
    await followed.becomes(second)
    await until(lambda: len(written) == 2)
    assert written == [first, second]
    followed.task.cancel()


async def test_a_disk_that_hangs_and_then_fails_keeps_nobody_waiting(
    capsys: pytest.CaptureFixture[str],
) -> None:
    hangs, goes_on = threading.Event(), threading.Event()

    def write(_state: LaunchState) -> Path:
        hangs.set()
        assert goes_on.wait(5)
        raise OSError(28, "No space left on device")

    followed = Followed(write)
    await followed.becomes(polled("go"))
    await until(hangs.is_set)
    followed.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await followed.task
    goes_on.set()
    said: list[str] = []

    def told() -> bool:
        said.append(capsys.readouterr().err)
        return "NO EMERGENCY SHEET was written: [Errno 28] No space left" in "".join(said)

    await until(told)


def test_a_rollback_that_starts_is_on_the_sheet_beside_the_log(conducted: Conducted) -> None:
    conducted.conducting()
    conducted.does(lambda seen: StartRollback("smoke failed", "harbour", None, seen))
    page = conducted.folder / "log.db.sheets" / f"{conducted.launch}.html"
    conducted.until(page.exists, "no sheet is written")
    text = page.with_suffix(".txt").read_text(encoding="utf-8")
    assert "!! ROLLBACK RUNNING: attempt 1, started by AB" in text
    assert "ROLLBACK RUNNING" in page.read_text(encoding="utf-8")
