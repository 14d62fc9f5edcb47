"""`launchpad check`: what was understood of a checklist, each thing with its line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from launchpad.checklist.explain import explain
from launchpad.checklist.load import Document, load
from launchpad.checklist.model import Checklist, Item, Phase, SignOff
from launchpad.cli.output import say, say_json
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
    yield (
        f"{one_line(document.source.name)}: {counts['items']} items, {counts['checked']} ticked, "
        f"{counts['phases']} phases, {counts['signoffs']} sign-offs"
    )
    yield f"code word {one_line(checklist.code_word)}"
    if checklist.damage:
        yield f"its text was once decoded as {checklist.damage} by mistake; read as it was meant"
    for phase in checklist.phases:
        yield ""
        yield from _phase(checklist, phase)
    if checklist.warnings:
        yield ""
    for warning in checklist.warnings:
        yield f"{_line(warning.line)}  warning: {one_line(warning.message)}"


def _phase(checklist: Checklist, phase: Phase) -> Iterator[str]:
    yield f"{_line(phase.line)}  {one_line(phase.title)}   ({phase.id})"
    sections = [(section.line, section) for section in checklist.sections]
    entries = [
        *((line, f"  {one_line(s.title)}") for line, s in sections if s.phase == phase.id),
        *((item.line, _item(item)) for item in phase.items),
        *((slot.line, _slot(slot)) for slot in checklist.signoffs if slot.phase == phase.id),
    ]
    for line, text in sorted(entries, key=lambda entry: entry[0]):
        yield f"{_line(line)}{text}"


def _item(item: Item) -> str:
    indent = "  " * item.depth
    return f"    {indent}[{'x' if item.checked else ' '}] {item.id}   {one_line(item.text)}"


def _slot(slot: SignOff) -> str:
    blanks = ", ".join(blank.kind for blank in slot.blanks)
    return (
        f"    ___ {slot.id}   sign-off: {one_line(slot.label)} ({blanks}), {len(slot.items)} items"
    )


def _line(line: int) -> str:
    return f"L{line:<5}"
