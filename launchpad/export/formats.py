"""The formats a launch is written out in: one file each, one row here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from launchpad.export.jsonlines import json_lines
from launchpad.export.markdown import markdown
from launchpad.launch.event import Event
from launchpad.launch.state import LaunchState

# Given a launch's state and every event that made it, in order, yields the file's bytes.
Exporter: TypeAlias = Callable[[LaunchState, Iterable[Event]], Iterator[bytes]]

FORMATS: Mapping[str, Exporter] = {
    "md": markdown,
    "jsonl": json_lines,
}
