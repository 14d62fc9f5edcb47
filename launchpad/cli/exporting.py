"""`launchpad export`: a launch written out, to stdout or whole into a file."""

from pathlib import Path

from launchpad.cli.output import narrate, say_bytes
from launchpad.cli.reaching import launch_to_read, log_at
from launchpad.export.formats import FORMATS
from launchpad.export.whole import write_whole
from launchpad.text.safe import one_line


def export(address: str | None, launch: str | None, format_: str, output: Path | None) -> None:
    """Write a launch in one of the FORMATS; output None is stdout. Raises OSError."""
    with log_at(address) as log:
        live = launch_to_read(log, launch)
        head = live.state.head.seq
        events = (event for event in log.events(live.launch) if event.seq <= head)
        exported = FORMATS[format_](live.state, events)
        if output is None:
            say_bytes(exported)
            return
        write_whole(output, exported)
    narrate(f"{one_line(str(output))}: {one_line(live.launch)} up to event {head}")
