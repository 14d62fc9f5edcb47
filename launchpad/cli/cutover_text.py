"""Where the steps of items stand, as lines to read."""

from collections.abc import Iterator

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Item, Step
from launchpad.cli.columns import aligned
from launchpad.cli.overview import Overview
from launchpad.launch.cutover import no_return
from launchpad.launch.state import LaunchState
from launchpad.launch.step import StepState, wanting
from launchpad.session.history import took
from launchpad.session.probe_words import verifying_words
from launchpad.text.safe import one_line


def cutover_lines(state: LaunchState, seen: Overview) -> Iterator[str]:
    """Yield the steps of items, how long they took elsewhere, and a point of no return passed."""
    rows = [_row(state, item, item.step, seen) for item in state.checklist.items() if item.step]
    if rows:
        yield ""
        yield from aligned([("STATE", "TOOK", "EXPECTED", "ITEM'S STEP", "", ""), *rows])
    if passed := no_return(state):
        yield ""
        yield one_line(f"PAST THE POINT OF NO RETURN: {passed.how}; roll forward or freeze")


def _row(state: LaunchState, item: Item, step: Step, seen: Overview) -> tuple[str, ...]:
    known = state.cutover.get(item.id)
    standing = known or StepState()
    status = standing.status.upper() if wanting(step, standing) else standing.status
    taken_ms = seen.step_elapsed_ms(standing)
    elsewhere = seen.cutover_actuals.get(item.id)
    why = verifying_words(state, standing) or standing.reason or ""
    said = (one_line(why), took(elsewhere) if elsewhere else "")
    return (
        status if known else "not asked",
        "-" if taken_ms is None else duration(taken_ms),
        "-" if step.expected_ms is None else duration(step.expected_ms),
        one_line(item.id),
        one_line(item.text),
        "; ".join(filter(None, said)),
    )
