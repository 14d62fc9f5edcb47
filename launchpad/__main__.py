"""The `launchpad` program: answers --version at once, and leaves the rest to the command line."""

import gc
import sys

from launchpad import __version__


def main() -> int:
    """Run the program on the arguments it was started with, and return its exit status."""
    if sys.argv[1:] == ["--version"]:
        print(f"launchpad {__version__}")  # noqa: T201 - this is what was asked for
        return 0
    # Next to nothing of what a start makes is garbage: looking through it at Python's own pace
    # takes a tenth of a short command.
    gc.set_threshold(20_000, 10, 20)
    try:
        # A script that asks for the version should not wait for a command line to be built.
        from launchpad.cli.app import run  # noqa: PLC0415 - see above

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
