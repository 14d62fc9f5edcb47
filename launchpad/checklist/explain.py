"""What `launchpad check` says about a document, as JSON values."""

from collections.abc import Iterator, Mapping
from typing import Any

from launchpad.checklist.commands import Runs, commands, step_commands
from launchpad.checklist.load import Document
from launchpad.checklist.model import Checklist, Item, Phase, Rollback, Section, SignOff
from launchpad.checklist.seconds import in_seconds


def explain(document: Document) -> dict[str, Any]:
    """Return the JSON shape of `launchpad check`.

    What no reader recognises yet is null, false, [] or 0, so that the shape is always whole.
    Roles are told by their titles. Durations are in seconds, with a fraction where they have one.
    """
    source, checklist = document.source, document.checklist
    titles = {role.id: role.title for role in checklist.roles}
    run = [_command(runs) for runs in commands(checklist)]
    env_vars = list(_env_vars(checklist))
    return {
        "title": checklist.title,
        "format": checklist.format,
        "sha256": source.sha256,
        "encoding_repaired": checklist.damage is not None,
        "code_word": checklist.code_word,
        "counts": {
            **_counts(checklist),
            "commands": len(run),
            "env_vars": len(env_vars),
        },
        "phases": [_phase(phase) for phase in checklist.phases],
        "sections": [_section(section) for section in checklist.sections],
        "signoffs": [_signoff(signoff, titles) for signoff in checklist.signoffs],
        "commands": run,
        "env_vars": env_vars,
        "roles": list(titles.values()),
        "contacts": [],
        "metrics": [],
        "criteria": [],
        "rollback": _rollback(checklist.rollback, titles) if checklist.rollback else None,
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
        "probes": len(checklist.probes),
        "roles": len(checklist.roles),
        "contacts": 0,
        "metrics": 0,
        "criteria": 0,
    }


def _phase(phase: Phase) -> dict[str, Any]:
    return {
        "id": phase.id,
        "title": phase.title,
        "at_s": in_seconds(phase.at_ms),
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
        "priority": item.priority,
        "owner": None,
        "status": None,
        "fields": {},
        "optional": False,
        "expected_s": None,
        "commands": [],
        "probe": item.probe,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "phase": section.phase,
        "line": section.line,
        "declared_state": None,
    }


def _signoff(signoff: SignOff, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": signoff.id,
        "label": signoff.label,
        "role": titles[signoff.role] if signoff.role else None,
        "line": signoff.line,
        "fields": [blank.kind for blank in signoff.blanks],
    }


def _rollback(rollback: Rollback, titles: Mapping[str, str]) -> dict[str, Any]:
    authority = [titles[role] for role in rollback.authority]
    return {
        "budget_s": in_seconds(rollback.budget_ms),
        "authority": ", ".join(authority) or rollback.authority_text or "any",
        "line": rollback.line,
        "steps": [
            {
                "id": step.id,
                "title": step.title,
                "expected_s": in_seconds(step.expected_ms),
                "deadline_s": in_seconds(step.deadline_ms),
                "line": step.line,
                "commands": [runs.id for runs in step_commands(step)],
            }
            for step in rollback.steps
        ],
        "triggers": [],
    }


def _command(runs: Runs) -> dict[str, Any]:
    return {
        "id": runs.id,
        "line": runs.command.line,
        "shell": None if runs.command.shell is None else "sh",
        "text": runs.text,
        "expected": None,
    }


def _env_vars(checklist: Checklist) -> Iterator[dict[str, Any]]:
    """Yield the environment variables that are observed or read, each where it is first named."""
    lines: dict[str, int] = {}
    for secret in checklist.secrets:
        if secret.source == "env":
            lines.setdefault(secret.origin[0], secret.line)
    for probe in checklist.probes:
        if probe.env:
            lines.setdefault(probe.env.name, probe.line)
    for name, line in lines.items():
        yield {"name": name, "optional": False, "line": line}
