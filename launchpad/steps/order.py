"""What a step runner is told: one line of JSON, which no file and no command line ever holds.

Only the standard library: the runner reads it, and has to start in milliseconds.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

GRACE_MS: Final = 5_000
PATIENCE_MS: Final = 60_000

# What `ps` shows of a runner that waits for orders, with room for the name of a run.
WAITING: Final = f"{'waits for orders':<200}"


class StepRun(NamedTuple):
    """Which run of which step in which attempt of a launch's rollback; attempt and run from 1."""

    launch: str
    step: str
    attempt: int
    run: int


class Order(NamedTuple):
    """A command to carry out once.

    folder: the claim's, absolute (see `folder`). argv, cwd, env: as in `process.start.Command`.
    secrets: from a name to the value that is taken out of all the command prints. scripts: from the
    path of a file that was trusted to the SHA-256 of its bytes, in hexadecimal; where one is
    another by now, nothing is run. kill_after_ms: None for never. grace_ms: from asking the command
    to end to killing it. patience_ms: for how long a result is tried again that the disk does not
    take.
    """

    step_run: StepRun
    folder: str
    argv: Sequence[str]
    cwd: str
    env: Mapping[str, str]
    secrets: Mapping[str, str] = {}
    scripts: Mapping[str, str] = {}
    kill_after_ms: int | None = None
    grace_ms: int = GRACE_MS
    patience_ms: int = PATIENCE_MS

    def __repr__(self) -> str:
        """Say which step it is for, and none of the values."""
        return f"Order({self.step_run})"


def written(order: Order, boot_id: str) -> bytes:
    """Return the line for a runner. boot_id: of the boot that its claim is to name."""
    said = {**order._asdict(), "argv": list(order.argv), "env": dict(order.env)}
    said |= {"secrets": dict(order.secrets), "scripts": dict(order.scripts)}
    return json.dumps({"order": said, "boot_id": boot_id}).encode() + b"\n"


def read(line: bytes) -> tuple[Order, str] | None:
    """Return the order and the boot id that a line says; None for half a line, or none."""
    if not line.endswith(b"\n"):
        return None
    said: dict[str, Any] = json.loads(line)
    order = Order(**said["order"])
    return order._replace(step_run=StepRun(*order.step_run)), said["boot_id"]
