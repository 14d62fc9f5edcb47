"""A document told whole: what it is, its parts, what was not understood, and counts.

The command line draws these lines, and a screen can show the same; `explain` says it to programs.
Everything is told, however long a list is, with its line in the document.
"""

from collections.abc import Iterator, Mapping

from launchpad.checklist.explain import explain
from launchpad.checklist.load import Document
from launchpad.checklist.model import Format
from launchpad.checklist.told.acting import tell_probes, tell_rollback, tell_window
from launchpad.checklist.told.commands import tell_commands_of_no_item
from launchpad.checklist.told.line import Told, part, told
from launchpad.checklist.told.parts import tell_figures, tell_inputs, tell_people
from launchpad.checklist.told.phases import tell_phases

_FORMATS: Mapping[Format, str] = {"markdown": "Markdown", "yaml": "YAML"}
# Of the counts that explain gives: one and several of each.
_COUNTED = {
    "items": ("item", "items"),
    "checked": ("ticked", "ticked"),
    "phases": ("phase", "phases"),
    "signoffs": ("sign-off", "sign-offs"),
    "other_boxes": ("other box", "other boxes"),
    "steps": ("step without a box", "steps without a box"),
    "sections": ("section", "sections"),
    "commands": ("command", "commands"),
    "probes": ("probe", "probes"),
    "roles": ("role", "roles"),
    "env_vars": ("environment variable", "environment variables"),
    "contacts": ("contact", "contacts"),
    "metrics": ("metric", "metrics"),
    "criteria": ("criterion", "criteria"),
}
_ALWAYS_COUNTED = frozenset({"items", "checked", "phases", "signoffs"})


def tell(document: Document) -> Iterator[Told]:
    """Yield the lines about a document, in the order in which a person reads them."""
    checklist = document.checklist
    yield told("title", checklist.title)
    name, form = document.source.name, _FORMATS[checklist.format]
    yield told("remark", f"{name}, {form}, code word {checklist.code_word}")
    if checklist.damage:
        codec = checklist.damage
        yield told(
            "remark", f"its text was once decoded as {codec} by mistake; read as it was meant"
        )
    yield from tell_phases(checklist)
    yield from tell_commands_of_no_item(checklist)
    yield from tell_people(checklist)
    yield from tell_inputs(checklist)
    yield from tell_figures(checklist)
    yield from tell_window(checklist)
    yield from tell_probes(checklist)
    if checklist.rollback:
        yield from tell_rollback(checklist, checklist.rollback)
    yield from part(
        "not understood, or to be looked at",
        (told("warning", f"warning: {w.message}", w.line, 1) for w in checklist.warnings),
    )
    yield _counts(document)


def _counts(document: Document) -> Told:
    counts = explain(document)["counts"]
    parts = [
        _counted(counts[key], *words)
        for key, words in _COUNTED.items()
        if counts[key] or key in _ALWAYS_COUNTED
    ]
    parts.append(_counted(len(document.checklist.warnings), "warning", "warnings"))
    return told("counts", f"{document.source.name}: {', '.join(parts)}")


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
