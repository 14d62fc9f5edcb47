"""The emergency sheet of a launch that was just opened: written beside its log, and told."""

import threading
from collections.abc import Callable
from pathlib import Path

from launchpad.cli.configuration import state_folder
from launchpad.cli.output import narrate
from launchpad.launch.state import LaunchState
from launchpad.log.store import Log
from launchpad.session.live import LiveLaunch
from launchpad.text.safe import one_line

# The console's first screen has the machine to itself for so long.
_AFTER_S = 1.0


def sheet_writer(log: Log) -> Callable[[LaunchState], Path]:
    """Return what writes the sheets of a launch as it stands, and returns where."""

    def write(state: LaunchState) -> Path:
        # Templates cost more to import than most commands take.
        from launchpad.export.sheet_files import write_sheets  # noqa: PLC0415 - see above

        return write_sheets(log, state, state_folder())

    return write


def written(log: Log, launch: str) -> str:
    """Write the sheets of a launch, and return what is to be told of it. Nothing is raised."""
    try:
        path = sheet_writer(log)(LiveLaunch(log, launch).state)
    except Exception as error:  # noqa: BLE001 - a launch goes on without its sheet
        return one_line(f"NO EMERGENCY SHEET was written: {str(error) or type(error).__name__}")
    return one_line(f"emergency sheet: {path}, and as .txt")


class SheetBehind:
    """Writes the sheets behind a console, and tells of it once the console is left."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._left = threading.Event()
        self._work: threading.Thread | None = None
        self._said = ""

    def begin(self, launch: str) -> None:
        """Write the sheets of a launch soon."""
        self._work = threading.Thread(target=self._write, args=(launch,), daemon=True)
        self._work.start()

    def tell(self) -> None:
        """Tell what became of them."""
        self._left.set()
        if self._work:
            self._work.join()
            narrate(self._said)

    def _write(self, launch: str) -> None:
        self._left.wait(_AFTER_S)
        self._said = written(self._log, launch)
