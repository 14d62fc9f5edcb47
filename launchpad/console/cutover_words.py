"""An item's step in words: what it does, where it stands, and what nobody goes back behind."""

import shlex
from collections.abc import Iterator, Mapping

from launchpad.checklist.commands import item_commands
from launchpad.checklist.durations import duration
from launchpad.checklist.model import Command, Item, Step
from launchpad.console.copying import filled
from launchpad.console.ink import Ink
from launchpad.console.step_words import how, standing
from launchpad.console.words import STEP_WORDS
from launchpad.launch.cutover import NoReturn, no_return
from launchpad.launch.event import Stamp
from launchpad.launch.moment import lapse, moment_at
from launchpad.launch.state import LaunchState
from launchpad.launch.step import StepState, StepStatus, is_process

# In the eleven cells that the narrowest rows have.
_SHORT: Mapping[StepStatus, str] = {
    "pending": "step asked",
    "done": "step done",
    "failed": "step FAILED",
    "timed-out": "TIMED OUT",
    "skipped": "step left",
    "indeterminate": "UNCERTAIN",
}


def cutover_standing(state: LaunchState, item: Item, at: Stamp) -> tuple[str, str] | None:
    """Return where an item's step stands, and its style; None while nobody asked for it."""
    known = state.cutover.get(item.id)
    if item.step is None or known is None:
        return None
    return standing(state, item.step, known, at), STEP_WORDS[known.status].style


def row_words(state: LaunchState, item: Item, at: Stamp, width: int) -> tuple[str, str] | None:
    """Return what an item's row says of its step; None where the item's own outcome says enough.

    width: cells; where the whole has no room there, its state alone is said.
    """
    known = state.cutover.get(item.id)
    if known is None or (known.status in ("done", "skipped") and state.standing(item) != "open"):
        return None
    found = cutover_standing(state, item, at)
    if found is None:
        return None
    whole, style = f"step {found[0]}", found[1]
    return whole if len(whole) <= width else _short(item, known, at), style


def _short(item: Item, known: StepState, at: Stamp) -> str:
    by_hand = item.step is not None and item.step.kind == "manual"
    if known.status == "running" and known.verifying:
        return "VERIFIES"
    if known.status == "running" and known.began and not by_hand:
        return f"RUNS {duration(lapse(known.began, moment_at(at)).ms)}"
    return "BY HAND" if known.status == "running" else _SHORT[known.status]


def step_lines(state: LaunchState, item: Item, at: Stamp) -> Iterator[tuple[str, str]]:
    """Yield what an item's step does, and where it stands, each line with its style. Not safe."""
    step = item.step
    if step is None:
        return
    expected = f", takes about {duration(step.expected_ms)}" if step.expected_ms else ""
    yield f"its step: {how(step)}{expected}", "bold"
    yield from ((f"  {line}", "$text-accent") for line in what_it_does(state, item, step))
    found = cutover_standing(state, item, at)
    if found:
        known = state.cutover[item.id]
        run = f", run {known.run}" if known.run > 1 else ""
        yield f"  {found[0]}{run}", found[1]
        yield f"  {_keys(step, known)}", "$foreground-muted"
    else:
        yield "  x carries it out", "$foreground-muted"


def what_it_does(state: LaunchState, item: Item, step: Step) -> Iterator[str]:
    """Yield what an item's step runs or sends, as whom, and what is asked for. Not safe."""
    home = state.home
    if step.http is not None:
        yield f"sends {step.http.method} {step.http.url}"
    rehearsing = state.mode == "rehearsal"
    for runs in item_commands(item):
        if runs.id.endswith("/rehearse") == (rehearsing and step.rehearse is not None):
            yield from f"runs {_typed(runs.command, state.opened.vars)}".splitlines()
    if is_process(step):
        yield f"runs as {home.user}@{home.host} in {home.directory}"
        if rehearsing and step.rehearse is None:
            yield f"a rehearsal: not {'sent' if step.http else 'run'}"
    yield from step.instructions.splitlines()
    if step.verify:
        yield f"then {step.verify} has to be good"


def _typed(command: Command, values: Mapping[str, str]) -> str:
    """Return a command with the values it is run with; a shell's text is run as it stands."""
    if command.shell is not None:
        return command.shell
    return shlex.join(filled(word, values) for word in command.argv)


def _keys(step: Step, known: StepState) -> str:
    if known.status == "running":
        return {"manual": "x says that it is done", "wait": "it ends by itself"}.get(
            step.kind, "x ends it, O shows what it prints"
        )
    if known.status in ("failed", "timed-out", "indeterminate"):
        return "x says what becomes of it, O shows what it printed"
    return "O shows what it printed, x carries it out once more"


def no_return_words(passed: NoReturn, ink: Ink) -> str:
    """Return what to do behind the point of no return, on one safe line."""
    return ink.line(f"PAST THE POINT OF NO RETURN: {passed.how}; roll forward or freeze")


def past_no_return(state: LaunchState) -> NoReturn | None:
    """Return which point of no return holds a rollback back; None before one, and after a start."""
    if state.closure or (state.rollback and not state.rollback.over):
        return None
    return no_return(state)
