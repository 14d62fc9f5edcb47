"""The emergency sheet: what people need to go on by hand when nothing else is left.

Whoever reads it may have no network, no terminal and no program, only a phone or paper. So it
holds the whole way back with its commands and values, whom to call, and how the launch stood; and
it says when it was written, because it grows old. A secret is on it by its name alone.
"""

import shlex
from collections.abc import Iterator, Mapping

from launchpad.checklist.commands import commands
from launchpad.checklist.model import Checklist, Secret
from launchpad.checklist.told.parts import tell_people
from launchpad.export.as_left import as_left_lines
from launchpad.export.sheet_clock import clock_lines
from launchpad.export.sheet_cutover import cutover_lines
from launchpad.export.sheet_go import go_lines
from launchpad.export.sheet_lines import Line, Part, Sheet, command, line, retold
from launchpad.export.sheet_page import page, when
from launchpad.export.sheet_probes import probe_lines
from launchpad.export.sheet_rollback import rollback_lines
from launchpad.export.sheet_standing import standing_lines
from launchpad.launch.event import Stamp
from launchpad.launch.state import LaunchState
from launchpad.session.history import Actuals
from launchpad.steps.resolving import environment_name


def sheet(state: LaunchState, address: str, at: Stamp, actuals: Actuals) -> Sheet:
    """Return the sheet of a launch as it stands.

    address: of its log, as somebody types it; at: now; actuals: how long its steps really took.
    """
    checklist, plan = state.checklist, state.checklist.rollback
    written = page(state, at, actuals)
    parts = [
        Part("This launch", tuple(_facts(state, address, at))),
        Part("Who to call", tuple(retold(tell_people(checklist)))),
        Part("Clock", tuple(clock_lines(written))),
        Part("Rollback", tuple(rollback_lines(written, plan)) if plan else ()),
        Part("As left", tuple(as_left_lines(state))),
        Part("Cutover steps", tuple(cutover_lines(written))),
        Part("Probes", tuple(probe_lines(written))),
        Part("Values", tuple(_given(checklist, written.values))),
        Part("To type commands by hand", tuple(_by_hand(state, written.values))),
        Part("Go or no-go", tuple(go_lines(written))),
        Part("State so far", tuple(standing_lines(state))),
        Part("With the program", tuple(_with_the_program(state, address))),
    ]
    said = "LIVE" if state.mode == "live" else "REHEARSAL: nothing on this sheet is the launch"
    (title,) = (line("text", state.title),)
    return Sheet(title.text, said, tuple(part for part in parts if part.lines))


def _facts(state: LaunchState, address: str, at: Stamp) -> Iterator[Line]:
    opened, home = state.opened, state.home
    yield line("fact", state.launch, "launch")
    yield line("fact", f"{when(at.at)} by the clock of {at.host}", "written")
    yield line("fact", f"event {state.head.seq}, {state.head.hash}", "as of")
    yield line("text", "What was recorded after that event is not on this sheet.")
    if state.closure:
        closed = state.closure
        yield line("alert", f"CLOSED as {closed.outcome} by {closed.by}, {when(closed.at)}")
    if state.scrub:
        scrub = state.scrub
        yield line("alert", f"SCRUBBED by {scrub.by}, {when(scrub.at)}: {scrub.reason}")
    if state.gap is not None:
        said = f"Nobody observed the launch for a while (event {state.gap}): no step or trigger "
        yield line("alert", f"{said}fires until somebody acknowledges that.")
    yield line("fact", state.code_word, "code word")
    yield line("fact", f"{when(state.opened_at)} by {state.opened_by}", "opened")
    yield line("fact", f"{opened.source.name}, SHA-256 {opened.source.sha256}", "document")
    yield line("fact", address, "log")
    yield line("fact", f"{home.user}@{home.host}, in {home.directory}", "runs as")


def _given(checklist: Checklist, values: Mapping[str, str]) -> Iterator[Line]:
    for variable in checklist.vars:
        yield line("fact", values.get(variable.name, "no value"), variable.name)
    for secret in checklist.secrets:
        yield line("fact", f"a secret, not on this sheet; from {_origin(secret)}", secret.name)


def _origin(secret: Secret) -> str:
    match secret.source:
        case "env":
            return f"the environment variable {secret.origin[0]}"
        case "file":
            return f"the file {secret.origin[0]}"
        case "command":
            return f"what this prints: {shlex.join(secret.origin)}"


def _by_hand(state: LaunchState, values: Mapping[str, str]) -> Iterator[Line]:
    """Yield what gives a shell the folder and the variables that the program gives a command."""
    if not commands(state.checklist):
        return
    yield line("text", f"As {state.home.user}@{state.home.host}, before the first:")
    typed = [f"cd {shlex.quote(state.home.directory)}"]
    for name, value in values.items():
        typed.append(f"export LAUNCHPAD_VAR_{environment_name(name)}={shlex.quote(value)}")
    for secret in state.checklist.secrets:
        name = environment_name(secret.name)
        match secret.source:
            case "env" if secret.origin[0] != name:
                typed.append(f'export {name}="${secret.origin[0]}"')
            case "file":
                typed.append(f'export {name}="$(cat {shlex.quote(secret.origin[0])})"')
            case "command":
                typed.append(f'export {name}="$({shlex.join(secret.origin)})"')
    yield command("\n".join(typed), 1)


def _with_the_program(state: LaunchState, address: str) -> Iterator[Line]:
    """Yield what to type where the log can be reached, or a copy of it."""
    where = f"--log {shlex.quote(address)} --launch {shlex.quote(state.launch)}"
    name = shlex.quote(f"{state.launch}.jsonl")
    word = shlex.quote(state.code_word)
    typed = [
        ("take part", f"launchpad attach {where}"),
        ("see where it stands", f"launchpad status {where}"),
    ]
    if state.rollback and not state.rollback.over:
        typed.append(("say that a step by hand is done", f"launchpad confirm {where} STEP"))
    elif state.checklist.rollback:
        start = f"launchpad rollback start {where} --confirm {word} --reason 'SAY WHY'"
        typed.append(("start the rollback", start))
    typed += [
        ("conduct it, where no conductor is alive", f"launchpad conductor {where}"),
        ("take the log along", f"launchpad export --format jsonl {where} -o {name}"),
        ("print this sheet anew", f"launchpad print {where}"),
    ]
    for what, text in typed:
        yield line("text", f"To {what}:")
        yield command(text, 1)
