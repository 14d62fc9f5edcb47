"""Where words go: data to stdout, narration to stderr, and a reader that left is no accident.

Every line passes `safe` here once more: text from a log or a checklist that somebody forgot to
make harmless must not reach a terminal.
"""

import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, TextIO

from launchpad.text.safe import safe


class OutputClosed(Exception):
    """Whoever read stdout is gone, as `head` is once it has its lines."""


def say(line: str) -> None:
    """Write one line of data. Raises OutputClosed, and OSError as a full disk does."""
    _write(f"{safe(line)}\n")


def say_json(document: Any) -> None:
    """Write one JSON document, in ASCII: no control character passes. Errors as `say`."""
    _write(f"{json.dumps(document, indent=2)}\n")


def say_bytes(chunks: Iterable[bytes]) -> None:
    """Write data exactly as it is, and to a terminal as safe text. Errors as `say`."""
    stdout = _stdout()
    if stdout.isatty():
        # A terminal would obey the control sequences of a document; a file has a right to them.
        for chunk in chunks:
            _write(safe(chunk.decode(errors="replace").replace("\r\n", "\n")))
        return
    flush()
    for chunk in chunks:
        try:
            stdout.buffer.write(chunk)
        except BrokenPipeError:
            raise OutputClosed from None
    flush()


def narrate(line: str) -> None:
    """Tell the person, not the program that reads the data. It is no error if nobody listens."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{safe(line)}\n")
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)


def flush() -> None:
    """Hand over what was written so far. Errors as `say`."""
    try:
        _stdout().flush()
    except BrokenPipeError:
        raise OutputClosed from None


def abandon() -> None:
    """Drop what stdout does not take, or the interpreter complains about it at its exit."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        _discard(sys.stdout)


def _write(text: str) -> None:
    try:
        _stdout().write(text)
    except BrokenPipeError:
        raise OutputClosed from None


def _discard(stream: TextIO) -> None:
    """Let whatever a stream still holds go nowhere."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _stdout() -> TextIO:
    # None in a program that was started with stdout closed.
    if sys.stdout is None:
        raise OutputClosed
    return sys.stdout
