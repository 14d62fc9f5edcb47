"""Run every check of the project: `python -m tests`. Arguments go to pytest.

The order is from cheap to dear; all of them run, and the exit status is 1 if any failed.
"""

import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Beside the interpreter: the programs of the environment that these tests run in.
PROGRAMS = Path(sys.executable).parent
CHECKS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("imports", ["lint-imports", "--no-logo"]),
    # More of them than there are cores: most wait for processes most of the time.
    ("tests", ["pytest", "-n", "3", "--dist", "worksteal"]),
)


def main(arguments: list[str]) -> int:
    """Run the checks; return the exit status."""
    # A shell's background jobs inherit that Ctrl-C is ignored, and so would every program here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    failed = []
    for name, (program, *words) in CHECKS:
        sys.stdout.write(f"== {name}\n")
        sys.stdout.flush()
        extra = arguments if name == "tests" else []
        command = [str(PROGRAMS / program), *words, *extra]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
    sys.stdout.write(f"failed: {', '.join(failed)}\n" if failed else "all checks passed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
