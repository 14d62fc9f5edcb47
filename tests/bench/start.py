"""How long starting takes: `python -m tests.bench.start [RUNS]`. Medians of whole processes.

Each figure stands beside its reference, measured in turn with it: a bare interpreter.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 15
SAMPLE = Path(__file__).parents[2] / "checklists" / "storefront-cutover.md"


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Return how long a command takes, from its start to its end."""
    began = time.perf_counter()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main(runs: int) -> int:
    """Print each figure and its ratio to the reference; return the exit status."""
    with tempfile.TemporaryDirectory() as scratch:
        environment = {
            **os.environ,
            "LAUNCHPAD_LOG": str(Path(scratch) / "launch.db"),
            "LAUNCHPAD_INITIALS": "AB",
            "XDG_STATE_HOME": scratch,
        }
        launchpad = [sys.executable, "-m", "launchpad"]
        subprocess.run(
            [*launchpad, "run", str(SAMPLE), "--no-console"],
            check=True,
            env=environment,
            capture_output=True,
        )
        reference = [sys.executable, "-c", "pass"]
        measured = {
            "launchpad --version": [*launchpad, "--version"],
            "launchpad status --format json": [*launchpad, "status", "--format", "json"],
            "launchpad note x": [*launchpad, "note", "x"],
            "launchpad check": [*launchpad, "check", str(SAMPLE)],
        }
        for name, command in measured.items():
            pairs = [
                (seconds(command, environment), seconds(reference, environment))
                for _ in range(runs)
            ]
            own, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
            sys.stdout.write(
                f"{name:<32} {own * 1000:6.1f} ms   python -c pass {bare * 1000:5.1f} ms"
                f"   {own / bare:5.1f}x\n"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
