"""The keeper: the small process that one captured command belongs to.

Only a process of the command's own can tell what the command left behind from all else that the
conductor started, and it ends all of that when the conductor dies. It runs with the standard
library only, and is asked by one line of JSON on standard input, where no other user can read the
secrets in it, and answers by one on standard output. When standard input ends, it ends the command.
Bytes go as Latin-1.
"""

import json
import sys
from typing import Any, NamedTuple

from launchpad.process.capture import Capture, Captured
from launchpad.process.signals import clear_signals
from launchpad.process.start import Command, StartError
from launchpad.process.supervise import Limits, supervise
from launchpad.text.redaction import Redactor


class Finished(NamedTuple):
    """How a captured command ended (see `supervise.Ended`), and what it wrote."""

    exit_status: int | None
    signal: int | None
    timed_out: bool
    duration_s: float
    survivors: tuple[int, ...]
    stdout: Captured
    stderr: Captured


def request(command: Command, limits: Limits, cap: int, redactor: Redactor) -> bytes:
    """Return the line that asks a keeper to run a command."""
    stdin = None if command.stdin is None else command.stdin.decode("latin-1")
    asked = {
        "command": [list(command.argv), command.cwd, dict(command.env), stdin],
        "limits": limits,
        "cap": cap,
        "secrets": {name: value.decode("latin-1") for name, value in redactor.secrets.items()},
    }
    return json.dumps(asked).encode() + b"\n"


def finished(answer: bytes) -> Finished:
    """Return what a keeper's answer says. Raises StartError, and ValueError for no answer."""
    said: dict[str, Any] = json.loads(answer)
    if "not_started" in said:
        raise StartError(*said["not_started"])
    exit_status, number, timed_out, duration_s, survivors = said["ended"]
    stdout, stderr = (_read_captured(*said[name]) for name in ("stdout", "stderr"))
    return Finished(exit_status, number, timed_out, duration_s, tuple(survivors), stdout, stderr)


def main() -> None:
    """Answer the one request on standard input."""
    clear_signals()  # it is ended by its standard input
    line = sys.stdin.buffer.readline()
    if not line.endswith(b"\n"):
        return  # whoever asked died, or thought better of it
    sys.stdout.write(json.dumps(_answer(json.loads(line))))


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    argv, cwd, env, stdin = asked["command"]
    content = None if stdin is None else stdin.encode("latin-1")
    redactor = Redactor({name: value.encode("latin-1") for name, value in asked["secrets"].items()})
    stdout, stderr = _Kept(asked["cap"]), _Kept(asked["cap"])
    try:
        ended = supervise(
            Command(argv, cwd, env, content),
            Limits(*asked["limits"]),
            [stdout, stderr],
            redactor=redactor,
            stop=sys.stdin.fileno(),
        )
    except StartError as error:
        return {"not_started": [error.cause, error.subject, error.reason]}
    exit_status, number, timed_out, _, duration_s, survivors, _ = ended
    return {
        "ended": [exit_status, number, timed_out, duration_s, survivors],
        "stdout": _written_captured(stdout.captured()),
        "stderr": _written_captured(stderr.captured()),
    }


class _Kept(Capture):
    def settle(self) -> None:
        """Put nothing off."""


def _written_captured(captured: Captured) -> list[Any]:
    return [captured.head.decode("latin-1"), captured.tail.decode("latin-1"), captured.total]


def _read_captured(head: str, tail: str, total: int) -> Captured:
    return Captured(head.encode("latin-1"), tail.encode("latin-1"), total)
