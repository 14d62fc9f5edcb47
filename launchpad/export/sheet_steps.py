"""A step on an emergency sheet, of the rollback or the cutover: where it stands, what it does."""

import shlex
from collections.abc import Iterator, Mapping

from launchpad.checklist.durations import duration, written
from launchpad.checklist.model import Command, HttpSettings, OnTimeout, Step
from launchpad.checklist.requests import UNCHECKED
from launchpad.export.sheet_lines import Line, command, line, sentences
from launchpad.export.sheet_page import Page, when
from launchpad.launch.as_left import as_recorded
from launchpad.launch.moment import Moment, lapse, second
from launchpad.launch.step import StepState, asks, wanting
from launchpad.steps.resolving import REFERENCE, environment_name

_AFTER_TIMEOUT: Mapping[OnTimeout, str] = {
    "ask": "then somebody decides",
    "continue": "then it goes on without it",
    "kill": "then it is ended",
}


def stands(step: Step, state: StepState, now: Moment, unbegun: str) -> Iterator[Line]:
    """Yield where a step stands. unbegun: what is said of one that was never begun."""
    yield line("fact", _standing(step, state, now, unbegun), "stands", 1)
    if state.kill:
        asked = f"{state.kill.by} at {second(state.kill.at)}: {state.kill.reason}"
        yield line("text", f"its end was asked for by {asked}", depth=1)
    if state.status == "indeterminate":
        runs = "" if state.nothing_runs else ", and something of it may still run"
        said = f"Whether it had its effect is not known{runs}: look before it is done again."
        yield line("alert", said, depth=1)
    elif state.acted and state.status != "done":
        yield line("alert", "An earlier run of it may have had its effect.", depth=1)
    if asks(step, state, now):
        yield line("alert", "It is PAST ITS TIMEOUT: somebody decides.", depth=1)


def _standing(step: Step, state: StepState, now: Moment, unbegun: str) -> str:
    by = f" by {state.by}" if state.by not in (None, "auto") else ""
    if state.status == "pending":
        again = f"; once more, asked for{by}" if state.run else ""
        return f"{unbegun}{again}{_because(state)}"
    if state.status == "running":
        run = f", run {state.run}" if state.run > 1 else ""
        host = f" on {state.host}" if state.host else ""
        if state.began is None:
            return f"running{host}{run}"
        so_far = duration(lapse(state.began, now).ms)
        word = "waits for somebody to do it" if step.kind == "manual" else f"running{host}"
        return f"{word} since {when(state.began.at)}, for {so_far}{run}"
    took = f", took {duration(state.elapsed_ms)}" if state.elapsed_ms is not None else ""
    word = as_recorded(state)
    return f"{word.upper() if wanting(step, state) else word}{by}{took}{_because(state)}"


def _because(state: StepState) -> str:
    return f": {state.reason}" if state.reason else ""


def takes(step: Step, took: str = "") -> Iterator[Line]:
    """Yield how long a step is to take, and what becomes of it then. took: how long it really did.

    A timeout stands here as it is written, even where nothing but people could watch over it.
    """
    expected = f"expected {duration(step.expected_ms)}" if step.expected_ms is not None else ""
    if told := ", ".join(filter(None, (expected, took))):
        yield line("fact", told, "takes", 1)
    if step.timeout_ms is not None:
        after = _AFTER_TIMEOUT[step.on_timeout]
        yield line("fact", f"{written(step.timeout_ms)}, {after}", "timeout", 1)


def what_is_done(page: Page, step: Step) -> Iterator[Line]:
    """Yield what a step does, with its commands and values, and how it is known to be good."""
    yield from sentences(step.instructions, 1)
    yield from _carried_out(page, step)
    yield from to_type(page, step.snippets)
    if step.verify:
        yield line("fact", f"probe {step.verify} is OK, see Probes", "then", 1)


def _carried_out(page: Page, step: Step) -> Iterator[Line]:
    """Yield what the program does; in a rehearsal what it does instead."""
    if step.kind == "manual":
        yield line("fact", "by hand", "how", 1)
        return
    if step.kind == "wait":
        until = f"until probe {step.wait_until} is OK, see Probes" if step.wait_until else ""
        yield line("fact", f"wait {until or duration(step.wait_ms or 0)}", "how", 1)
        return
    runs_instead = step.command
    if page.state.mode == "rehearsal":
        if step.rehearse is None:
            yield line("fact", "noted, and nothing is run: this is a rehearsal", "how", 1)
            return
        yield line("fact", "what is run instead: this is a rehearsal", "how", 1)
        runs_instead = step.rehearse
    if runs_instead:
        yield from runs(page, runs_instead)
    elif step.http:
        yield from sends(page, step.http)
        yield from good_when(step.conditions)


def runs(page: Page, run: Command) -> Iterator[Line]:
    """Yield a command to type, and the secrets that it needs."""
    if run.secrets:
        needed = ", ".join(environment_name(name) for name in run.secrets)
        yield line("fact", f"{needed} in its environment, see below", "needs", 1)
    yield line("fact", "in a shell:" if run.shell else "as typed:", "command", 1)
    yield command(_typed(page, run), 2)


def sends(page: Page, http: HttpSettings) -> Iterator[Line]:
    """Yield a request with its headers and its body; a secret in it stays its name."""
    yield line("fact", "as sent:", "request", 1)
    head = [f"{http.method} {http.url}", *(f"{name}: {value}" for name, value in http.headers)]
    body = ["", http.body] if http.body else []
    yield command(page.filled("\n".join([*head, *body])), 2)
    if http.allow_insecure:
        yield line("text", UNCHECKED, depth=1)


def good_when(conditions: tuple[str, ...]) -> Iterator[Line]:
    """Yield what has to hold of what was observed."""
    for condition in conditions:
        yield line("fact", condition, "good when", 1)


def to_type(page: Page, ids: tuple[str, ...]) -> Iterator[Line]:
    """Yield the commands to copy of these ids, each with what it should answer."""
    for name in ids:
        yield command(page.filled(page.snippets[name].text), 2)
        if expected := page.snippets[name].expected:
            yield line("fact", expected, "expected", 2)


def _typed(page: Page, run: Command) -> str:
    """Return a command as somebody types it, with the values of variables that have one."""
    if run.shell is not None:
        return run.shell
    return shlex.join(
        page.values.get(whole[1], word) if (whole := REFERENCE.fullmatch(word)) else word
        for word in run.argv
    )
