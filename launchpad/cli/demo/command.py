"""The demo's commands: demo, and its break, mend and stop."""

# Typer's ways: \b keeps the examples' lines in the help, a flag is a boolean parameter, and what a
# command needs is imported when it runs, so that the others do not wait for it.
# ruff: noqa: D301, FBT002, PLC0415

from typing import Annotated

import typer

from launchpad.cli.options import Initials, Launch, Name, NoMouse, Role

_NewLog = Annotated[
    str | None,
    typer.Option(
        "--log",
        metavar="ADDRESS",
        help="The log's file. Else LAUNCHPAD_LOG, else a new temporary one.",
        show_default=False,
    ),
]
_OpenLog = Annotated[
    str | None,
    typer.Option(
        "--log",
        metavar="ADDRESS",
        help="The log's file. Else LAUNCHPAD_LOG, else that of the newest demo.",
        show_default=False,
    ),
]

app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def demo(
    context: typer.Context,
    headless: Annotated[
        bool,
        typer.Option("--headless", help="Play the story to its end, without a terminal."),
    ] = False,
    no_mouse: NoMouse = False,
    log: _NewLog = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
) -> int:
    """Show the whole idea: a launch that can be broken and rolled back.

    It starts a small shop on loopback, opens its launch and the console: tick, sign, break the
    shop, see a probe turn red, roll back with steps that mend it. With --headless all of that
    happens by itself within a minute, and the log is printed; exit status 1 names the part that
    did not happen.

    \b
    Examples:
      launchpad demo
      launchpad demo break
      launchpad demo --headless
    """
    if context.invoked_subcommand is not None:
        given = {"log": log, "initials": initials, "name": name, "role": role}
        before = {option: value for option, value in given.items() if value is not None}
        known = context.default_map or {}
        context.default_map = {
            each: {**(known.get(each) or {}), **before} for each in ("break", "mend", "stop")
        }
        return 0
    if headless:
        from launchpad.cli.demo.headless import headless as play

        return play(log)
    from launchpad.cli.demo import showing

    return showing.show(log, initials, name, role, mouse=not no_mouse)


@app.command("break")
def break_(
    log: _OpenLog = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
) -> None:
    """Break the demo's shop.

    Health answers 503, and the checkout is slow and fails.

    \b
    Example:
      launchpad demo break
    """
    from launchpad.cli.demo import switching

    switching.switch("failing", switching.Wanted(log, launch, initials, name, role))


@app.command()
def mend(
    log: _OpenLog = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
) -> None:
    """Mend the demo's shop, without a rollback.

    \b
    Example:
      launchpad demo mend
    """
    from launchpad.cli.demo import switching

    switching.switch("healthy", switching.Wanted(log, launch, initials, name, role))


@app.command()
def stop(
    log: _OpenLog = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
) -> int:
    """End the demo.

    Its launch is closed, its conductor and its shop end. A rollback that is under way is
    abandoned. The log stays.

    \b
    Example:
      launchpad demo stop
    """
    from launchpad.cli.demo import switching

    return switching.stop(switching.Wanted(log, launch, initials, name, role))
