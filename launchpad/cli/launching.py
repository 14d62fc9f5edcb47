"""Commands that open a launch or a console: run, attach, and launchpad alone."""

# Typer's ways: \b keeps the examples' lines in the help, a flag is a boolean parameter, and what a
# command needs is imported when it runs, so that the others do not wait for it.
# ruff: noqa: D301, FBT002, PLC0415

from pathlib import Path
from typing import Annotated

import typer

from launchpad.cli.options import Initials, Launch, Log, Name, NoMouse, ReadOnly, Role


def run(
    checklist: Annotated[
        Path, typer.Argument(metavar="CHECKLIST", help="A Markdown checklist.", show_default=False)
    ],
    rehearse: Annotated[bool, typer.Option("--rehearse", help="Open a rehearsal.")] = False,
    accept_ticked: Annotated[
        bool, typer.Option("--accept-ticked", help="Boxes that come ticked have passed.")
    ] = False,
    another: Annotated[
        bool, typer.Option("--another", help="Open one although this checklist is open already.")
    ] = False,
    no_console: Annotated[
        bool, typer.Option("--no-console", help="Print the launch's id and return.")
    ] = False,
    read_only: ReadOnly = False,
    no_mouse: NoMouse = False,
    log: Log = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
) -> int:
    """Open a launch of a checklist, and its console.

    Where this checklist is open already, it offers to attach. The line that colleagues need to
    take part is printed to stderr.

    \b
    Examples:
      launchpad run launch.md
      launchpad run launch.md --rehearse --initials AB
      launchpad run launch.md --no-console --initials AB --log /srv/launches/launch.db
    """
    from launchpad.cli import run as work

    wish = work.Wish(
        checklist=checklist,
        mode="rehearsal" if rehearse else "live",
        accept_ticked=accept_ticked,
        another=another,
        console=not no_console,
        read_only=read_only,
        mouse=not no_mouse,
    )
    return work.run(wish, log, initials, name, role)


def attach(
    read_only: ReadOnly = False,
    no_mouse: NoMouse = False,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
) -> int:
    """Open the console on a launch that is under way.

    \b
    Examples:
      launchpad attach
      launchpad attach --log /srv/launches/launch.db --launch storefront-20261121-x2ab
    """
    from launchpad.cli import consoles

    return consoles.attach(
        log, launch, initials, name, role, read_only=read_only, mouse=not no_mouse
    )
