"""What holds for every test, and for every program that it starts."""

import gc
import os
import signal
import tempfile

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what takes long to where somebody has the time for it: CI=true runs all."""
    if os.environ.get("CI") == "true":
        return
    skipped = pytest.mark.skip(reason="takes long: runs where CI=true")
    for item in items:
        if item.get_closest_marker("thorough"):
            item.add_marker(skipped)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Prepare the process that runs the tests, which with pytest-xdist is each of its workers."""
    # The tests themselves are no garbage: the collector need not look through them every time,
    # nor at the pace of a program that has little memory.
    gc.freeze()
    gc.set_threshold(20_000, 10, 20)
    # A shell's background jobs inherit that Ctrl-C is ignored, and so would every program here.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # Hundreds of programs are started, and none should be compiled anew each time. Where nothing
    # may be written beside the sources, they keep it elsewhere.
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        kept = tempfile.TemporaryDirectory(prefix="bytecode-", ignore_cleanup_errors=True)
        session.config.add_cleanup(kept.cleanup)
        os.environ["PYTHONPYCACHEPREFIX"] = kept.name
