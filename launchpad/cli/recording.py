"""Commands that record: tick, result, note, undo, sign, revoke, close."""

# Typer's ways: \b keeps the examples' lines in the help, a flag is a boolean parameter, and what a
# command needs is imported when it runs, so that the others do not wait for it.
# ruff: noqa: D301, FBT002, PLC0415

from typing import Annotated, Literal

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
    SlotPlace,
    TextOrJson,
)

Result = Literal["passed", "failed", "not-applicable", "blocked", "in-progress"]
Outcome = Literal["launched", "rolled-back", "scrubbed"]


def tick(
    item: ItemPlace,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Tick an item: it passed.

    \b
    Examples:
      launchpad tick db-dsn --initials AB
      launchpad tick L30
    """
    from launchpad.cli import acting, acts

    given = acting.Given(log, launch, initials, name, role, answer)
    acts.record_result(given, item, "passed", "")


def result(
    item: ItemPlace,
    result: Annotated[Result, typer.Argument(metavar="RESULT", help="What came of it.")],
    reason: Reason = "",
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Give an item an outcome.

    RESULT is passed, failed, not-applicable (with a reason), blocked or in-progress.

    \b
    Examples:
      launchpad result row-level-security failed --reason "6 of 7 tables"
      launchpad result L31 not-applicable --reason "bucket kept until Friday"
    """
    from launchpad.cli import acting, acts

    given = acting.Given(log, launch, initials, name, role, answer)
    acts.record_result(given, item, result, reason)


def note(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The note; - reads it from stdin.")],
    item: Annotated[
        str | None,
        typer.Option("--item", metavar="ITEM", help="The item it is about.", show_default=False),
    ] = None,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Write a note, on an item or on the launch.

    \b
    Examples:
      launchpad note "network team is on the call"
      dig +short example.org | launchpad note - --item dns-update --initials AB
    """
    from launchpad.cli import acting, acts

    given = acting.Given(log, launch, initials, name, role, answer)
    acts.record_note(given, text, item)


def undo(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Take back your own last record, after showing it in full.

    The record stays in the log; another one says that it was taken back. On a terminal it asks
    first; elsewhere it needs --yes.

    \b
    Examples:
      launchpad undo
      launchpad undo --yes --initials AB
    """
    from launchpad.cli import acting, acts

    acts.undo(acting.Given(log, launch, initials, name, role, answer), yes=yes)


def sign(
    slot: SlotPlace,
    meaning: Annotated[
        str | None,
        typer.Option(
            "--meaning",
            metavar="TEXT",
            help="What the signature says. Else what the checklist says it does.",
            show_default=False,
        ),
    ] = None,
    on_behalf_of: Annotated[
        str | None,
        typer.Option(
            "--on-behalf-of",
            metavar="NAME",
            help="Who gave it, by phone for instance.",
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
    """Sign a sign-off, once everything it covers is done.

    On a terminal it asks for your initials, unless --initials gives them.

    \b
    Examples:
      launchpad sign secrets --initials AB
      launchpad sign L28 --on-behalf-of "Carol D" --meaning "approved by phone"
    """
    from launchpad.cli import acting, acts

    given = acting.Given(log, launch, initials, name, role, answer)
    acts.sign(given, slot, meaning, on_behalf_of)


def revoke(
    slot: SlotPlace,
    reason: Reason,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """Take a sign-off back.

    \b
    Example:
      launchpad revoke secrets --reason "token was rotated since"
    """
    from launchpad.cli import acting, acts

    acts.revoke(acting.Given(log, launch, initials, name, role, answer), slot, reason)


def close(
    outcome: Annotated[
        Outcome, typer.Option("--outcome", metavar="OUTCOME", help="How the launch ended.")
    ],
    confirm: CodeWord = None,
    log: Log = None,
    launch: Launch = None,
    initials: Initials = None,
    name: Name = None,
    role: Role = None,
    answer: TextOrJson = "text",
) -> None:
    """End the launch; nothing more can be recorded on it.

    OUTCOME is launched, rolled-back or scrubbed. On a terminal it asks for the code word.

    \b
    Example:
      launchpad close --outcome launched --confirm storefront --initials AB
    """
    from launchpad.cli import acting, acts

    acts.close(acting.Given(log, launch, initials, name, role, answer), outcome, confirm)
