"""Commands about the way back: rollback start, pause, resume, abandon; resolve and confirm."""

# Typer's ways: \b keeps the examples' lines in the help, a flag is a boolean parameter, and what a
# command needs is imported when it runs, so that the others do not wait for it.
# ruff: noqa: D301, FBT002, PLC0415

from typing import Annotated, Literal

import typer

from launchpad.cli.options import (
    CodeWord,
    Initials,
    Launch,
    Log,
    Name,
    Reason,
    Role,
    StepPlace,
    TextOrJson,
)

Resolution = Literal["done", "skip", "retry"]
AsLeft = Annotated[
    list[str] | None,
    typer.Option(
        "--as-left",
        metavar="STEP=TEXT",
        help="How a step was left: done, not done, partly …, unknown. Once for each step.",
        show_default=False,
    ),
]

app = typer.Typer(
    help="""Start, pause, resume or abandon the rollback.

    \b
    Examples:
      launchpad rollback start --reason "health answers 503"
      launchpad rollback pause --reason "the vendor is on the phone"
    """,
    rich_markup_mode=None,
)


@app.command()
def start(
    reason: Reason,
    confirm: CodeWord = None,
    first: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="STEP",
            help="The step to begin at. Else the first.",
            show_default=False,
        ),
    ] = None,
    wait: Annotated[
        bool, typer.Option("--wait", help="Return when it ended; 1 if it was not completed.")
    ] = False,
    past_no_return: Annotated[
        bool,
        typer.Option(
            "--past-no-return",
            help="Although the point of no return was passed; the reason says why.",
        ),
    ] = False,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> int:
    """Begin the rollback. It goes on by itself, whatever becomes of this terminal.

    On a terminal it shows the steps and asks for the code word. With --wait each step is told on
    stderr.

    \b
    Examples:
      launchpad rollback start --reason "health answers 503"
      launchpad rollback start --reason "health answers 503" --confirm storefront --wait
      launchpad rollback start --reason "second try" --from cron
    """
    from launchpad.cli import acting, rollback

    given = acting.Given(log, launch, initials, name, role, answer)
    return rollback.start(given, reason, confirm, first, wait=wait, past_no_return=past_no_return)


@app.command()
def pause(
    reason: Reason,
    as_left: AsLeft = None,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Let no further step start. What runs goes on.

    Whoever takes it up sees who paused it, why, and how each step was left: as it is recorded,
    where you do not say more.

    \b
    Examples:
      launchpad rollback pause --reason "the vendor is on the phone"
      launchpad rollback pause --reason "my shift ends" --as-left "dns=partly: 2 of 3 zones"
    """
    from launchpad.cli import acting, rollback

    given = acting.Given(log, launch, initials, name, role, answer)
    rollback.pause(given, reason, as_left or [])


@app.command()
def resume(
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Let steps start again, after a pause or a time in which nobody observed.

    \b
    Example:
      launchpad rollback resume
    """
    from launchpad.cli import acting, rollback

    given = acting.Given(log, launch, initials, name, role, answer)
    rollback.resume(given)


@app.command()
def abandon(
    reason: Reason,
    confirm: CodeWord = None,
    as_left: AsLeft = None,
    kill: Annotated[bool, typer.Option("--kill", help="End what runs.")] = False,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Give the rollback up; people go on by hand.

    On a terminal it asks how each step was left, and for the code word.

    \b
    Examples:
      launchpad rollback abandon --reason "rolling forward instead"
      launchpad rollback abandon --reason "by hand" --confirm storefront --as-left dns=done --kill
    """
    from launchpad.cli import acting, rollback

    given = acting.Given(log, launch, initials, name, role, answer)
    rollback.abandon(given, reason, confirm, as_left or [], kill=kill)


def resolve(
    step: StepPlace,
    resolution: Annotated[
        Resolution, typer.Option("--as", metavar="DECISION", help="done, skip or retry.")
    ],
    reason: Reason,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Decide about a step that failed, timed out or is indeterminate.

    done: it has had its effect; skip: go on without it; retry: run it again.

    \b
    Example:
      launchpad resolve dns --as done --reason "the record is back, seen with dig"
    """
    from launchpad.cli import acting, rollback

    given = acting.Given(log, launch, initials, name, role, answer)
    rollback.resolve(given, step, resolution, reason)


def confirm(
    step: StepPlace,
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help="What was done.", show_default=False)
    ] = "",
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Say that a manual step is done.

    \b
    Example:
      launchpad confirm tell --note "posted in the status channel"
    """
    from launchpad.cli import acting, rollback

    given = acting.Given(log, launch, initials, name, role, answer)
    rollback.confirm(given, step, note)
