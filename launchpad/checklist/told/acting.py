"""What a launch does, told: its window, its probes, and the way back."""

import shlex
from collections.abc import Iterator, Mapping

from launchpad.checklist.commands import step_commands
from launchpad.checklist.durations import launch_time, written
from launchpad.checklist.model import Checklist, Probe, Rollback, Snippet, Step, Trigger
from launchpad.checklist.told.commands import snippets_by_id, tell_runs, tell_snippets
from launchpad.checklist.told.line import Told, aside, part, told
from launchpad.text.safe import safe


def tell_window(checklist: Checklist) -> Iterator[Told]:
    """Yield the launch's window, what is measured before it, and what is told to others."""
    window, baseline = checklist.window, checklist.baseline
    if window:
        opens = f"opens {launch_time(window.opens_ms)}" if window.opens_ms is not None else ""
        ends = ""
        if window.hard_stop_ms is not None:
            ends = f"hard stop {launch_time(window.hard_stop_ms)}"
        floor = f"{written(window.safety_floor_ms)} kept back" if window.safety_floor_ms else ""
        yield told("part", f"window{aside(opens, ends, floor)}", window.line)
    if baseline:
        samples = f"at least {baseline.min_samples} samples over {written(baseline.over_ms)}"
        yield told("part", f"baseline{aside(*baseline.probes, samples)}", baseline.line)
    yield from part(
        "messages",
        (told("entry", f"{one.occasion}: {one.text}", one.line, 1) for one in checklist.messages),
    )


def tell_probes(checklist: Checklist) -> Iterator[Told]:
    """Yield every probe: what it observes, how often, and when that is good."""
    yield from part("probes", (line for probe in checklist.probes for line in _probe(probe)))


def _probe(probe: Probe) -> Iterator[Told]:
    every = f"every {written(probe.interval_ms)}"
    yield told("entry", f"{probe.type}: {_observed(probe)}, {every}", probe.line, 1, name=probe.id)
    for condition in probe.conditions:
        yield told("remark", f"good when {condition}", probe.line, 2)


def _observed(probe: Probe) -> str:
    if probe.http:
        return f"{probe.http.method} {probe.http.url}"
    if probe.env:
        origin = f" {shlex.join(probe.env.origin)}" if probe.env.origin else ""
        return f"{probe.env.name} of the {probe.env.source}{origin}"
    command = probe.command
    if command is None:
        return ""
    return shlex.join(command.argv) if command.shell is None else command.shell


def tell_rollback(checklist: Checklist, rollback: Rollback) -> Iterator[Told]:
    """Yield the way back: its budget, who may start it, on what, its steps, and what is beside."""
    number = len(rollback.steps)
    budget = f", budget {written(rollback.budget_ms)}" if rollback.budget_ms is not None else ""
    steps = f"{number} {'step' if number == 1 else 'steps'}"
    yield told("part", f"rollback: {steps}{budget}", rollback.line)
    titles = {role.id: role.title for role in checklist.roles}
    snippets = snippets_by_id(checklist)
    yield told("remark", f"may be started by {_authority(rollback, titles)}", rollback.line, 1)
    if rollback.authority_text:
        yield told("remark", f"authority: {rollback.authority_text}", rollback.line, 1)
    for trigger in rollback.triggers:
        yield from _trigger(trigger)
    for step in rollback.steps:
        yield from _step(step, snippets)
    if rollback.instructions or rollback.snippets:
        yield told("group", "beside its steps", rollback.line, 1)
        yield from _instructions(rollback.instructions, rollback.line)
        yield from tell_snippets(rollback.snippets, snippets, 2)


def _authority(rollback: Rollback, titles: Mapping[str, str]) -> str:
    return ", ".join(titles[role] for role in rollback.authority) or "anybody on the crew"


def _trigger(trigger: Trigger) -> Iterator[Told]:
    text = f"trigger: {trigger.text or ', '.join(trigger.probes)}"
    yield told("trigger", text, trigger.line, 1, name=trigger.id)
    if not trigger.understood:
        yield told("remark", "NOT UNDERSTOOD: nothing watches it but people", trigger.line, 2)
        return
    remarks = [
        f"watches {', '.join(trigger.probes)}" if trigger.probes else "",
        f"does not trip while {trigger.healthy_when}" if trigger.healthy_when else "",
    ]
    understood = "; ".join(remark for remark in remarks if remark)
    # What is understood is not watched yet, and nobody may rely on it.
    yield told("remark", f"understood: {understood}; people watch it", trigger.line, 2)


def _step(step: Step, snippets: Mapping[str, Snippet]) -> Iterator[Told]:
    how = "by hand" if step.kind == "manual" else step.kind
    takes = written(step.expected_ms) if step.expected_ms is not None else ""
    by = f"done by {written(step.deadline_ms)}" if step.deadline_ms is not None else ""
    yield told("step", f"{step.title}{aside(how, takes, by)}", step.line, 1, name=step.id)
    yield from _instructions(step.instructions, step.line)
    yield from tell_snippets(step.snippets, snippets, 2)
    yield from tell_runs(step_commands(step), 2)


def _instructions(text: str, line: int) -> Iterator[Told]:
    for said in safe(text).split("\n"):
        if said.strip():
            yield told("remark", said, line, 2)
