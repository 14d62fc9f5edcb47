"""Where the steps of items stand, as lines to read."""

from collections.abc import Iterator

from launchpad.checklist.durations import duration
from launchpad.cli.columns import aligned
from launchpad.cli.overview import Overview
from launchpad.launch.cutover import no_return
from launchpad.launch.state import LaunchState
from launchpad.launch.step import wanting
from launchpad.text.safe import one_line


def cutover_lines(state: LaunchState, seen: Overview) -> Iterator[str]:
    """Yield the steps of items that were asked for, and the point of no return once passed."""
    rows = []
    for item in state.checklist.items():
        known = state.cutover.get(item.id)
        if item.step is None or known is None:
            continue
        took = seen.step_elapsed_ms(known)
        rows.append(
            (
                known.status.upper() if wanting(item.step, known) else known.status,
                "-" if took is None else duration(took),
                one_line(item.id),
                one_line(item.text),
                one_line(known.reason or ""),
            )
        )
    if rows:
        yield ""
        yield from aligned([("STATE", "TOOK", "ITEM'S STEP", "", ""), *rows])
    if passed := no_return(state):
        yield ""
        yield one_line(f"PAST THE POINT OF NO RETURN: {passed.how}; roll forward or freeze")
