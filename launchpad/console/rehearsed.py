"""What the console knows of rehearsals and earlier launches: durations, and steps never tried."""

import threading
from contextlib import suppress

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Step
from launchpad.console.desk import Desk
from launchpad.launch.state import LaunchState
from launchpad.log.errors import LogError
from launchpad.session.history import Actuals, earlier, flagged, never_rehearsed

_COLUMN = 13


def look_back(desk: Desk) -> None:
    """Have a desk learn how long the steps took elsewhere, on a thread that nobody waits for."""

    def read() -> None:
        with suppress(LogError):
            history = earlier(desk.live.log, desk.state)
            desk.actuals, desk.cutover_actuals = history.rollback, history.cutover

    threading.Thread(target=read, name="looking-back", daemon=True).start()


def flag(state: LaunchState, actuals: Actuals | None) -> str | None:
    """Return which steps were never rehearsed, None for none of them, and while nobody looked."""
    return None if actuals is None else flagged(never_rehearsed(state, actuals))


def taken_words(step: Step, actuals: Actuals | None) -> str:
    """Return how long a step took last, as a column; "" where nothing is known of any step."""
    if not actuals:
        return ""
    known = actuals.get(step.id)
    return f" {f'took {duration(known.last.ms)}' if known else '':<{_COLUMN - 1}}"
