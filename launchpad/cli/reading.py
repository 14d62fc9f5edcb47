"""Commands that only read: status, list, check, convert, schema, export, verify."""

# Typer's ways: \b keeps the examples' lines in the help, a flag is a boolean parameter, and what a
# command needs is imported when it runs, so that the others do not wait for it.
# ruff: noqa: D301, FBT002, PLC0415

from pathlib import Path
from typing import Annotated, Literal

import typer

from launchpad.cli.options import ChecklistPath, Launch, Log, TextOrJson

Format = Literal["md", "jsonl"]


def status(
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on, one line for each event, until it is closed.")
    ] = False,
    log: Log = None,
    launch: Launch = None,
    answer: TextOrJson = "text",
) -> None:
    """Show the state of a launch.

    \b
    Examples:
      launchpad status
      launchpad status --watch
      launchpad status --format json | jq .phases
    """
    from launchpad.cli import status as work

    work.show(log, launch, answer, watch=watch)


def list_(log: Log = None, answer: TextOrJson = "text") -> None:
    """List the launches in the log.

    \b
    Examples:
      launchpad list
      launchpad list --format json | jq -r '.launches[] | select(.state == "open") | .launch'
    """
    from launchpad.cli import listing

    listing.show(log, answer)


def check(
    checklist: ChecklistPath,
    answer: TextOrJson = "text",
) -> None:
    """Read a checklist and show what was understood; no launch is opened.

    \b
    Examples:
      launchpad check launch.md
      launchpad check launch.yaml --format json | jq .counts
    """
    from launchpad.cli import understanding

    understanding.show(checklist, answer)


def convert(
    checklist: Annotated[
        Path,
        typer.Argument(metavar="CHECKLIST.md", help="A checklist in Markdown.", show_default=False),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE.yaml",
            help="The file to write, which must not be there yet. Else stdout.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write a Markdown checklist in the native format, with probes proposed for it.

    It means the same as before, and adds a probe for each environment variable and each health
    address that the document names. Look at every comment that starts with "review:" before you
    launch with it.

    \b
    Examples:
      launchpad convert launch.md -o launch.yaml
      launchpad convert launch.md | grep -A 3 review:
    """
    from launchpad.cli import converting

    converting.write(checklist, output)


def schema() -> None:
    """Print the JSON Schema of the native format, for editors that check what is typed.

    \b
    Example:
      launchpad schema > launchpad.schema.json
    """
    from launchpad.checklist.native.schema import schema as native_schema
    from launchpad.cli.output import say_json

    say_json(native_schema())


def export(
    answer: Annotated[
        Format,
        typer.Option(
            "--format",
            help="md: the checklist filled in, one in YAML written as Markdown, with the log "
            "behind it; jsonl: the log's own bytes.",
        ),
    ] = "md",
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="PATH",
            help="The file to write. Else stdout.",
            show_default=False,
        ),
    ] = None,
    log: Log = None,
    launch: Launch = None,
) -> None:
    """Write a launch out.

    \b
    Examples:
      launchpad export -o launch.done.md
      launchpad export --format jsonl -o launch.jsonl && launchpad verify launch.jsonl
    """
    from launchpad.cli import exporting

    exporting.export(log, launch, answer, output)


def print_(
    answer: Annotated[
        Literal["text", "html"],
        typer.Option("--format", help="text: 80 columns; html: one file for a browser or paper."),
    ] = "text",
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="PATH",
            help="The file to write. Else stdout.",
            show_default=False,
        ),
    ] = None,
    log: Log = None,
    launch: Launch = None,
) -> None:
    """Print the emergency sheet of a launch: all that is needed to go on by hand.

    It holds the rollback with its commands and values, whom to call, and how the launch stands
    now. A secret is on it by its name alone. The same sheet is written beside the log when a
    launch opens, when its poll says go and when its rollback starts.

    \b
    Examples:
      launchpad print | lp
      launchpad print --format html -o sheet.html
    """
    from launchpad.cli import printing

    printing.print_sheet(log, launch, answer, output)


def verify(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PATH]", help="A log or a jsonl export. Else the log.", show_default=False
        ),
    ] = None,
    log: Log = None,
    answer: TextOrJson = "text",
) -> int:
    """Check a log or an exported file, entry by entry. Exit status 1 if anything was altered.

    \b
    Examples:
      launchpad verify
      launchpad verify launch.jsonl
    """
    from launchpad.cli import verdicts

    return verdicts.show(log, path, answer)
