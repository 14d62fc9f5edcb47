"""Whether somebody sits here, and asking them."""

import sys
from collections.abc import Mapping
from typing import TextIO

from launchpad.cli.misused import Misused
from launchpad.cli.output import narrate
from launchpad.text.safe import one_line


def somebody_reads() -> bool:
    """Say whether what is told on stderr would be seen."""
    return _terminal(sys.stderr)


def somebody_answers() -> bool:
    """Say whether a question on stderr would be read, and answered on stdin."""
    return _terminal(sys.stdin) and somebody_reads()


def somebody_looks() -> bool:
    """Say whether a screen would be seen, and its keys pressed on stdin.

    Textual draws on stderr; data that is sent elsewhere by stdout is nothing for a screen.
    """
    return all(_terminal(stream) for stream in (sys.stdin, sys.stdout, sys.stderr))


def require_console(environment: Mapping[str, str], instead: str) -> None:
    """Raise Misused, naming what to do instead, where a console cannot be drawn."""
    if not somebody_looks():
        raise Misused(f"the console needs a terminal; {instead}")
    kind = environment.get("TERM", "")
    if kind in {"", "dumb"}:
        raise Misused(f"the console cannot be drawn with TERM={kind or 'unset'}; {instead}")


def ask(question: str) -> str:
    """Ask on stderr, stdout being for data, and return the answer. Raises Misused without one."""
    sys.stderr.write(f"{one_line(question)} ")
    sys.stderr.flush()
    answer = sys.stdin.readline()
    if not answer:
        narrate("")
        raise Misused("there was no answer")
    return answer.strip()


def agreed(question: str) -> bool:
    """Ask a question that only a typed yes agrees to."""
    return ask(f"{question} [y/N]").casefold() in {"y", "yes"}


def _terminal(stream: TextIO | None) -> bool:
    # A stream is None in a program that was started with it closed.
    return stream is not None and stream.isatty()
