"""A service on loopback that counts who asks, and a checklist that observes it."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tests.e2e.service import answering, ok

HEAD = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
"""
TAIL = """\
phases:
  - id: edge
    title: Edge
    items:
      - {id: dns, text: DNS points here}
"""


class Harbour:
    """A service: /ok is well, /bad is not, /late gets well, /held takes a moment, /echo echoes."""

    def __init__(self) -> None:
        self.address = ""
        self.asked: Counter[str] = Counter()
        self.most_at_once = 0
        self.late = 3
        self._at_once = 0
        self._lock = threading.Lock()

    def answer(self, path: str, headers: str, body: bytes) -> bytes:
        """Answer a request."""
        with self._lock:
            self.asked[path] += 1
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            well = path != "/bad" and (path != "/late" or self.asked[path] >= self.late)
        if path == "/held":
            time.sleep(0.03)
        with self._lock:
            self._at_once -= 1
        if path == "/echo":
            return ok(headers.encode() + body)
        return ok(b"fine") if well else b"HTTP/1.0 503 Busy\r\nContent-Length: 0\r\n\r\n"

    def checklist(self, probes: str, head: str = "") -> str:
        """Return a checklist with probes; URL stands for the service's address."""
        indented = "".join(f"  {line}\n" for line in probes.strip().splitlines())
        return f"{HEAD}{head}{TAIL}probes:\n{indented.replace('URL', self.address)}"


@contextmanager
def harbour() -> Iterator[Harbour]:
    """Serve until left."""
    service = Harbour()
    with answering(service.answer) as address:
        service.address = address
        yield service


def get(path: str, *conditions: str, more: str = "") -> str:
    """Return an HTTP probe of the service, good if its status is 200 unless conditions say else."""
    asked = ", ".join(f"'{each}'" for each in conditions or ("[STATUS] == 200",))
    return f"{{http: {{url: 'URL{path}'}}, conditions: [{asked}]{more}}}"
