"""Commands about what a launch is rolled back on: trigger dismiss, list; baseline capture."""

# Typer's ways: \b keeps the examples' lines in the help, and what a command needs is imported when
# it runs, so that the others do not wait for it.
# ruff: noqa: D301, PLC0415

from typing import Annotated

import typer

from launchpad.cli.options import Initials, Launch, Log, Name, Reason, Role, TextOrJson

app = typer.Typer(
    help="""Show what the launch is rolled back on, or dismiss what tripped.

    \b
    Examples:
      launchpad trigger list
      launchpad trigger dismiss smoke --reason "the vendor restarts" --for 10m
    """,
    rich_markup_mode=None,
)
baseline = typer.Typer(
    help="""Measure what the launch is compared with.

    \b
    Example:
      launchpad baseline capture
    """,
    rich_markup_mode=None,
)


@app.command()
def dismiss(
    trigger: Annotated[
        str,
        typer.Argument(metavar="TRIGGER", help="A trigger's id, or L40 for the one on line 40."),
    ],
    reason: Reason,
    for_: Annotated[
        str,
        typer.Option("--for", metavar="DURATION", help="How long it does not trip, such as 10m."),
    ],
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Say no to a trigger for a stated time. What it proposed is no longer open.

    When the time is over and it still is not good, it trips again.

    \b
    Example:
      launchpad trigger dismiss smoke --reason "the vendor restarts" --for 10m
    """
    from launchpad.cli import acting, triggering

    given = acting.Given(log, launch, initials, name, role, answer)
    triggering.dismiss(given, trigger, reason, for_)


@app.command("list")
def list_(log: Log = None, launch: Launch = None, answer: TextOrJson = "text") -> None:
    """List the triggers: what each looks at, whether it is armed, and what became of it.

    \b
    Example:
      launchpad trigger list
    """
    from launchpad.cli import triggering

    triggering.list_triggers(log, launch, answer)


@baseline.command()
def capture(
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> int:
    """Keep what the probes of the baseline take now. Triggers such as +50% compare with it.

    It is computed from the samples in the log. Probes with too few of them are named; exit
    status 1 where none has enough.

    \b
    Example:
      launchpad baseline capture
    """
    from launchpad.cli import acting, triggering

    return triggering.capture(acting.Given(log, launch, initials, name, role, answer))
