"""What `launchpad check` says about a document, as JSON values."""

from typing import Any

from launchpad.checklist.load import Document
from launchpad.checklist.model import Checklist, Item, Phase, Section, SignOff


def explain(document: Document) -> dict[str, Any]:
    """Return the JSON shape of `launchpad check`.

    What no reader recognises yet is null, false, [] or 0, so that the shape is always whole.
    """
    source, checklist = document.source, document.checklist
    return {
        "title": checklist.title,
        "format": checklist.format,
        "sha256": source.sha256,
        "encoding_repaired": checklist.damage is not None,
        "code_word": checklist.code_word,
        "counts": _counts(checklist),
        "phases": [_phase(phase) for phase in checklist.phases],
        "sections": [_section(section) for section in checklist.sections],
        "signoffs": [_signoff(signoff) for signoff in checklist.signoffs],
        "commands": [],
        "env_vars": [],
        "roles": [],
        "contacts": [],
        "metrics": [],
        "criteria": [],
        "rollback": None,
        "warnings": [
            {"line": warning.line, "message": warning.message} for warning in checklist.warnings
        ],
    }


def _counts(checklist: Checklist) -> dict[str, int]:
    items = list(checklist.items())
    tasks = [item for item in items if item.kind == "task"]
    steps = sum(item.kind == "step" for item in items)
    return {
        "phases": len(checklist.phases),
        "sections": len(checklist.sections),
        "items": len(tasks),
        "checked": sum(item.checked for item in tasks),
        "other_boxes": len(items) - len(tasks) - steps,
        "signoffs": len(checklist.signoffs),
        "steps": steps,
        "probes": 0,
        "commands": 0,
        "roles": 0,
        "contacts": 0,
        "metrics": 0,
        "criteria": 0,
        "env_vars": 0,
    }


def _phase(phase: Phase) -> dict[str, Any]:
    return {
        "id": phase.id,
        "title": phase.title,
        "at_s": None,
        "line": phase.line,
        "priority": None,
        "declared_state": None,
        "items": [_item(item) for item in phase.items],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "text": item.text,
        "checked": item.checked,
        "line": item.line,
        "depth": item.depth,
        "kind": item.kind,
        "priority": None,
        "owner": None,
        "status": None,
        "fields": {},
        "optional": False,
        "expected_s": None,
        "commands": [],
        "probe": None,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "phase": section.phase,
        "line": section.line,
        "declared_state": None,
    }


def _signoff(signoff: SignOff) -> dict[str, Any]:
    return {
        "id": signoff.id,
        "label": signoff.label,
        "role": None,
        "line": signoff.line,
        "fields": [blank.kind for blank in signoff.blanks],
    }
