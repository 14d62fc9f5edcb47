"""Starting runners: one that has its order, and a spare one, ahead of an order to come.

An interpreter takes longer to start than all that a runner does before its command runs. A spare
one has that behind it. It has claimed nothing, and knows nothing: it reads one line from a pipe,
and that is its order, or the pipe is closed before the line is whole, and it ends. So it ends with
whoever started it, however that ended; and with its order it is a runner like any other.
"""

import contextlib
import fcntl
import os
import subprocess
import threading
from typing import Final

from launchpad.process.interpreter import bare_python
from launchpad.steps.order import WAITING
from launchpad.text.safe import safe

_RUNNER: Final = "launchpad.steps.runner"
# As large as anybody may make one by default (pipe(7)).
_PIPE_BYTES: Final = 1024 * 1024


def start_runner(stdin: int, launch: str, run: str) -> None:
    """Start a runner that reads its order from a descriptor. Raises OSError.

    launch, run: what `ps` shows that it is for.
    """
    runner = subprocess.Popen(
        bare_python(_RUNNER, safe(f"launchpad step {launch} {run}")),
        stdin=stdin,
        stdout=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )
    # Waited for as long as this process lives, so that no dead one is left lying about.
    threading.Thread(target=runner.wait, name="runner-ends", daemon=True).start()


class Spare:
    """A runner that waits for its order. Used once, by one thread at a time."""

    def __init__(self, launch: str) -> None:
        """Start it. Raises OSError."""
        reading, self._line = os.pipe()
        try:
            # A smaller one does for most orders, should the user have too many large ones.
            with contextlib.suppress(OSError):
                fcntl.fcntl(self._line, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
            os.set_blocking(self._line, False)
            start_runner(reading, launch, WAITING)
        except OSError:
            os.close(self._line)
            raise
        finally:
            os.close(reading)

    def give(self, order: bytes) -> bool:
        """Give it an order (see `order.written`); False where it has died, or not all fits.

        Then it carries out nothing, ever: it had no whole line, and its pipe is closed.
        """
        try:
            return os.write(self._line, order) == len(order)
        except OSError:
            return False
        finally:
            os.close(self._line)

    def dismiss(self) -> None:
        """Have it end, without an order."""
        os.close(self._line)
