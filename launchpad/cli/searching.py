"""Looking for a pattern that somebody else wrote, for as long as that may take."""

import json
import subprocess
import sys

# A pattern that backtracks can take longer than the universe has, and holds every thread of its
# process while it does.
_SECONDS = 2
_FOUND, _NOT_FOUND = 0, 3
_CODE = (
    "import json, re, sys; pattern, text = json.load(sys.stdin);"
    f" sys.exit({_FOUND} if re.search(pattern, text) else {_NOT_FOUND})"
)


def found(pattern: str, text: str) -> bool | None:
    """Say whether `re.search` finds a pattern in a text; None where that takes too much."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-W", "ignore", "-c", _CODE],
            check=False,
            input=json.dumps([pattern, text]).encode(),
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return None
    return {_FOUND: True, _NOT_FOUND: False}.get(done.returncode)
