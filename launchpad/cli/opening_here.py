"""Opening a launch from within a console, where a command line's flags and questions are not."""

import os
import shlex
from pathlib import Path

from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.load import Document, load
from launchpad.cli.configuration import VARIABLE, checklist_log
from launchpad.cli.misused import Misused
from launchpad.cli.searching import found
from launchpad.cli.sheets import SheetBehind
from launchpad.cli.trusting import require_kept
from launchpad.cli.variables import values
from launchpad.log.store import Log
from launchpad.session.opening import open_launch
from launchpad.session.participant import Participant
from launchpad.steps.trust import NotTrusted


def open_here(log: Log, flag: str | None, path: Path, by: Participant) -> str:
    """Open a live launch of a checklist in an open log, and return its id.

    flag: what --log said. Raises LogError, and ChecklistError also for a checklist that needs more
    than a console can give, with the command that gives it.
    """
    document = load(path)
    try:
        _require_its_log(document, log, flag, path)
        given = values(document, (), found)
        require_kept(document, path)
    except (Misused, NotTrusted) as error:
        raise ChecklistError(str(error)) from error
    opened = open_launch(log, document, path, by, accept_ticked=False, mode="live", vars=given)
    # What would be told of it has no place on a screen.
    SheetBehind(log).begin(opened.launch)
    return opened.launch


def _require_its_log(document: Document, log: Log, flag: str | None, path: Path) -> None:
    named = checklist_log(document.checklist.log, path)
    if named is None or flag is not None or os.environ.get(VARIABLE):
        return
    if named.address not in (log.address, str(Path(log.address).resolve())):
        raise Misused(
            f"its launches belong in {named.address}: `launchpad run {shlex.quote(str(path))}`"
        )
