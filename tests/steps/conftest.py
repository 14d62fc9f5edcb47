import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from launchpad.log.boottime import boot_time
from launchpad.steps.claim import StepResult
from launchpad.steps.folder import claim_folder
from launchpad.steps.order import Order, StepRun
from launchpad.steps.running import Ended, Running, Standing, standing
from tests.process.conftest import MARK, eventually, mark, marked, stubborn

# Fixtures that say the same of every process: marked, and none of them left behind.
__all__ = ["mark", "stubborn"]

BOOT_ID = boot_time()[0]
STEP_RUN = StepRun("storefront-20261121-abcd", "dns", 1, 1)

MakeOrder = Callable[..., Order]


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return an account's state folder."""
    folder = tmp_path / "state"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def folder(state: Path) -> Path:
    """Return where the run keeps its claim."""
    return claim_folder(state, STEP_RUN)


@pytest.fixture
def env(mark: str) -> Iterator[dict[str, str]]:
    """Return the environment of a test's commands; wait at its end until all of them ended."""
    yield {"PATH": os.environ["PATH"], MARK: mark}
    eventually(lambda: not marked(mark))


@pytest.fixture
def make_order(folder: Path, env: dict[str, str]) -> MakeOrder:
    """Return what makes an order to run a shell's text."""

    def make(text: str, **options: Any) -> Order:
        said: dict[str, Any] = {"folder": str(folder), "argv": ["/bin/sh", "-c", text], "cwd": "/"}
        return Order(STEP_RUN, **(said | {"env": env, "grace_ms": 200} | options))

    return make


def stands(folder: Path) -> Standing:
    return standing(folder, BOOT_ID)


def result(folder: Path) -> StepResult:
    """Wait until a run is over, and return its result."""
    eventually(lambda: isinstance(stands(folder), Ended))
    ended = stands(folder)
    assert isinstance(ended, Ended)
    return ended.result


def runner(folder: Path) -> int:
    """Wait until a runner has the run, and return its process id."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        found = stands(folder)
        if isinstance(found, Running):
            return found.pid
    raise AssertionError("no runner")
