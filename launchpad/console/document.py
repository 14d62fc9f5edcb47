"""What a document says of the whole launch: whom to call, what is measured, how to go back."""

from collections.abc import Iterator

from textual.content import Content

from launchpad.checklist.model import Checklist
from launchpad.checklist.told.acting import tell_rollback, tell_window
from launchpad.checklist.told.line import Told, told
from launchpad.checklist.told.parts import tell_figures, tell_inputs, tell_people
from launchpad.console.ink import Ink
from launchpad.console.rehearsed import flag
from launchpad.launch.state import LaunchState
from launchpad.session.history import Actuals, took


def about(state: LaunchState, actuals: Actuals | None, ink: Ink) -> Content:
    """Return what stands beside the items: people, figures, variables, rollback, doubts.

    actuals: how long its steps took elsewhere, None where that is not known.
    """
    checklist = state.checklist
    parts: list[tuple[str, str] | str] = [(f"{ink.line(checklist.title)}\n", "bold")]
    for line in _lines(checklist, actuals or {}):
        style = "bold" if line.kind == "part" else ""
        name = f"{ink.line(line.name)}   " if line.name else ""
        place = f"   line {line.line}" if line.line is not None else ""
        indent = "  " * line.depth
        blank = "\n" if line.kind == "part" else ""
        parts.append((f"{blank}{indent}{name}{ink.line(line.text)}", style))
        parts.append((f"{place}\n", "$foreground-muted"))
    if never := flag(state, actuals):
        parts.append((f"\n{ink.line(never)}", "$text-warning"))
    for warning in checklist.warnings:
        text = f"not understood: {ink.line(warning.message)}"
        parts.extend([("\n" + text, "$text-warning"), f"   line {warning.line}"])
    return Content.assemble(*parts)


def _lines(checklist: Checklist, actuals: Actuals) -> Iterator[Told]:
    yield from tell_people(checklist)
    yield from tell_figures(checklist)
    yield from tell_inputs(checklist)
    yield from tell_window(checklist)
    if checklist.rollback:
        for line in tell_rollback(checklist, checklist.rollback):
            yield line
            if line.kind == "step" and line.name in actuals:
                yield told("remark", took(actuals[line.name]), None, 2)
