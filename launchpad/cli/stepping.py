"""Commands about single steps: step run, step kill."""

# Typer's ways: \b keeps the examples' lines in the help, a flag is a boolean parameter, and what a
# command needs is imported when it runs, so that the others do not wait for it.
# ruff: noqa: D301, FBT002, PLC0415

from typing import Annotated

import typer

from launchpad.cli.options import (
    CodeWord,
    Initials,
    ItemPlace,
    Launch,
    Log,
    Name,
    Reason,
    Role,
    StepPlace,
    TextOrJson,
)

app = typer.Typer(
    help="""Run the step of an item, or end a step that runs.

    \b
    Examples:
      launchpad step run dns-update
      launchpad step kill dns --reason "it waits for a password"
    """,
    rich_markup_mode=None,
)


@app.command()
def run(
    item: ItemPlace,
    reason: Annotated[
        str,
        typer.Option("--reason", metavar="TEXT", help="Why once more.", show_default=False),
    ] = "",
    confirm: CodeWord = None,
    wait: Annotated[
        bool, typer.Option("--wait", help="Return when it ended; 1 if it is not done.")
    ] = False,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> int:
    """Have the step of an item carried out. It goes on, whatever becomes of this terminal.

    At a point of no return it asks for the code word. What was begun before takes a reason.

    \b
    Examples:
      launchpad step run dns-update --wait
      launchpad step run dns-update --reason "the record was locked"
    """
    from launchpad.cli import acting, step_running

    given = acting.Given(log, launch, initials, name, role, answer)
    return step_running.run(given, item, reason, confirm, wait=wait)


@app.command()
def kill(
    step: StepPlace,
    reason: Reason,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """End a step that runs, with all that it started, and only that one.

    What becomes of it is decided next, with launchpad resolve.

    \b
    Examples:
      launchpad step kill dns --reason "it waits for a password"
      launchpad step kill item/dns-update --reason "the wrong zone"
    """
    from launchpad.cli import acting, step_running

    step_running.kill(acting.Given(log, launch, initials, name, role, answer), step, reason)
