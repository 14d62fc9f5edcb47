"""A step of a rollback on one line, before anything became of it."""

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Step
from launchpad.text.safe import one_line


def step_line(step: Step) -> str:
    """Return a step as `dns   Point traffic back (command, 2m)`."""
    how = "by hand" if step.kind == "manual" else step.kind
    expected = f", {duration(step.expected_ms)}" if step.expected_ms is not None else ""
    return f"{step.id}   {one_line(step.title)} ({how}{expected})"
