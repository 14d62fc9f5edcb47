"""How a launch stands, on an emergency sheet: every item and sign-off, and what is not good."""

from collections.abc import Iterator, Mapping

from launchpad.checklist.durations import launch_time
from launchpad.checklist.model import Item, Phase, SignOff
from launchpad.export.sheet_lines import Line, line
from launchpad.export.sheet_page import when
from launchpad.launch.moment import day, minute
from launchpad.launch.state import LaunchState, Standing

# As a box on paper; what these do not say is said beside it.
_BOXES: Mapping[Standing, str] = {"passed": "[x]", "from-document": "[x]", "not-applicable": "[-]"}
_OPEN = "[ ]"


def standing_lines(state: LaunchState) -> Iterator[Line]:
    """Yield how a launch stands: what speaks against it first, then every phase."""
    progress = state.progress()
    failed = f", {progress.failed} FAILED" if progress.failed else ""
    signed = f"{progress.signed} of {progress.signoffs} sign-offs"
    yield line("fact", f"{progress.done} of {progress.items} items{failed}, {signed}", "done")
    for probe in state.checklist.probes:
        seen = state.probes.get(probe.id)
        if seen and seen.state != "success":
            since = f"since {when(seen.at)}"
            yield line("alert", f"probe {probe.id}: {seen.state}, {since}: {seen.shown}")
    for note in state.notes:
        yield line("text", f"note by {note.by}, {_when(note.at)}: {note.text}")
    for phase in state.checklist.phases:
        yield from _phase(state, phase)


def _phase(state: LaunchState, phase: Phase) -> Iterator[Line]:
    progress = state.progress(phase)
    at = f", {launch_time(phase.at_ms)}" if phase.at_ms is not None else ""
    yield line("group", f"{phase.title} ({progress.done} of {progress.items} done{at})")
    for item in phase.items:
        yield from _item(state, item)
    for slot in state.checklist.signoffs:
        if slot.phase == phase.id:
            yield line("fact", _signed(state, slot), f"sign-off, {slot.label}", 1)


def _item(state: LaunchState, item: Item) -> Iterator[Line]:
    stands, own = state.standing(item), state.item(item.id)
    yield line("entry", item.text, _BOXES.get(stands, _OPEN), 1 + item.depth)
    if item.point_of_no_return:
        yield line("text", "the point of no return", depth=2 + item.depth)
    outcome = own.current
    if outcome:
        word = stands if stands in ("passed", "not-applicable") else stands.upper()
        reason = f": {outcome.reason}" if outcome.reason else ""
        said = f"{word.replace('-', ' ')} by {outcome.by}, {_when(outcome.at)}{reason}"
        yield line("text", said, depth=2 + item.depth)
    elif stands == "from-document":
        yield line("text", "ticked in the document, unverified", depth=2 + item.depth)
    for note in own.notes:
        yield line("text", f"note by {note.by}: {note.text}", depth=2 + item.depth)


def _signed(state: LaunchState, slot: SignOff) -> str:
    signature = state.slot(slot.id).signature
    if signature is None:
        if state.waits_for_rollback(slot):
            return "only after a rollback"
        waiting = len(state.waits_for(slot))
        return f"not signed, waits for {waiting} items" if waiting else "not signed"
    who = " ".join(filter(None, (signature.initials, signature.name, signature.role)))
    behalf = f" for {signature.on_behalf_of}" if signature.on_behalf_of else ""
    changed = state.changed_since_signed(slot)
    since = f"; CHANGED SINCE: {', '.join(changed)}" if changed else ""
    return f"{who}{behalf}, {_when(signature.at)}, {signature.meaning}{since}"


def _when(at: str) -> str:
    return f"{day(at)} {minute(at)}"
