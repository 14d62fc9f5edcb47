"""The command that looks at this machine: doctor."""

# Typer's ways: \b keeps the examples' lines in the help, and what a command needs is imported when
# it runs, so that the others do not wait for it.
# ruff: noqa: D301, PLC0415

from pathlib import Path
from typing import Annotated

import typer

from launchpad.cli.options import Log, TextOrJson


def doctor(
    checklist: Annotated[
        Path | None,
        typer.Option(
            "--checklist",
            metavar="PATH",
            help="Look at what its commands need, too.",
            show_default=False,
        ),
    ] = None,
    log: Log = None,
    answer: TextOrJson = "text",
) -> int:
    """Say whether this machine, its terminal and the log are fit for a launch.

    Each line is ok, warn or fail, with what to do. Exit status 1 if one is fail. Nothing is
    written into a launch.

    \b
    Examples:
      launchpad doctor
      launchpad doctor --log /srv/launches/launch.db
      launchpad doctor --checklist launch.yaml
    """
    from launchpad.cli import diagnosis

    return diagnosis.show(log, answer, checklist)
