"""The colours of a probe's states where a command draws on a terminal: Rich's names."""

from collections.abc import Mapping
from typing import Final

from launchpad.probes.result import State

STYLES: Final[Mapping[State, str]] = {
    "success": "green",
    "failed": "bold red",
    "error": "bold red",
    "inconclusive": "yellow",
    "skipped": "dim",
}
