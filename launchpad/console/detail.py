"""What is known of one item or sign-off: in full, with its source lines and history."""

from collections.abc import Sequence

from textual.content import Content

from launchpad.checklist.model import Item, SignOff
from launchpad.console.cutover_words import step_lines
from launchpad.console.facts import facts
from launchpad.console.ink import Ink
from launchpad.console.probe_detail import probe_detail
from launchpad.console.words import MARKS
from launchpad.launch.event import Stamp
from launchpad.launch.moment import day, second
from launchpad.launch.state import LaunchState
from launchpad.log.samples import Sample

_Part = Content | str | tuple[str, str]


def item_detail(
    state: LaunchState,
    item: Item,
    source: Sequence[str],
    history: Sequence[Sample],
    at: Stamp,
    ink: Ink,
) -> Content:
    """Return an item's detail. source: the document's lines; history: of its probe."""
    mark = MARKS[state.standing(item)]
    recorded = state.item(item.id)
    parts: list[_Part] = [
        (ink.line(item.text), "bold"),
        "\n\n",
        (f"{mark.box} {mark.word or 'open'}", mark.style),
        f"   {ink.line(item.id)}   line {item.line}\n",
    ]
    parts.extend((f"{ink.line(text)}\n", style) for text, style in step_lines(state, item, at))
    parts.extend(facts(item, state.checklist, state.opened.vars, ink))
    for outcome in reversed(recorded.outcomes):
        reason = f": {ink.line(outcome.reason)}" if outcome.reason else ""
        parts.append(
            f"{day(outcome.at)} {second(outcome.at)} {ink.line(outcome.by)} "
            f"{outcome.result}{reason}\n"
        )
    for note in recorded.notes:
        parts.append(f"{day(note.at)} {second(note.at)} {ink.line(note.by)} noted\n")
        parts.extend(f"  {line}\n" for line in ink.lines(note.text).splitlines())
    parts.extend(
        probe_detail(state, probe, history, at, ink)
        for probe in state.checklist.probes
        if probe.id == item.probe
    )
    parts.extend(_source(source[item.line - 1 : item.end_line], ink))
    return Content.assemble(*parts)


def slot_detail(state: LaunchState, slot: SignOff, source: Sequence[str], ink: Ink) -> Content:
    """Return a sign-off's detail: what it covers, what it waits for, who signed."""
    parts: list[_Part] = [
        (f"Sign-off: {ink.line(slot.label)}", "bold"),
        f"\n\n{ink.line(slot.id)}   line {slot.line}   covers {_covered(slot)}\n",
    ]
    signature = state.slot(slot.id).signature
    if signature:
        for_whom = f" for {ink.line(signature.on_behalf_of)}" if signature.on_behalf_of else ""
        signed = f"SIGNED by {ink.line(signature.initials)}{for_whom}"
        when = f"{day(signature.at)} {second(signature.at)}"
        parts.append((f"{signed} {when}\n", "bold $text-success"))
        parts.append(f"{ink.line(signature.name)} {ink.line(signature.role)}".strip() + "\n")
        parts.append(f"meaning: {ink.line(signature.meaning)}\n")
        changed = state.changed_since_signed(slot)
        if changed:
            parts.append((f"CHANGED since: {ink.line(', '.join(changed))}\n", "bold $text-error"))
    else:
        waiting = state.waits_for(slot)
        parts.append(f"{_waits(state, slot, len(waiting))}\n")
        parts.extend(f"  {ink.line(f'{item.id}: {item.text}')}\n" for item in waiting)
    parts.extend(_source(source[slot.line - 1 : slot.line], ink))
    return Content.assemble(*parts)


def _covered(slot: SignOff) -> str:
    return f"{len(slot.items)} items" if slot.items else "no item: it can be signed at any time"


def _waits(state: LaunchState, slot: SignOff, items: int) -> str:
    if state.waits_for_rollback(slot):
        return "closes a rollback: it can be signed once one is completed or abandoned"
    return f"waits for {items} items" if items else "can be signed"


def _source(lines: Sequence[str], ink: Ink) -> list[_Part]:
    return [
        ("\nin the document\n", "bold"),
        *((f"{ink.lines(line)}\n", "$foreground-muted") for line in lines),
    ]
