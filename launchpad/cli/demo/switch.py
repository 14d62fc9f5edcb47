"""What the demo's steps and one of its probes run: asks the shop to change, and tells how it goes.

Standard library only, started bare (see `process.interpreter`): `switch BASE_URL release new|old`,
`switch BASE_URL jobs on|off`, `switch BASE_URL status`. The exit status is 0 once the shop is as it
was asked to be.
"""

import json
import os
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from typing import Any, Final
from urllib.parse import urlsplit

_USAGE: Final = "usage: switch BASE_URL release new|old, jobs on|off, or status"
_TIMEOUT_S: Final = 5.0
_LOOK_S: Final = 0.4
_DRAINED: Final = 20
_DRAINED_WITHIN_S: Final = 20.0


def main() -> None:
    """Do what the words say, and exit."""
    try:
        sys.exit(_done(sys.argv[1:]))
    except (OSError, HTTPException, ValueError) as error:
        sys.exit(f"the shop does not answer as it should: {error}")


def _done(words: list[str]) -> str | None:
    """Return None, or why it was not done."""
    match words:
        case [base_url, "status"]:
            standing = _ask(base_url, "GET", "/status")
            _tell(f"release {standing['release']}, its jobs are {standing['jobs']}")
            _tell(f"{standing['migrations']} migrations pending")
            return None
        case [base_url, "release", "new" | "old" as to]:
            _release(base_url, to)
            return None
        case [base_url, "jobs", "on" | "off" as to]:
            return _jobs(base_url, to)
        case _:
            return _USAGE


def _release(base_url: str, to: str) -> None:
    _tell(f"sending the shop's traffic to the {to} release")
    for left in (3, 2, 1):
        _tell(f"  open connections of the other release: {left}")
        time.sleep(_LOOK_S)
    standing = _ask(base_url, "POST", "/release", {"to": to})
    _tell(f"all traffic is on release {standing['release']}")


def _jobs(base_url: str, to: str) -> str | None:
    standing = _ask(base_url, "POST", "/jobs", {"new": to})
    _tell(f"the new release's jobs are {standing['jobs']}")
    gives_up_s = time.monotonic() + _DRAINED_WITHIN_S
    while (waiting := int(_ask(base_url, "GET", "/status")["queue"])) > _DRAINED:
        if time.monotonic() > gives_up_s:
            return f"{waiting} orders still wait in the queue"
        _tell(f"  orders that wait in the queue: {waiting}")
        time.sleep(_LOOK_S)
    _tell(f"the queue is drained, to {waiting}")
    return None


def _ask(
    base_url: str, method: str, path: str, body: Mapping[str, str] | None = None
) -> Mapping[str, Any]:
    """Return what the shop answers. Raises OSError, HTTPException, ValueError."""
    place = urlsplit(base_url)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=_TIMEOUT_S)
    headers = {"Authorization": f"Bearer {os.environ.get('SHOP_TOKEN', '')}"}
    try:
        connection.request(method, path, json.dumps(body) if body else None, headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
    finally:
        connection.close()
    if response.status != 200 or not isinstance(answer, dict):  # noqa: PLR2004 - 200 OK
        raise ValueError(f"{path} answers {response.status}")
    return answer


def _tell(line: str) -> None:
    # At once: whoever watches the step sees how far it is.
    print(line, flush=True)  # noqa: T201 - it is what this program is for
