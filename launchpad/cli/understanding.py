"""`launchpad check`: what was understood of a checklist, each thing with its line."""

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from launchpad.checklist.durations import duration
from launchpad.checklist.explain import explain
from launchpad.checklist.load import Document, load
from launchpad.checklist.model import Checklist, Item, Phase, Probe, Rollback, SignOff
from launchpad.cli.output import say, say_json
from launchpad.cli.step_text import step_line
from launchpad.text.safe import one_line


def show(path: Path, answer: Literal["text", "json"]) -> None:
    """Read a checklist and show what was understood. Raises ChecklistError."""
    document = load(path)
    if answer == "json":
        say_json(explain(document))
        return
    for line in understood(document):
        say(line)


def understood(document: Document) -> Iterator[str]:
    """Yield what was understood of a document as lines to read: a tree, then the warnings."""
    checklist = document.checklist
    counts = explain(document)["counts"]
    yield one_line(checklist.title)
    probes = f", {counts['probes']} probes" if checklist.probes else ""
    yield (
        f"{one_line(document.source.name)}: {counts['items']} items, {counts['checked']} ticked, "
        f"{counts['phases']} phases, {counts['signoffs']} sign-offs{probes}"
    )
    yield f"code word {one_line(checklist.code_word)}"
    if checklist.damage:
        yield f"its text was once decoded as {checklist.damage} by mistake; read as it was meant"
    for phase in checklist.phases:
        yield ""
        yield from _phase(checklist, phase)
    yield from _inputs(checklist)
    if checklist.rollback:
        yield ""
        yield from _rollback(checklist.rollback)
    if checklist.warnings:
        yield ""
    for warning in checklist.warnings:
        yield f"{_line(warning.line)}  warning: {one_line(warning.message)}"


def _phase(checklist: Checklist, phase: Phase) -> Iterator[str]:
    yield f"{_line(phase.line)}  {one_line(phase.title)}   ({phase.id})"
    probes = {probe.id: probe for probe in checklist.probes}
    sections = [(section.line, section) for section in checklist.sections]
    entries = [
        *((line, f"  {one_line(s.title)}") for line, s in sections if s.phase == phase.id),
        *((item.line, _item(item, probes)) for item in phase.items),
        *((slot.line, _slot(slot)) for slot in checklist.signoffs if slot.phase == phase.id),
    ]
    for line, text in sorted(entries, key=lambda entry: entry[0]):
        yield f"{_line(line)}{text}"


def _item(item: Item, probes: Mapping[str, Probe]) -> str:
    indent = "  " * item.depth
    probe = probes.get(item.probe or "")
    observed = (
        f" ({probe.type} probe {probe.id}, every {duration(probe.interval_ms)})" if probe else ""
    )
    box = "x" if item.checked else " "
    return f"    {indent}[{box}] {item.id}   {one_line(item.text)}{observed}"


def _slot(slot: SignOff) -> str:
    blanks = ", ".join(blank.kind for blank in slot.blanks)
    filled = f" ({blanks})" if blanks else ""
    return f"    ___ {slot.id}   sign-off: {one_line(slot.label)}{filled}, {len(slot.items)} items"


def _inputs(checklist: Checklist) -> Iterator[str]:
    if checklist.vars or checklist.secrets:
        yield ""
    for variable in checklist.vars:
        default = f"default {variable.default!r}" if variable.default is not None else "optional"
        how = "required" if variable.required else default
        yield f"{_line(variable.line)}variable {variable.name} ({one_line(how)})"
    for secret in checklist.secrets:
        origin = one_line(shlex.join(secret.origin))
        yield f"{_line(secret.line)}secret {secret.name} (from {secret.source}: {origin})"


def _rollback(rollback: Rollback) -> Iterator[str]:
    budget = f", budget {duration(rollback.budget_ms)}" if rollback.budget_ms is not None else ""
    yield f"{_line(rollback.line)}rollback: {len(rollback.steps)} steps{budget}"
    for step in rollback.steps:
        yield f"{_line(step.line)}    {step_line(step)}"


def _line(line: int) -> str:
    return f"L{line:<5}"
