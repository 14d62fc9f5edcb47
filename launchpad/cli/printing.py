"""`launchpad print`: the emergency sheet of a launch as it stands now."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from launchpad.cli.output import narrate, say, say_bytes
from launchpad.cli.reaching import launch_to_read, log_at
from launchpad.export.sheet import sheet
from launchpad.export.sheet_html import html_sheet
from launchpad.export.sheet_lines import Sheet
from launchpad.export.sheet_text import text_sheet
from launchpad.export.whole import write_whole
from launchpad.session.clock import now
from launchpad.session.history import earlier
from launchpad.text.safe import one_line


def print_sheet(
    address: str | None, launch: str | None, answer: Literal["text", "html"], output: Path | None
) -> None:
    """Print the sheet of a launch; output None is stdout. Raises OSError and LogError."""
    with log_at(address) as log:
        state = launch_to_read(log, launch).state
        found = sheet(state, log.address, now(), earlier(log, state).rollback)
    if output is not None:
        write_whole(output, _bytes(found, answer))
        narrate(f"{one_line(str(output))}: {state.launch} as of event {state.head.seq}")
    elif answer == "html":
        say_bytes(_bytes(found, answer))
    else:
        for line in text_sheet(found, plain=not _unicode()):
            say(line)


def _bytes(found: Sheet, answer: Literal["text", "html"]) -> Iterator[bytes]:
    if answer == "html":
        yield html_sheet(found).encode()
    else:
        for line in text_sheet(found):
            yield f"{line}\n".encode()


def _unicode() -> bool:
    """Say whether stdout takes every character."""
    encoding = (sys.stdout.encoding or "") if sys.stdout else ""
    return encoding.lower().replace("-", "") == "utf8"
