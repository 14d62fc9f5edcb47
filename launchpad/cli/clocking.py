"""Commands about the launch's clock: t0, hold, resume, recycle, scrub, acknowledge."""

# Typer's ways: \b keeps the examples' lines in the help, and what a command needs is imported when
# it runs, so that the others do not wait for it.
# ruff: noqa: D301, PLC0415

from typing import Annotated, Literal

import typer

from launchpad.cli.options import Initials, Launch, Log, Name, Reason, Role, TextOrJson


def t0(
    time: Annotated[
        str | None,
        typer.Argument(metavar="[TIME]", help="When T-0 is, with its zone.", show_default=False),
    ] = None,
    keep: Annotated[
        Literal["hour", "remainder"] | None,
        typer.Option(
            "--keep",
            help="After the wall clock was set: T-0 keeps its hour, or what was left until it.",
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
    """Give T-0 a time, or another one.

    TIME is a time with its zone, with a date or the next such hour, or a time from now. It is
    read back as local time, UTC and what is left.

    \b
    Examples:
      launchpad t0 2026-11-22T02:30+01:00
      launchpad t0 "02:30 Europe/Berlin"
      launchpad t0 "in 1h30m"
      launchpad t0 --keep remainder
    """
    from launchpad.cli import acting, clock

    given = acting.Given(log, launch, initials, name, role, answer)
    clock.set_t0(given, time, keep)


def hold(
    reason: Reason,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Hold the clock: T- stands until somebody resumes it, L- goes on.

    \b
    Example:
      launchpad hold --reason "the vendor is late"
    """
    from launchpad.cli import acting, clock

    given = acting.Given(log, launch, initials, name, role, answer)
    clock.hold(given, reason)


def resume(
    reason: Reason = "",
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Let T- run again. A built-in hold that nobody called is left at once, with a reason.

    \b
    Examples:
      launchpad resume
      launchpad resume --reason "the gate is ready early"
    """
    from launchpad.cli import acting, clock

    given = acting.Given(log, launch, initials, name, role, answer)
    clock.resume(given, reason)


def recycle(
    time: Annotated[
        str, typer.Argument(metavar="TIME", help="A time of the launch, such as T-20m.")
    ],
    reason: Reason,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Set T- back to an earlier time of the launch, and hold there. A poll's GO is void then.

    \b
    Example:
      launchpad recycle T-20m --reason "the replica was restarted"
    """
    from launchpad.cli import acting, clock

    given = acting.Given(log, launch, initials, name, role, answer)
    clock.recycle(given, time, reason)


def scrub(
    reason: Reason,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Say that there is no launch today. What runs goes on, and the launch is closed next.

    \b
    Example:
      launchpad scrub --reason "the window is too short by now"
    """
    from launchpad.cli import acting, clock

    given = acting.Given(log, launch, initials, name, role, answer)
    clock.scrub(given, reason)


def acknowledge(
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Say that you have seen that nobody observed for a while: steps and triggers act again.

    \b
    Example:
      launchpad acknowledge
    """
    from launchpad.cli import acting, clock

    given = acting.Given(log, launch, initials, name, role, answer)
    clock.acknowledge(given)
