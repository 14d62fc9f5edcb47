"""Lines on a card on which somebody says how each step of a rollback is left."""

from collections.abc import Callable, Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from launchpad.checklist.model import Rollback, Step
from launchpad.console.ink import Ink
from launchpad.console.widgets.entry import Entry
from launchpad.launch.operations import AsLeft

ANSWERS = "done, not done, partly ..., unknown"


def left_fields(
    plan: Rollback, ink: Ink, known: Callable[[Step], tuple[str, str]]
) -> Iterator[Widget]:
    """Yield a line for each step. known: what stands in it at first, and what else is shown."""
    for number, step in enumerate(plan.steps, 1):
        yield Static(Content(f"{number} {ink.line(step.title)}"))
        said, otherwise = known(step)
        yield Entry(said, placeholder=otherwise, id=f"left-{number}")


def left_typed(plan: Rollback, card: Widget) -> tuple[AsLeft, ...]:
    """Return what the lines say, "" where nothing was typed."""
    return tuple(
        AsLeft(step=step.id, text=card.query_one(f"#left-{number}", Entry).value)
        for number, step in enumerate(plan.steps, 1)
    )
