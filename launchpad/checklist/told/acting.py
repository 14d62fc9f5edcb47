"""What a launch does, told: its window, its probes, and the way back."""

from collections.abc import Iterator, Mapping

from launchpad.checklist.commands import step_commands
from launchpad.checklist.durations import launch_time, written
from launchpad.checklist.model import (
    Checklist,
    CommitCriterion,
    Hold,
    Probe,
    Rollback,
    Snippet,
    Step,
    Trigger,
    TriggerAction,
)
from launchpad.checklist.told.commands import (
    snippets_by_id,
    tell_request,
    tell_runs,
    tell_snippets,
)
from launchpad.checklist.told.line import Told, aside, part, told
from launchpad.checklist.told.probes import observed
from launchpad.text.safe import safe

_ACTIONS: Mapping[TriggerAction, str] = {
    "notify": "it tells everybody",
    "propose": "the rollback is proposed",
    "auto": "the rollback starts by itself",
    "freeze": "no further cutover step starts",
}


def tell_window(checklist: Checklist) -> Iterator[Told]:
    """Yield the launch's window and holds, what a GO needs, what is measured, and what is told."""
    window, baseline = checklist.window, checklist.baseline
    if window:
        opens = f"opens {launch_time(window.opens_ms)}" if window.opens_ms is not None else ""
        ends = ""
        if window.hard_stop_ms is not None:
            ends = f"hard stop {launch_time(window.hard_stop_ms)}"
        floor = f"{written(window.safety_floor_ms)} kept back" if window.safety_floor_ms else ""
        yield told("part", f"window{aside(opens, ends, floor)}", window.line)
    yield from part("holds", map(_hold, checklist.holds))
    yield from part("commit criteria", map(_commit_criterion, checklist.commit_criteria))
    if baseline:
        samples = f"at least {baseline.min_samples} samples over {written(baseline.over_ms)}"
        yield told("part", f"baseline{aside(*baseline.probes, samples)}", baseline.line)
    yield from part(
        "messages",
        (told("entry", f"{one.occasion}: {one.text}", one.line, 1) for one in checklist.messages),
    )


def _hold(hold: Hold) -> Told:
    lasts = f"for {written(hold.lasts_ms)}" if hold.lasts_ms else ""
    phases = f"until {', '.join(hold.phases)} done" if hold.phases else ""
    poll = f"until the poll of {hold.poll} says go" if hold.poll else ""
    text = f"{hold.title or 'hold'} at {launch_time(hold.at_ms)}{aside(lasts, phases, poll)}"
    return told("entry", text, hold.line, 1, name=hold.id)


def _commit_criterion(criterion: CommitCriterion) -> Told:
    holds = "holds the countdown while it is not met" if criterion.hold else ""
    text = f"{criterion.text}{aside(*criterion.probes, holds)}"
    return told("entry", text, criterion.line, 1, name=criterion.id)


def tell_probes(checklist: Checklist) -> Iterator[Told]:
    """Yield every probe: what it observes, how often, and when that is good."""
    yield from part("probes", (line for probe in checklist.probes for line in _probe(probe)))


def _probe(probe: Probe) -> Iterator[Told]:
    every = f"every {written(probe.interval_ms)}"
    yield told("entry", f"{probe.type}: {observed(probe)}, {every}", probe.line, 1, name=probe.id)
    for condition in probe.conditions:
        yield told("remark", f"good when {condition}", probe.line, 2)


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
        yield from tell_trigger(trigger)
    for step in rollback.steps:
        yield from _step(step, snippets)
    if rollback.instructions or rollback.snippets:
        yield told("group", "beside its steps", rollback.line, 1)
        yield from _instructions(rollback.instructions, rollback.line)
        yield from tell_snippets(rollback.snippets, snippets, 2)


def _authority(rollback: Rollback, titles: Mapping[str, str]) -> str:
    return ", ".join(titles[role] for role in rollback.authority) or "anybody on the crew"


def tell_trigger(trigger: Trigger) -> Iterator[Told]:
    """Yield what the launch is rolled back on, and what of it was understood."""
    text = f"trigger: {trigger.text or ', '.join(trigger.probes)}"
    yield told("trigger", text, trigger.line, 1, name=trigger.id)
    for remark in _how_understood(trigger):
        yield told("remark", remark, trigger.line, 2)


def _how_understood(trigger: Trigger) -> Iterator[str]:
    if not trigger.understood:
        yield "NOT UNDERSTOOD: nothing watches it but people"
        return
    trips = f"trips when {_unhealthy(trigger)}{_times(trigger)}"
    active = f"{launch_time(trigger.active_from_ms)} to {launch_time(trigger.active_until_ms)}"
    if not trigger.probes:
        yield f"understood: {trips}; people watch it: it names no probes"
        return
    yield f"compiled: probes {', '.join(trigger.probes)}; {trips}; {active}"
    yield f"then {_ACTIONS[trigger.action]}{_deciding(trigger)}"


def _unhealthy(trigger: Trigger) -> str:
    return f"not {trigger.healthy_when}" if trigger.healthy_when else "one of them is not good"


def _times(trigger: Trigger) -> str:
    errors = trigger.error_trip_after
    often = f", {trigger.trip_after} times in a row" if trigger.trip_after > 1 else ""
    return often + (f", or {errors} errors in a row" if errors is not None else "")


def _deciding(trigger: Trigger) -> str:
    if trigger.decide_within_ms is None:
        return ""
    within = written(trigger.decide_within_ms)
    if trigger.action == "auto":
        return f" after {within}, unless it is dismissed"
    return f", to be decided within {within}"


def _step(step: Step, snippets: Mapping[str, Snippet]) -> Iterator[Told]:
    how = "by hand" if step.kind == "manual" else step.kind
    takes = written(step.expected_ms) if step.expected_ms is not None else ""
    starts = f"starts at +{written(step.starts_at_ms)}" if step.starts_at_ms is not None else ""
    by = f"done by {written(step.deadline_ms)}" if step.deadline_ms is not None else ""
    beside = aside(how, takes, starts, by)
    yield told("step", f"{step.title}{beside}", step.line, 1, name=step.id)
    yield from tell_request(step, 2)
    yield from _instructions(step.instructions, step.line)
    yield from tell_snippets(step.snippets, snippets, 2)
    yield from tell_runs(step_commands(step), 2)


def _instructions(text: str, line: int) -> Iterator[Told]:
    for said in safe(text).split("\n"):
        if said.strip():
            yield told("remark", said, line, 2)
