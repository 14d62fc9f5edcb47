"""Starting runners: each as a process of its own, or at once by a starter.

An interpreter takes longer to start than all that a runner does before its command runs. A starter
has that behind it: it is a runner without an order, which reads one line after the other and forks
a runner for each. It claims nothing and runs nothing itself. It ends when its pipe is closed, and
so with whoever started it, however that ended; the runners go on, each in a session of its own.
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


class Starter:
    """A process that starts runners. Any thread may use it."""

    def __init__(self, launch: str) -> None:
        """Start it. Raises OSError."""
        self._guard = threading.Lock()
        reading, writing = os.pipe()
        self._line: int | None = writing
        try:
            # A smaller one does for most orders, should the user have too many large ones.
            with contextlib.suppress(OSError):
                fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
            os.set_blocking(writing, False)
            start_runner(reading, launch, WAITING)
        except OSError:
            os.close(writing)
            raise
        finally:
            os.close(reading)

    @property
    def gone(self) -> bool:
        """Whether it takes no more orders."""
        return self._line is None

    def give(self, order: bytes) -> bool:
        """Have an order carried out (see `order.written`); False where it surely will not be.

        So it is where the process died, was dismissed, or does not take the whole of the order:
        of half a line nothing is ever run.
        """
        with self._guard:
            if self._line is None:
                return False
            with contextlib.suppress(OSError):
                if os.write(self._line, order) == len(order):
                    return True
            self._close()
            return False

    def dismiss(self) -> None:
        """Have it end. What it started goes on."""
        with self._guard:
            self._close()

    def _close(self) -> None:
        if self._line is not None:
            os.close(self._line)
            self._line = None
