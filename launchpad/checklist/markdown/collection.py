"""Keeping the garbage collector out of a reading's way."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """Make no collection while a document is read.

    A reading makes hundreds of thousands of tokens and keeps nearly all of them to its end:
    looking through them again and again takes a third of its time, and finds nothing.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
