"""What `launchpad check` says about a document, as JSON values."""

from collections.abc import Iterator, Mapping
from typing import Any

from launchpad.checklist.commands import Runs, commands, item_commands, step_commands
from launchpad.checklist.load import Document
from launchpad.checklist.model import (
    Checklist,
    Contact,
    Item,
    Metric,
    Phase,
    Rollback,
    Section,
    SignOff,
    Snippet,
    Trigger,
)
from launchpad.checklist.seconds import in_seconds


def explain(document: Document) -> dict[str, Any]:
    """Return the JSON shape of `launchpad check`.

    Roles are told by their titles. Durations are in seconds, with a fraction where they have one.
    """
    source, checklist = document.source, document.checklist
    titles = {role.id: role.title for role in checklist.roles}
    shown = [
        *(_snippet(snippet) for snippet in checklist.snippets),
        *(_command(runs) for runs in commands(checklist)),
    ]
    env_vars = list(_env_vars(checklist))
    return {
        "title": checklist.title,
        "format": checklist.format,
        "sha256": source.sha256,
        "encoding_repaired": checklist.damage is not None,
        "code_word": checklist.code_word,
        "counts": {
            **_counts(checklist),
            "commands": len(shown),
            "env_vars": len(env_vars),
        },
        "phases": [_phase(phase) for phase in checklist.phases],
        "sections": [_section(section) for section in checklist.sections],
        "signoffs": [_signoff(signoff, titles) for signoff in checklist.signoffs],
        "commands": shown,
        "env_vars": env_vars,
        "roles": list(titles.values()),
        "contacts": [_contact(contact) for contact in checklist.contacts],
        "metrics": [_metric(metric) for metric in checklist.metrics],
        "criteria": [
            {"text": criterion.text, "section": criterion.section, "line": criterion.line}
            for criterion in checklist.criteria
        ],
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
        "contacts": len(checklist.contacts),
        "metrics": len(checklist.metrics),
        "criteria": len(checklist.criteria),
    }


def _phase(phase: Phase) -> dict[str, Any]:
    return {
        "id": phase.id,
        "title": phase.title,
        "at_s": in_seconds(phase.at_ms),
        "line": phase.line,
        "priority": phase.priority,
        "declared_state": phase.declared_state,
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
        "owner": item.owner,
        "status": item.status,
        "fields": {field.name: field.value for field in item.fields},
        "optional": item.optional,
        "expected_s": in_seconds(item.expected_ms),
        "commands": [*item.snippets, *(runs.id for runs in item_commands(item))],
        "probe": item.probe,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "phase": section.phase,
        "line": section.line,
        "declared_state": section.declared_state,
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
                "commands": [*step.snippets, *(runs.id for runs in step_commands(step))],
            }
            for step in rollback.steps
        ],
        "triggers": [_trigger(trigger) for trigger in rollback.triggers],
    }


def _trigger(trigger: Trigger) -> dict[str, Any]:
    return {
        "id": trigger.id,
        "text": trigger.text or trigger.id,
        "line": trigger.line,
        "understood": trigger.understood,
    }


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        "role": contact.role,
        "name": contact.name,
        "contact": contact.contact,
        "line": contact.line,
    }


def _metric(metric: Metric) -> dict[str, Any]:
    whole = metric.value.lstrip("-").isdigit()
    return {
        "name": metric.name,
        "comparator": metric.comparator,
        "value": int(metric.value) if whole else float(metric.value),
        "unit": metric.unit,
        "line": metric.line,
    }


def _snippet(snippet: Snippet) -> dict[str, Any]:
    return {
        "id": snippet.id,
        "line": snippet.line,
        "shell": snippet.shell,
        "text": snippet.text,
        "expected": snippet.expected,
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
    """Yield the environment variables that are asked for, observed or read, at their first line."""
    found = {one.name: (one.line, one.optional) for one in checklist.env_vars}
    for secret in checklist.secrets:
        if secret.source == "env":
            found.setdefault(secret.origin[0], (secret.line, False))
    for probe in checklist.probes:
        if probe.env:
            found.setdefault(probe.env.name, (probe.line, False))
    for name, (line, optional) in found.items():
        yield {"name": name, "optional": optional, "line": line}
