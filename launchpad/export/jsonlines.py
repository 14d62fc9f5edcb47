"""JSON Lines: the bytes that were hashed, one event a line, and where the log stood at the end."""

from collections.abc import Iterable, Iterator

from launchpad.launch.event import Event
from launchpad.launch.state import LaunchState
from launchpad.log.chain import head_line, line


def json_lines(state: LaunchState, events: Iterable[Event]) -> Iterator[bytes]:
    """Yield each event as its line (`log.chain`), then the head line; each ends with a newline."""
    for event in events:
        yield line(event) + b"\n"
    yield head_line(state.launch, state.head) + b"\n"
