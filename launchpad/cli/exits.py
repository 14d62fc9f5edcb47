"""From an error to one line on stderr and an exit status. Nobody is shown a traceback."""

import os
import sys
import traceback
from pathlib import Path

import typer

from launchpad.cli.misused import Misused
from launchpad.cli.output import OutputClosed, abandon, narrate

REFUSED = 1
USAGE = 2
LOG = 3
NOT_TRUSTED = 4
INTERRUPTED = 130
# What a shell reports for a program that SIGPIPE ended.
READER_GONE = 141
# EX_SOFTWARE of sysexits.h: neither yes nor no, and nothing the user did.
FAULT = 70


def report(error: BaseException) -> int:
    """Tell a person what went wrong, and return the exit status that tells a script."""
    status, message = _meaning(error)
    if message is not None:
        narrate(f"launchpad: {message}")
    abandon()
    return status


def _meaning(error: BaseException) -> tuple[int, str | None]:
    meaning: tuple[int, str | None]
    # Imported only when something went wrong: whoever raised them has paid for them already.
    from launchpad.checklist.errors import ChecklistError  # noqa: PLC0415 - see above
    from launchpad.launch.refused import Refused  # noqa: PLC0415 - see above
    from launchpad.log.errors import AddressRefused, LogError  # noqa: PLC0415 - see above
    from launchpad.session.launches import NoSuchChoice  # noqa: PLC0415 - see above
    from launchpad.steps.trust import Distrusted, NotTrusted  # noqa: PLC0415 - see above

    match error:
        case OutputClosed():
            meaning = READER_GONE, None
        case KeyboardInterrupt() | typer.Abort():
            meaning = INTERRUPTED, None
        case Refused():
            meaning = REFUSED, str(error)
        case Misused() | NoSuchChoice() | ChecklistError() | AddressRefused():
            meaning = USAGE, str(error)
        case LogError():
            meaning = LOG, str(error)
        case NotTrusted() | Distrusted():
            meaning = NOT_TRUSTED, str(error)
        case OSError():
            meaning = USAGE, _in_one_line(error)
        case typer.TyperException():
            meaning = USAGE, _grammar(error)
        case _:
            meaning = FAULT, _last_resort(error)
    return meaning


def _in_one_line(error: OSError) -> str:
    where = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
    return f"{where}{error.strerror or type(error).__name__}"


def _grammar(error: BaseException) -> str:
    """Say what the command line's grammar missed, and where its help is."""
    said = " ".join(str(getattr(error, "format_message", error.__str__)()).split()).rstrip(".")
    context = getattr(error, "ctx", None)
    helpful = f"{context.command_path} --help" if context else "launchpad --help"
    return f"{said[:1].lower()}{said[1:]} ({helpful} shows what it takes)"


def _last_resort(error: BaseException) -> str:
    if os.environ.get("LAUNCHPAD_DEBUG") == "1":
        traceback.print_exception(error, file=sys.stderr)
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return (
        f"a fault of this program: {type(error).__name__}{where}; "
        "LAUNCHPAD_DEBUG=1 shows its traceback"
    )
