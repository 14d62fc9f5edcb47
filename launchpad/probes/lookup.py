"""Looking one variable up, in a process of its own: see `looking_up`.

It is asked by one JSON object on standard input, where no other user can read the values in it, and
answers by one on standard output.
"""

import json
import os
import re
import stat
import sys
from typing import Any, Final

from launchpad.probes.env_file import variables

_PART: Final = 64 * 1024


def main() -> None:
    """Answer the one question on standard input."""
    asked = json.load(sys.stdin)
    try:
        answer = _answer(asked)
    except OSError as error:
        answer = {"unreadable": error.strerror or str(error)}
    json.dump(answer, sys.stdout)


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    value = asked.get("value")
    if "path" in asked:
        content = _content(asked["path"], asked["largest"])
        value = variables(content.decode("utf-8", "surrogateescape")).get(asked["name"])
    pattern = asked["matches"]
    matched = value is None or pattern is None or re.search(pattern, value) is not None
    return {"value": value, "matched": matched}


def _content(path: str, largest: int) -> bytes:
    # Without O_NONBLOCK, opening a pipe waits for whoever writes into it.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("it is not a regular file")
        content = bytearray()
        while part := os.read(descriptor, _PART):
            content += part
            if len(content) > largest:
                raise OSError(f"it has more than {largest} bytes")
        return bytes(content)
    finally:
        os.close(descriptor)
