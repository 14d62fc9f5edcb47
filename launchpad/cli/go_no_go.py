"""Commands of the go/no-go poll: poll open, close; vote."""

# Typer's ways: \b keeps the examples' lines in the help, and what a command needs is imported when
# it runs, so that the others do not wait for it.
# ruff: noqa: D301, PLC0415

from typing import Annotated, Literal

import typer

from launchpad.cli.options import Initials, Launch, Log, Name, Role, TextOrJson

app = typer.Typer(
    help="""Open the go/no-go poll, or close it with a decision.

    \b
    Examples:
      launchpad poll open
      launchpad poll close --outcome go
    """,
    rich_markup_mode=None,
)


@app.command("open")
def open_(
    phase: Annotated[
        str | None,
        typer.Option(
            "--phase",
            metavar="ID",
            help="The phase it is for. Else the next one with a poll, else T-0.",
            show_default=False,
        ),
    ] = None,
    closes_in: Annotated[
        str | None,
        typer.Option(
            "--closes-in",
            metavar="DURATION",
            help="How long votes are taken. Else as the checklist says, else without end.",
            show_default=False,
        ),
    ] = None,
    valid_for: Annotated[
        str | None,
        typer.Option(
            "--valid-for",
            metavar="DURATION",
            help="How long a Go holds. Else as the checklist says, else without end.",
            show_default=False,
        ),
    ] = None,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Ask the roles for go or no-go. Where a crew is named, its lead does.

    \b
    Examples:
      launchpad poll open
      launchpad poll open --phase cutover --closes-in 5m --valid-for 15m
    """
    from launchpad.cli import acting, polling

    given = acting.Given(log, launch, initials, name, role, answer)
    polling.open_poll(given, phase, closes_in, valid_for)


@app.command()
def close(
    outcome: Annotated[
        Literal["go", "no-go"],
        typer.Option("--outcome", metavar="OUTCOME", help="go or no-go.", show_default=False),
    ],
    reason: Annotated[
        str,
        typer.Option(
            "--reason",
            metavar="TEXT",
            help="Why it is go although something speaks against it, or why no-go.",
            show_default=False,
        ),
    ] = "",
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Decide the poll. What speaks against a go is named, and needs a reason.

    A no-go rolls nothing back and stops nothing.

    \b
    Examples:
      launchpad poll close --outcome go
      launchpad poll close --outcome go --reason "network agreed on the phone"
      launchpad poll close --outcome no-go --reason "the vendor is down"
    """
    from launchpad.cli import acting, polling

    given = acting.Given(log, launch, initials, name, role, answer)
    polling.close_poll(given, outcome, reason)


def vote(
    choice: Annotated[
        Literal["go", "no-go", "maybe"],
        typer.Argument(metavar="VOTE", help="go, no-go or maybe.", show_default=False),
    ],
    comment: Annotated[
        str, typer.Option("--comment", metavar="TEXT", help="Why.", show_default=False)
    ] = "",
    as_role: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="ROLE",
            help="The role to vote for, by id or title, where you hold several.",
            show_default=False,
        ),
    ] = None,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Vote in the open poll for the role you hold. A new vote replaces the role's earlier one.

    \b
    Examples:
      launchpad vote go
      launchpad vote no-go --comment "replication lags by 40s" --as dba
    """
    from launchpad.cli import acting, polling

    given = acting.Given(log, launch, initials, name, role, answer)
    polling.vote(given, choice, comment, as_role)
