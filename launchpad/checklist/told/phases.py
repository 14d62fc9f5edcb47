"""Phases told: their sections, items and sign-offs as they follow each other."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from launchpad.checklist.commands import item_commands
from launchpad.checklist.durations import launch_time, written
from launchpad.checklist.model import Checklist, Item, Phase, Probe, Section, SignOff, Snippet
from launchpad.checklist.told.commands import snippets_by_id, tell_request, tell_runs, tell_snippets
from launchpad.checklist.told.line import Told, aside, told
from launchpad.text.safe import safe

# Of each item: which one it is, counted from 0, and its line.
_Places: TypeAlias = Mapping[str, tuple[int, int]]


def tell_phases(checklist: Checklist) -> Iterator[Told]:
    """Yield each phase, and what lies in it by its line."""
    probes = {probe.id: probe for probe in checklist.probes}
    titles = {role.id: role.title for role in checklist.roles}
    snippets = snippets_by_id(checklist)
    inside: dict[str, list[tuple[int, Iterator[Told]]]] = defaultdict(list)
    of_sections: dict[str, list[Item]] = defaultdict(list)
    for item in checklist.items():
        of_sections[item.section or ""].append(item)
    for section in checklist.sections:
        lines = _section(section, of_sections[section.id])
        inside[section.phase].append((section.line, lines))
    for phase in checklist.phases:
        for item in phase.items:
            inside[phase.id].append((item.line, _item(item, snippets, probes)))
    places = {item.id: (n, item.line) for n, item in enumerate(checklist.items())}
    for slot in checklist.signoffs:
        inside[slot.phase].append((slot.line, _slot(slot, places, titles)))
    for phase in checklist.phases:
        yield from _phase(phase, titles)
        for _, lines in sorted(inside[phase.id], key=lambda entry: entry[0]):
            yield from lines


def _phase(phase: Phase, titles: Mapping[str, str]) -> Iterator[Told]:
    yield told("phase", phase.title, phase.line, name=phase.id)
    remarks = [
        f"at {launch_time(phase.at_ms)}" if phase.at_ms is not None else "",
        f"until {launch_time(phase.until_ms)}" if phase.until_ms is not None else "",
        f"priority {phase.priority}" if phase.priority else "",
        _declared(phase.declared_state, phase.items),
        f"polls {', '.join(titles[role] for role in phase.poll)}{_times(phase)}"
        if phase.poll
        else "",
    ]
    yield from _remarks(remarks, phase.line, 1)


def _times(phase: Phase) -> str:
    closes, valid = phase.poll_closes_ms, phase.poll_valid_ms
    taken = f", votes taken for {written(closes)}" if closes is not None else ""
    return taken + (f", a Go holds for {written(valid)}" if valid is not None else "")


def _section(section: Section, items: Sequence[Item]) -> Iterator[Told]:
    declared = aside(_declared(section.declared_state, items))
    yield told("section", f"{section.title}{declared}", section.line, 1)


def _declared(state: str | None, items: Sequence[Item]) -> str:
    """Return what the document says of a heading, beside what its own boxes say."""
    if state is None:
        return ""
    boxes = [item for item in items if item.kind != "step"]
    if not boxes:
        return f"declared {state}"
    ticked = sum(item.checked for item in boxes)
    return f"declared {state}; {ticked} of {len(boxes)} ticked"


def _item(
    item: Item, snippets: Mapping[str, Snippet], probes: Mapping[str, Probe]
) -> Iterator[Told]:
    depth = 2 + item.depth
    # Two steps of depth are as wide as a box, so that what belongs to it stands below its text.
    below = depth + 2
    probe = probes.get(item.probe or "")
    observed = (
        aside(f"{probe.type} probe {probe.id}, every {written(probe.interval_ms)}") if probe else ""
    )
    yield told("item", f"{item.text}{observed}", item.line, depth, name=item.id, mark=_box(item))
    yield from _remarks(_facts(item), item.line, below)
    for field in item.fields:
        first, *more = safe(field.value).split("\n")
        yield told("remark", f"{field.name}: {first}", item.line, below)
        yield from (told("remark", text, item.line, below + 1) for text in more if text.strip())
    yield from tell_snippets(item.snippets, snippets, below)
    yield from tell_runs(item_commands(item), below)
    if item.step:
        yield from tell_request(item.step, below)


def _box(item: Item) -> str:
    if item.kind == "step" and not item.checked:
        return "---"
    return "[x]" if item.checked else "[ ]"


def _facts(item: Item) -> list[str]:
    choices = " / ".join(choice.label for choice in item.choices)
    return [
        f"{item.kind} box" if item.kind in {"table", "glyph", "inline"} else "",
        f"one of: {choices}" if choices else "",
        "optional" if item.optional else "",
        "point of no return" if item.point_of_no_return else "",
        f"priority {item.priority}" if item.priority else "",
        f"owner {item.owner}" if item.owner else "",
        f"status {item.status}" if item.status else "",
        f"takes {written(item.expected_ms)}" if item.expected_ms is not None else "",
        f"may be waived by {item.waiver_role}" if item.waiver_role else "",
    ]


def _slot(slot: SignOff, places: _Places, titles: Mapping[str, str]) -> Iterator[Told]:
    blanks = aside(", ".join(blank.kind for blank in slot.blanks))
    covers = f"{len(slot.items)} item" if len(slot.items) == 1 else f"{len(slot.items)} items"
    yield told(
        "sign-off",
        f"sign-off: {slot.label}{blanks}, {covers}",
        slot.line,
        2,
        name=slot.id,
        mark="___",
    )
    remarks = [
        f"signed by {titles[slot.role]}" if slot.role else "",
        f"meaning {slot.meaning}" if slot.meaning != "verified" else "",
        "says that a rollback is complete" if slot.closes_rollback else "",
        f"covers {_covered(slot, places)}" if slot.items else "",
    ]
    yield from _remarks(remarks, slot.line, 4)


def _covered(slot: SignOff, places: _Places) -> str:
    """Return the lines of what a sign-off covers; neighbours as one range."""
    runs: list[list[int]] = []
    before = None
    for number, line in sorted(places[item] for item in slot.items):
        if before is None or number != before + 1:
            runs.append([])
        runs[-1].append(line)
        before = number
    return ", ".join(f"L{run[0]} to L{run[-1]}" if len(run) > 1 else f"L{run[0]}" for run in runs)


def _remarks(remarks: Sequence[str], line: int, depth: int) -> Iterator[Told]:
    there = "; ".join(remark for remark in remarks if remark)
    if there:
        yield told("remark", there, line, depth)
