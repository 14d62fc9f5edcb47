"""A launch without a Markdown document of its own, written as one: what was to do, what was done.

Read as a checklist again, it yields the items under their ids.
"""

from collections.abc import Iterator

from launchpad.checklist.model import Item, Phase, SignOff
from launchpad.export.escaping import escaped
from launchpad.launch.moment import day, minute
from launchpad.launch.state import LaunchState


def rendered(state: LaunchState) -> Iterator[str]:
    """Yield the document as lines of Markdown; outside text is escaped."""
    yield f"# {escaped(state.title)}"
    for phase in state.checklist.phases:
        yield from _phase(state, phase)
    if state.checklist.rollback:
        yield from ("", "## Rollback", "")
        for number, step in enumerate(state.checklist.rollback.steps, 1):
            yield f"{number}. **{escaped(step.id)}**: {escaped(step.title)}"


def _phase(state: LaunchState, phase: Phase) -> Iterator[str]:
    yield from ("", f"## {escaped(phase.title)}")
    if phase.items:
        yield ""
    for item in phase.items:
        yield from _item(state, item)
    for slot in state.checklist.signoffs:
        if slot.phase == phase.id:
            yield from ("", _signoff(state, slot))


def _item(state: LaunchState, item: Item) -> Iterator[str]:
    ticked = "x" if state.standing(item) == "passed" else " "
    yield f"- [{ticked}] **{escaped(item.id)}**: {escaped(item.text)}"
    outcome = state.item(item.id).current
    if outcome:
        reason = f": {escaped(outcome.reason)}" if outcome.reason else ""
        when = f"{day(outcome.at)} {minute(outcome.at)}"
        yield f"  - {outcome.result}, {escaped(outcome.by)}, {when}{reason}"


def _signoff(state: LaunchState, slot: SignOff) -> str:
    signature = state.slot(slot.id).signature
    if signature is None:
        return f"Sign-off, {escaped(slot.label)} ({escaped(slot.meaning)}): not signed"
    behalf = f" for {escaped(signature.on_behalf_of)}" if signature.on_behalf_of else ""
    return (
        f"Sign-off, {escaped(slot.label)} ({escaped(signature.meaning)}): "
        f"**Initials**: {escaped(signature.initials)}{behalf} "
        f"**Date**: {day(signature.at)} {minute(signature.at)}"
    )
