"""What a run leaves is looked at as soon as it is there."""

import asyncio
from pathlib import Path

import pytest

from launchpad.conductor import noticing as module
from launchpad.conductor.noticing import noticing

LIMIT_S = 10.0


async def _looks_when(folder: Path, *, leaves: bool, limit_s: float = LIMIT_S) -> None:
    async with asyncio.timeout(limit_s), noticing(folder) as noticed:
        looking = asyncio.create_task(noticed.next_look())
        if leaves:
            (folder / "result.new").touch()
            (folder / "result.new").rename(folder / "result")
        await looking


def test_a_file_that_is_there_is_noticed_long_before_the_next_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LOOK_S", 10 * LIMIT_S)
    asyncio.run(_looks_when(tmp_path, leaves=True))
    with pytest.raises(TimeoutError):
        asyncio.run(_looks_when(tmp_path, leaves=False, limit_s=0.1))


def test_a_folder_that_is_not_there_is_looked_at_by_the_clock(tmp_path: Path) -> None:
    asyncio.run(_looks_when(tmp_path / "missing", leaves=False))


def test_each_of_them_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LOOK_S", 10 * LIMIT_S)

    async def twice() -> None:
        async with asyncio.timeout(LIMIT_S), noticing(tmp_path) as noticed:
            for number in range(2):
                (tmp_path / "new").touch()
                (tmp_path / "new").rename(tmp_path / f"result{number}")
                await noticed.next_look()

    asyncio.run(twice())
