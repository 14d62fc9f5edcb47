"""A step runner in small: runs one command with its output in a file, and says how it ended.

    python runner.py REQUEST

REQUEST: JSON with argv, cwd, env, output and more of `run_to_file`'s arguments; "linger": whether
to go on draining. Standard input is what stops it. Prints one line of JSON with the result, and
what it cost: the most memory this process had, in kB.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from launchpad.process.signals import clear_signals
from launchpad.process.start import Command, StartError
from launchpad.process.to_file import Filed, run_to_file
from launchpad.text.redaction import Redactor


def say(filed: Filed) -> None:
    """Print a result."""
    # Not ru_maxrss (getrusage(2)): that begins with what the parent had when it forked.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak_kb = int(status.partition("VmHWM:")[2].split()[0])
    said = {**filed.ended._asdict(), "total": filed.output.total, "failure": filed.failure}
    print(json.dumps({**said, "peak_kb": peak_kb}), flush=True)  # noqa: T201 - what it is for


def main(request: dict[str, Any]) -> None:
    """Do what a request asks."""
    clear_signals()
    command = Command(request.pop("argv"), request.pop("cwd"), request.pop("env"))
    redactor = Redactor(request.pop("secrets", {}))
    linger = request.pop("linger", False)
    if "deadline_s" in request:
        request["ends_at_s"] = time.monotonic() + request.pop("deadline_s")
    try:
        filed = run_to_file(
            command, redactor=redactor, stop=0, on_ended=say if linger else None, **request
        )
    except StartError as error:
        sys.exit(str(error))
    if not linger:
        say(filed)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
