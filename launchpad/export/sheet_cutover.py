"""The cutover's steps on an emergency sheet, and the point that nobody goes back behind."""

from collections.abc import Iterator

from launchpad.export.sheet_lines import Line, line
from launchpad.export.sheet_page import Page
from launchpad.export.sheet_steps import stands, takes, what_is_done
from launchpad.launch.arming import frozen_by
from launchpad.launch.step import StepState


def cutover_lines(page: Page) -> Iterator[Line]:
    """Yield each item that has a step or is the point of no return, in the checklist's order."""
    state = page.state
    if frozen := frozen_by(state):
        yield line("alert", f"FROZEN, no further step starts: {frozen}")
    for item in state.checklist.items():
        if item.step is None and not item.point_of_no_return:
            continue
        yield line("group", f"{item.text} ({item.id})")
        if item.point_of_no_return:
            yield line("alert", "POINT OF NO RETURN: behind it nobody goes back", depth=1)
        if item.step is None:
            yield line("fact", state.standing(item), "stands", 1)
            continue
        own = state.cutover.get(item.id)
        by = f" by {own.by}" if own and own.by else ""
        unbegun = f"requested{by}, not begun" if own else "not requested"
        yield from stands(item.step, own or StepState(), page.now, unbegun)
        yield from takes(item.step)
        yield from what_is_done(page, item.step)
