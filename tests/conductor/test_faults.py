"""A fault in what a launch can do without."""

import asyncio

import pytest

from launchpad.conductor.main import beside


async def test_it_is_said_and_begun_again_and_ends_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    begun = 0

    async def work() -> None:
        nonlocal begun
        begun += 1
        if begun == 1:
            raise RuntimeError("no such disk")

    await beside("digests", work, again_s=0.01)
    assert begun == 2
    assert "digests: a fault of the program, begun again in 0.01 s" in capsys.readouterr().err


async def test_it_ends_with_the_conductor() -> None:
    async def work() -> None:
        raise RuntimeError("no such disk")

    going = asyncio.create_task(beside("digests", work))
    await asyncio.sleep(0)
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
