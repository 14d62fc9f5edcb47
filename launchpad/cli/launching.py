"""Commands around a launch's processes: trust, run, attach, conductor."""

# Typer's ways: \b keeps the examples' lines in the help, a flag is a boolean parameter, and what a
# command needs is imported when it runs, so that the others do not wait for it.
# ruff: noqa: D301, FBT002, PLC0415

from pathlib import Path
from typing import Annotated

import typer

from launchpad.cli.options import (
    ChecklistPath,
    Initials,
    Launch,
    Log,
    Name,
    NoMouse,
    ReadOnly,
    Role,
)


def trust(
    checklist: ChecklistPath,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> int:
    """Show every command a checklist would run, as whom and where, and trust exactly these bytes.

    Nothing of a checklist runs before the account that runs it has trusted it; whatever changes,
    in the file or in a script that it names, ends that. On a terminal it asks; elsewhere it needs
    --yes. Exit status 4 if it is not trusted.

    \b
    Examples:
      launchpad trust launch.yaml
      launchpad trust launch.yaml --yes
    """
    from launchpad.cli import trusting

    return trusting.show(checklist, yes=yes)


def run(
    checklist: ChecklistPath,
    var: Annotated[
        list[str] | None,
        typer.Option(
            "--var",
            metavar="NAME=VALUE",
            help="The value of a variable of the checklist. Once for each.",
            show_default=False,
        ),
    ] = None,
    t0: Annotated[
        str | None,
        typer.Option(
            "--t0", metavar="TIME", help="When T-0 is; launchpad t0 says how.", show_default=False
        ),
    ] = None,
    rehearse: Annotated[bool, typer.Option("--rehearse", help="Open a rehearsal.")] = False,
    accept_ticked: Annotated[
        bool, typer.Option("--accept-ticked", help="Boxes that come ticked have passed.")
    ] = False,
    another: Annotated[
        bool, typer.Option("--another", help="Open one although this checklist is open already.")
    ] = False,
    trust: Annotated[
        bool, typer.Option("--trust", help="Trust the checklist's commands, unseen.")
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
    take part is printed to stderr. A checklist with commands that you have not trusted is shown
    first, as by launchpad trust; without a terminal that is exit status 4.

    \b
    Examples:
      launchpad run launch.md
      launchpad run launch.yaml --var base-url=https://api.example.com
      launchpad run launch.yaml --t0 "02:30 Europe/Berlin"
      launchpad run launch.md --rehearse --initials AB
      launchpad run launch.md --no-console --initials AB --log /srv/launches/launch.db
    """
    from launchpad.cli import run as work

    wish = work.Wish(
        checklist=checklist,
        mode="rehearsal" if rehearse else "live",
        accept_ticked=accept_ticked,
        another=another,
        values=tuple(var or ()),
        t0=t0,
        trust=trust,
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


def conductor(
    stand_by: Annotated[
        bool, typer.Option("--stand-by", help="Wait while another conducts it, and then do.")
    ] = False,
    move: Annotated[
        bool, typer.Option("--move", help="Record that it is conducted from here from now on.")
    ] = False,
    directory: Annotated[
        Path | None,
        typer.Option(
            "--directory",
            metavar="FOLDER",
            help="With --move: where its commands run. Else the working directory.",
            show_default=False,
        ),
    ] = None,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="TEXT", help="With --move: why.", show_default=False),
    ] = None,
    install_unit: Annotated[
        bool,
        typer.Option("--install-unit", help="Write a systemd unit for it, and say what to type."),
    ] = False,
    system: Annotated[
        bool,
        typer.Option("--system", help="With --install-unit: the system's unit, not your own."),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="With --install-unit: in place of a different one.")
    ] = False,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
) -> int:
    """Conduct a launch: observe it and carry out its rollback, until it is closed.

    A launch has one conductor, which run starts and consoles start again; by hand it is started
    where the launch belongs and nobody has a console. It needs no terminal, ends with the launch,
    and at once where another conducts it. Elsewhere than where the launch belongs it is refused:
    --move records who moved it, and why. A unit of systemd lets it outlive logout and reboot.

    \b
    Examples:
      launchpad conductor --log /srv/launches/launch.db --launch storefront-20261121-x2ab
      launchpad conductor --install-unit
      launchpad conductor --move --reason "bastion1 is gone" --initials AB
    """
    from launchpad.cli.misused import Misused

    if move and install_unit:
        raise Misused("--move and --install-unit are two commands; --move comes first")
    if not move and (directory or reason is not None):
        raise Misused("--directory and --reason say something about --move")
    if not install_unit and (system or force):
        raise Misused("--system and --force say something about --install-unit")
    if move:
        from launchpad.cli import moving

        if reason is None:
            raise Misused("--move needs --reason TEXT")
        return moving.move(log, launch, directory or Path.cwd(), reason, initials, name, role)
    if install_unit:
        from launchpad.cli import installing

        return installing.install(log, launch, system=system, force=force)
    from launchpad.cli import conducting

    return conducting.conduct(log, launch, stand_by=stand_by)
