"""Looking one variable up, in a process of its own: see `looking_up`.

It is asked by one JSON object on standard input, where no other user can read the values in it, and
answers by one on standard output.
"""

import json
import re
import sys
from typing import Any

from launchpad.probes.env_file import variables
from launchpad.probes.file_content import content, why


def main() -> None:
    """Answer the one question on standard input."""
    asked = json.load(sys.stdin)
    try:
        answer = _answer(asked)
    except OSError as error:
        answer = {"unreadable": why(error)}
    json.dump(answer, sys.stdout)


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    value = asked.get("value")
    if "path" in asked:
        held = content(asked["path"], asked["largest"])
        value = variables(held.decode("utf-8", "surrogateescape")).get(asked["name"])
    pattern = asked["matches"]
    matched = value is None or pattern is None or re.search(pattern, value) is not None
    return {"value": value, "matched": matched}
