"""The rollback on an emergency sheet: to be carried out by hand, where nothing else is left."""

import shlex
from collections.abc import Iterator, Mapping

from launchpad.checklist.durations import duration, written
from launchpad.checklist.model import Command, HttpSettings, Rollback, Snippet, Step
from launchpad.checklist.told.acting import tell_trigger
from launchpad.checklist.told.commands import snippets_by_id
from launchpad.export.sheet_lines import Line, command, line, retold, sentences
from launchpad.launch.moment import day, second
from launchpad.launch.rollback import RollbackState
from launchpad.launch.state import LaunchState
from launchpad.session.history import Actuals, flagged, never_rehearsed, took
from launchpad.steps.resolving import REFERENCE, environment_name


def rollback_lines(
    state: LaunchState, plan: Rollback, values: Mapping[str, str], actuals: Actuals
) -> Iterator[Line]:
    """Yield the way back: where it stands, who may start it, on what, and every step of it."""
    if state.rollback:
        yield from _under_way(state.rollback)
    budget = duration(plan.budget_ms) if plan.budget_ms is not None else "none"
    yield line("fact", budget, "budget")
    yield line("fact", _authority(state, plan), "authority")
    if warned := flagged(never_rehearsed(state, actuals)):
        yield line("alert", warned)
    if plan.triggers:
        yield line("group", "roll back on")
        for trigger in plan.triggers:
            yield from retold(tell_trigger(trigger))
    snippets = snippets_by_id(state.checklist)
    for number, step in enumerate(plan.steps, 1):
        yield from _step(state, number, step, values, actuals, snippets)
    if plan.instructions or plan.snippets:
        yield line("group", "beside its steps")
        yield from sentences(plan.instructions, 1)
        yield from _to_type(plan.snippets, snippets, values)


def _under_way(rollback: RollbackState) -> Iterator[Line]:
    when = f"{day(rollback.began.at)} at {second(rollback.began.at)}"
    yield line(
        "alert",
        f"ROLLBACK {rollback.status.upper()}: attempt {rollback.attempt}, "
        f"started by {rollback.by} on {when}: {rollback.reason}",
    )


def _authority(state: LaunchState, plan: Rollback) -> str:
    titles = {role.id: role.title for role in state.checklist.roles}
    people = state.checklist.crew.people if state.checklist.crew else ()
    held = []
    for role in plan.authority:
        holders = ", ".join(one.initials for one in people if role in one.roles)
        held.append(f"{titles.get(role, role)}{f' ({holders})' if holders else ''}")
    who = ", ".join(held) or "anybody on the crew"
    return f"{who}; {plan.authority_text}" if plan.authority_text else who


def _step(
    state: LaunchState,
    number: int,
    step: Step,
    values: Mapping[str, str],
    actuals: Actuals,
    snippets: Mapping[str, Snippet],
) -> Iterator[Line]:
    yield line("group", f"step {number}: {step.title} ({step.id})")
    yield line("fact", _standing(state.rollback, step), "stands", 1)
    times = [
        f"not before {written(step.starts_at_ms)}" if step.starts_at_ms else "",
        f"expected {duration(step.expected_ms)}" if step.expected_ms is not None else "",
        took(actuals[step.id]) if step.id in actuals else "",
        _deadline(step),
    ]
    if told := ", ".join(each for each in times if each):
        yield line("fact", told, "takes", 1)
    yield from sentences(step.instructions, 1)
    yield from _carried_out(state, step, values)
    yield from _to_type(step.snippets, snippets, values)
    if step.verify:
        yield line("fact", f"probe {step.verify} is OK", "then", 1)


def _standing(rollback: RollbackState | None, step: Step) -> str:
    if rollback is None:
        return "not begun"
    state = rollback.step(step.id)
    elapsed = f", took {duration(state.elapsed_ms)}" if state.elapsed_ms is not None else ""
    by = f" by {state.by}" if state.by not in (None, "auto") else ""
    reason = f": {state.reason}" if state.reason else ""
    return f"{state.status}{by}{elapsed}{reason}"


def _deadline(step: Step) -> str:
    if step.deadline_ms is None:
        return ""
    return f"to be done by {written(step.deadline_ms)}" if step.deadline_ms else "at once"


def _carried_out(state: LaunchState, step: Step, values: Mapping[str, str]) -> Iterator[Line]:
    """Yield what the program does; in a rehearsal what it does instead."""
    if step.kind == "manual":
        yield line("fact", "by hand", "how", 1)
        return
    if step.kind == "wait":
        until = f"until probe {step.wait_until} is OK" if step.wait_until else ""
        yield line("fact", f"wait {until or duration(step.wait_ms or 0)}", "how", 1)
        return
    runs = step.command
    if state.mode == "rehearsal":
        if step.rehearse is None:
            yield line("fact", "noted, and nothing is run: this is a rehearsal", "how", 1)
            return
        yield line("fact", "what is run instead: this is a rehearsal", "how", 1)
        runs = step.rehearse
    if runs:
        yield from _runs(runs, values)
    elif step.http:
        yield from _sends(step.http, step.conditions, values)


def _runs(runs: Command, values: Mapping[str, str]) -> Iterator[Line]:
    if runs.secrets:
        needed = ", ".join(environment_name(name) for name in runs.secrets)
        yield line("fact", f"{needed} in its environment, see below", "needs", 1)
    yield line("fact", "in a shell:" if runs.shell else "as typed:", "command", 1)
    yield command(typed(runs, values), 2)


def _sends(
    http: HttpSettings, conditions: tuple[str, ...], values: Mapping[str, str]
) -> Iterator[Line]:
    yield line("fact", "as sent:", "request", 1)
    head = [f"{http.method} {http.url}", *(f"{name}: {value}" for name, value in http.headers)]
    body = ["", http.body] if http.body else []
    yield command(filled("\n".join([*head, *body]), values), 2)
    for condition in conditions:
        yield line("fact", condition, "good when", 1)


def _to_type(
    ids: tuple[str, ...], known: Mapping[str, Snippet], values: Mapping[str, str]
) -> Iterator[Line]:
    for name in ids:
        yield command(filled(known[name].text, values), 2)
        if expected := known[name].expected:
            yield line("fact", expected, "expected", 2)


def typed(runs: Command, values: Mapping[str, str]) -> str:
    """Return a command as somebody types it, with the values of variables that have one."""
    if runs.shell is not None:
        return runs.shell
    return shlex.join(
        values.get(whole[1], word) if (whole := REFERENCE.fullmatch(word)) else word
        for word in runs.argv
    )


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with the variables that have a value; a secret stays `${name}`."""
    return REFERENCE.sub(lambda found: values.get(found[1], found[0]), text)
