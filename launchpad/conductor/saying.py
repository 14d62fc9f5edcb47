"""What a conductor says outside the log: lines with their time, in the file it was started on."""

import errno
import os
import sys
from typing import Final

from launchpad.session.clock import now
from launchpad.text.safe import one_line

# A terminal that is gone, a pipe that nobody reads.
_NOBODY_READS: Final = frozenset({errno.EIO, errno.EPIPE})


def say(text: str) -> None:
    """Write one line. Where it cannot be written, a full disk too, the conductor goes on."""
    try:
        sys.stderr.write(f"{now().at} {one_line(text)}\n")
        sys.stderr.flush()
    except OSError as error:
        if error.errno in _NOBODY_READS:
            _say_nowhere()


def _say_nowhere() -> None:
    """Let everything that is still said go nowhere: what could not be written is tried again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stderr.fileno())
    os.close(nowhere)
