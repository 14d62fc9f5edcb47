"""`launchpad verify`: whether a log or an exported file is still what was recorded."""

import os
from pathlib import Path
from typing import Any, Literal

from launchpad.cli.configuration import log_address
from launchpad.cli.output import say, say_json
from launchpad.log.address import log_path
from launchpad.log.verify import Verdict, verify_export, verify_log
from launchpad.session.covering import covered
from launchpad.text.safe import one_line

# The first bytes of every SQLite file (https://sqlite.org/fileformat.html, 1.3).
_SQLITE = b"SQLite format 3\0"


def show(address: str | None, path: Path | None, answer: Literal["text", "json"]) -> int:
    """Say what was found, and return 0 where everything is intact, 1 where something is not."""
    verdicts = _found(address, path)
    intact = all(verdict.intact for verdict in verdicts)
    if answer == "json":
        say_json({"intact": intact, "verdicts": [_values(verdict) for verdict in verdicts]})
    else:
        for verdict in verdicts:
            say(one_line(str(verdict)))
        if not verdicts:
            say("the log holds no launch; there is nothing to verify")
    return 0 if intact else 1


def _found(address: str | None, path: Path | None) -> list[Verdict]:
    if path is not None:
        return verify_export(path) if _is_export(path) else verify_log(path, covered)
    return verify_log(log_path(log_address(address, os.environ, [Path.cwd()]).address), covered)


def _is_export(path: Path) -> bool:
    """Tell an export from a log, or from nothing. A pipe can be read only once: not to ask it."""
    if not path.is_file():
        return path.exists()
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) != _SQLITE


def _values(verdict: Verdict) -> dict[str, Any]:
    return {
        "launch": verdict.launch,
        "events": verdict.events,
        "head": {"seq": verdict.head.seq, "hash": verdict.head.hash},
        "intact": verdict.intact,
        "first_bad": verdict.first_bad,
        "reason": verdict.reason,
        "anchored": verdict.anchored,
        "samples": {
            "digested": verdict.samples.digested,
            "thinned": verdict.samples.thinned,
            "open": verdict.samples.open,
        },
    }
