"""A secret goes where it is needed and nowhere else: not one byte of it is kept, shown or listed.

It is used in every way that a checklist has, and whatever gets it says it again wherever it can.
"""

import base64
import contextlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from launchpad.export.formats import FORMATS
from tests.e2e.flight import WORD
from tests.e2e.service import answering, ok
from tests.e2e.site import Site

pytestmark = pytest.mark.thorough

# Of letters that other spellings of it change.
CANARY = 'canary/zqxj+91="&é"-tail'
SPELLINGS = {
    "as it is": CANARY.encode(),
    "quoted": quote(CANARY, safe="").encode(),
    "in JSON": json.dumps(CANARY)[1:-1].encode(),
    "in base64": base64.b64encode(CANARY.encode()),
}
# Letters of it that none of these changes: nothing of it is left behind in pieces, either. No
# digits of a hash, of which a log is full.
MIDDLE = b"zqxj"

LEAK = """\
#!/bin/sh
# Nothing but the shell itself: what it started with the secret as a word, anybody could list.
echo "$1 has $TOKEN"
printf 'token: '; printf %s "$TOKEN" | base64 -w 0; echo
printf '%.12s' "$TOKEN"; sleep 0.1; printf %s "${TOKEN#????????????}"; echo
(: < "/nowhere/$TOKEN")
env
echo "$1 failed with $TOKEN" >&2
exit 7
"""


def checklist(address: str) -> str:
    return f"""\
launchpad: 1
title: Harbour cutover
code-word: {WORD}
secrets:
  token: {{env: HARBOUR_TOKEN}}
phases:
  - id: edge
    title: Edge
    items:
      - {{id: dns, text: DNS points here}}
probes:
  echo:
    http:
      url: '{address}/echo'
      method: POST
      headers: {{Authorization: 'Bearer ${{token}}', X-Token: '${{token}}'}}
      body: '{{"token": "${{token}}"}}'
    conditions: ['[BODY] == nope', '[BODY].token == nope', '[STATUS] == 200']
    interval: 1s
  moved:
    http: {{url: '{address}/moved', headers: {{X-Token: '${{token}}'}}}}
    conditions: ['[STATUS] == 200']
    interval: 1s
  garbage:
    http: {{url: '{address}/garbage', headers: {{X-Token: '${{token}}'}}}}
    conditions: ['[STATUS] == 200']
    interval: 1s
  leak:
    command: {{exec: [./leak.sh, probe], secrets: [token]}}
    conditions: ['[EXIT_CODE] == 0', '[STDOUT] == nope', '[STDERR] == nope']
    interval: 1s
rollback:
  budget: 1m
  authority: any
  steps:
    - {{id: leak, title: Leak, command: {{exec: [./leak.sh, step], secrets: [token]}}}}
"""


def answer(path: str, headers: str, body: bytes) -> bytes:
    """Say everything again that came in."""
    if path == "/moved":
        return (
            b"HTTP/1.0 302 Found\r\nLocation: http://127.0.0.1:1/%s\r\n\r\n" % SPELLINGS["quoted"]
        )
    if path == "/garbage":
        return b"no answer for " + CANARY.encode() + b"\r\n\r\n"
    return ok(headers.encode() + body) if b"nothing" in body else ok(body + headers.encode())


class Titles:
    """Looks at the command lines of all processes, again and again, for the canary."""

    def __init__(self) -> None:
        self.found: list[bytes] = []
        self.seen: set[bytes] = set()
        self.stop = threading.Event()

    def look(self) -> None:
        while not self.stop.wait(0.03):
            for entry in Path("/proc").iterdir():
                with contextlib.suppress(OSError):
                    if entry.name.isdigit():
                        self._keep((entry / "cmdline").read_bytes())

    def _keep(self, line: bytes) -> None:
        self.seen.add(line)
        if leaked(line):
            self.found.append(line)


@contextmanager
def titles() -> Iterator[Titles]:
    found = Titles()
    thread = threading.Thread(target=found.look)
    thread.start()
    try:
        yield found
    finally:
        found.stop.set()
        thread.join()


def leaked(data: bytes) -> list[str]:
    """Return how the canary is spelled in some bytes, wherever it is."""
    found = [name for name, spelling in SPELLINGS.items() if spelling in data]
    return found or (["in pieces"] if MIDDLE in data else [])


def test_a_secret_that_everything_repeats_is_nowhere_to_be_found(site: Site) -> None:
    script = site.folder / "leak.sh"
    script.write_text(LEAK, encoding="utf-8")
    script.chmod(0o700)
    site.environment["HARBOUR_TOKEN"] = CANARY
    said = bytearray()

    def does(*words: str, status: int = 0) -> bytes:
        done = site.launchpad(*words)
        assert done.returncode == status, done.stderr.decode()
        said.extend(done.stdout + done.stderr)
        return done.stdout

    with answering(answer) as address, titles() as listed:
        document = site.document(checklist(address), "plan.yaml")
        launch = (
            does(*f"run {document} --trust --no-console --initials AB".split()).decode().strip()
        )
        console = site.attach(launch, columns=120, rows=40)
        changed = {"echo", "moved", "garbage", "leak"}
        console.until(
            lambda: changed <= {str(e.body["probe"]) for e in site.events(launch, "probe.changed")},
            "not every probe was made",
            within=10,
        )
        console.press("L")
        console.sees("head ")
        console.press("escape")
        does(
            *("rollback", "start", "--reason", "smoke test failed", "--confirm", WORD),
            *("--launch", launch, "--initials", "AB"),
        )
        console.sees("exit 7")
        console.press("o")
        console.sees("[redacted: token]")
        console.press("escape", "escape")
        console.settle()
        does("status", "--launch", launch)
        does("status", "--launch", launch, "--format", "json")
        for name in FORMATS:
            does("export", "--launch", launch, "--format", name, "-o", f"export.{name}")
        does("check", str(document))
        said.extend(console.output)
        running = b"\n".join(listed.seen)

    # It was where it had to be, and what was to be seen was seen.
    assert (
        b"[redacted: token]"
        in (site.folder / "log.db").read_bytes() + (site.folder / "log.db-wal").read_bytes()
    )
    assert b"launchpad.steps.runner" in running
    assert b"leak.sh" in running
    assert list(site.folder.rglob("claim"))
    assert list(site.folder.rglob(f"{launch}.log"))

    assert not listed.found
    assert not leaked(bytes(said))
    kept = {
        str(path.relative_to(site.folder)): leaked(path.read_bytes())
        for path in site.folder.rglob("*")
        if path.is_file()
    }
    assert not any(kept.values()), kept
