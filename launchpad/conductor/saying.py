"""What a conductor says outside the log: lines with their time, in the file it was started on."""

import sys

from launchpad.session.clock import now
from launchpad.text.safe import one_line


def say(text: str) -> None:
    """Write one line."""
    sys.stderr.write(f"{now().at} {one_line(text)}\n")
    sys.stderr.flush()
