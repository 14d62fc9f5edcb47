"""The options and arguments that commands share."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Log = Annotated[
    str | None,
    typer.Option(
        "--log",
        metavar="ADDRESS",
        help="The log's file. Else LAUNCHPAD_LOG, else the log key of the checklist, else of "
        ".launchpad.toml beside it or here, else your own state folder.",
        show_default=False,
    ),
]
Launch = Annotated[
    str | None,
    typer.Option(
        "--launch",
        metavar="ID",
        help="The launch. Else the newest one to read, the only open one to record.",
        show_default=False,
    ),
]
Initials = Annotated[
    str | None,
    typer.Option(
        "--initials", metavar="AB", help="Who acts. Else LAUNCHPAD_INITIALS.", show_default=False
    ),
]
Name = Annotated[
    str | None,
    typer.Option(
        "--name",
        metavar="NAME",
        help="Their printed name. Else LAUNCHPAD_NAME.",
        show_default=False,
    ),
]
Role = Annotated[
    str | None,
    typer.Option(
        "--role", metavar="ROLE", help="Their role. Else LAUNCHPAD_ROLE.", show_default=False
    ),
]
TextOrJson = Annotated[
    Literal["text", "json"],
    typer.Option("--format", help="Text to read, or one JSON document and nothing else."),
]
ChecklistPath = Annotated[
    Path,
    typer.Argument(
        metavar="CHECKLIST", help="A checklist, in Markdown or YAML.", show_default=False
    ),
]
ItemPlace = Annotated[
    str, typer.Argument(metavar="ITEM", help="An item's id, or L30 for the item on line 30.")
]
SlotPlace = Annotated[
    str, typer.Argument(metavar="SLOT", help="A sign-off's id, or L28 for the one on line 28.")
]
StepPlace = Annotated[
    str,
    typer.Argument(
        metavar="STEP",
        help="A step's id, or L90 for the one on line 90. rollback/ID and item/ID tell apart what "
        "has the same id.",
    ),
]
CodeWord = Annotated[
    str | None,
    typer.Option(
        "--confirm",
        metavar="WORD",
        help="The launch's code word, shown by launchpad status.",
        show_default=False,
    ),
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.", show_default=False)]
NoMouse = Annotated[bool, typer.Option("--no-mouse", help="Leave the mouse to the terminal.")]
ReadOnly = Annotated[bool, typer.Option("--read-only", help="Show everything, record nothing.")]
