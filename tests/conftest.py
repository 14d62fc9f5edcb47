"""What holds for every test, and for every program that it starts."""

import gc
import os
import signal
import tempfile
from collections.abc import Iterator

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> Iterator[None]:
    """Let Ctrl-C end what a test starts, and let no program be compiled anew for each start."""
    # A shell's background jobs inherit that Ctrl-C is ignored, and so would every program here.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # Hundreds of programs are started. Where nothing may be written beside the sources, they keep
    # what they compiled elsewhere; pytest-xdist's workers inherit the place.
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        kept = tempfile.TemporaryDirectory(prefix="launchpad-bytecode-", ignore_cleanup_errors=True)
        session.config.add_cleanup(kept.cleanup)
        os.environ["PYTHONPYCACHEPREFIX"] = kept.name
    yield


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Keep the collector from looking through the tests themselves again and again."""
    gc.freeze()
