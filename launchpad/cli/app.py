"""The `launchpad` command: its grammar, and what every way out of it means."""

# Typer's ways: \b keeps the examples' lines in the help, a flag is a boolean parameter, and what a
# command needs is imported when it runs, so that the others do not wait for it.
# ruff: noqa: D301, FBT002, PLC0415

import io
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import typer

from launchpad import __version__
from launchpad.cli import (
    clocking,
    diagnosing,
    go_no_go,
    going_back,
    launching,
    probe,
    reading,
    recording,
    stepping,
    triggers,
)
from launchpad.cli.demo import command as demo
from launchpad.cli.exits import report
from launchpad.cli.options import Initials, Launch, Log, Name, NoMouse, Role
from launchpad.cli.output import flush, say
from launchpad.cli.terminal import somebody_looks

# In the order of a launch, which is the order of the help.
COMMANDS: Mapping[str, Callable[..., int | None] | typer.Typer] = {
    "demo": demo.app,
    "check": reading.check,
    "convert": reading.convert,
    "probe": probe.probe,
    "trust": launching.trust,
    "run": launching.run,
    "attach": launching.attach,
    "conductor": launching.conductor,
    "list": reading.list_,
    "status": reading.status,
    "tick": recording.tick,
    "result": recording.result,
    "note": recording.note,
    "undo": recording.undo,
    "sign": recording.sign,
    "revoke": recording.revoke,
    "t0": clocking.t0,
    "hold": clocking.hold,
    "resume": clocking.resume,
    "recycle": clocking.recycle,
    "scrub": clocking.scrub,
    "acknowledge": clocking.acknowledge,
    "poll": go_no_go.app,
    "vote": go_no_go.vote,
    "trigger": triggers.app,
    "baseline": triggers.baseline,
    "step": stepping.app,
    "rollback": going_back.app,
    "resolve": going_back.resolve,
    "confirm": going_back.confirm,
    "close": recording.close,
    "export": reading.export,
    "print": reading.print_,
    "verify": reading.verify,
    "doctor": diagnosing.doctor,
    "schema": reading.schema,
}


class _InOrder(typer.core.TyperGroup):
    """Lists its commands as above, those with commands of their own among the others."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - how it is called
        return list(COMMANDS)


app = typer.Typer(
    cls=_InOrder,
    # Plain help reads well to a screen reader, in a log and without colour.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _name, _command in COMMANDS.items():
    if isinstance(_command, typer.Typer):
        app.add_typer(_command, name=_name)
    else:
        app.command(_name)(_command)


def _version(asked: bool | None) -> None:  # noqa: FBT001 - how Typer calls it
    if asked:
        say(f"launchpad {__version__}")
        raise typer.Exit


def subcommands(command: Callable[..., int | None] | typer.Typer) -> list[str]:
    """Return the names of a command's own commands."""
    if not isinstance(command, typer.Typer):
        return []
    infos = command.registered_commands
    return [info.name or info.callback.__name__ for info in infos if info.callback]


@app.callback(invoke_without_command=True)
def launchpad(
    context: typer.Context,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="As after the command.", show_default=False
        ),
    ] = None,
    no_mouse: NoMouse = False,
    version: Annotated[  # noqa: ARG001 - its callback has answered already
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Show the version.")
    ] = False,
) -> int:
    """Launchpad makes a launch checklist live: ticks, probes, sign-offs, rollback, and their log.

    Alone, on a terminal, it shows the launches of the log and the checklists found here. The
    options below also work after a command.

    \b
    Examples:
      launchpad check launch.md
      launchpad run launch.yaml
      launchpad status --watch

    Exit status: 0 success, 1 the answer is no, 2 usage or an unreadable checklist, 3 the log
    could not be read or written, 4 not trusted, 130 interrupted.
    """
    given = {
        "log": log,
        "launch": launch,
        "initials": initials,
        "name": name,
        "role": role,
        "answer": answer,
    }
    # Options before the command are its defaults: what stands after it wins.
    defaults = {option: value for option, value in given.items() if value is not None}
    context.default_map = {
        name: {**defaults, **dict.fromkeys(subcommands(command), defaults)}
        for name, command in COMMANDS.items()
    }
    if context.invoked_subcommand is not None:
        return 0
    if not somebody_looks():
        say(context.get_help())
        return 0
    from launchpad.cli import consoles

    return consoles.home(log, initials, name, role, mouse=not no_mouse)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status. Every error has become one line on stderr."""
    for stream in (sys.stdout, sys.stderr):
        # A locale that cannot write a character must not end a command.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = typer.main.get_command(app).main(
            list(arguments), prog_name="launchpad", standalone_mode=False
        )
        flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - nobody is shown a traceback
        return report(error)
    return status if isinstance(status, int) else 0
