"""The demo's stand-in service: the shop over real HTTP, on loopback, in a process of its own.

`python -m launchpad.cli.demo.service LOG` writes its port on standard output as soon as it listens,
and reads the id of its launch from standard input; without one it ends. From then on it follows
that launch in the log, which is the only way to break or mend it, and ends with it, or when nobody
has asked it anything for ten minutes.
"""

import hmac
import json
import os
import socketserver
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from launchpad.cli.demo.shop import TICK_S, Answer, Request, Shop, answered, ticked
from launchpad.launch.operations import DemoMode

TOKEN: Final = "SHOP_TOKEN"  # noqa: S105 - the name of a variable, not a token
"""The environment variable that the shop's token is in, for the service and for who asks it."""

_IDLE_S: Final = 600.0
_LOG_LOST_S: Final = 3.0
_LONGEST_BODY: Final = 4096


class Service(ThreadingHTTPServer):
    """Serves one shop. token: what changes and orders need, as `Authorization: Bearer`."""

    daemon_threads = True

    def __init__(self, token: str) -> None:
        """Listen on a port of the kernel's choice."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self._token = token.encode()
        self._shop = Shop()
        self._guard = threading.Lock()
        self.asked_s = time.monotonic()

    def server_bind(self) -> None:
        """Bind, without looking the host's name up as HTTPServer does: that may take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def handle_error(self, _request: object, _client: object) -> None:
        """Let who went away in the middle of an answer go; that is no fault of the shop."""

    def allows(self, authorization: str) -> bool:
        """Say whether a request shows the token."""
        return hmac.compare_digest(authorization.encode(), b"Bearer " + self._token)

    def answer(self, request: Request) -> Answer:
        """Answer a request."""
        self.asked_s = time.monotonic()
        with self._guard:
            self._shop, answer = answered(self._shop, request)
        return answer

    def tick(self) -> None:
        """Let the queue move."""
        with self._guard:
            self._shop = ticked(self._shop)

    def switch(self, mode: DemoMode) -> None:
        """Break the shop's newer release, or mend it."""
        with self._guard:
            self._shop = replace(self._shop, mode=mode)


class _Handler(BaseHTTPRequestHandler):
    server: Service
    protocol_version = "HTTP/1.1"
    server_version = "lantern"
    sys_version = ""
    timeout = 5

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isascii() or not length.isdigit() or int(length) > _LONGEST_BODY:
            self.send_error(413)
            return
        self._answer(self.rfile.read(int(length)))

    def _answer(self, body: bytes) -> None:
        allowed = self.server.allows(self.headers.get("Authorization", ""))
        path = self.path.partition("?")[0]
        answer = self.server.answer(Request(str(self.command), path, allowed, body))
        time.sleep(answer.delay_s)
        told = json.dumps(answer.body).encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.send_header("Connection", "close")
        if answer.status == 401:  # noqa: PLR2004 - RFC 9110, 15.5.2: it says what it wants
            self.send_header("WWW-Authenticate", "Bearer")
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_what: object) -> None:
        """Say nothing: the launch's log tells what happened."""


def main() -> int:
    """Serve until the launch is over."""
    service = Service(os.environ[TOKEN])
    threading.Thread(target=service.serve_forever, name="service", daemon=True).start()
    sys.stdout.write(f"{service.server_port}\n")
    sys.stdout.flush()
    launch = sys.stdin.readline().strip()
    if launch:
        follow(sys.argv[1], launch, service)
    return 0


def follow(address: str, launch: str, service: Service) -> None:
    """Do what the launch's log says until it is closed, or nobody asks for anything any more."""
    # Only now: the port is wanted as soon as can be.
    from launchpad.launch.kinds import LaunchClosed, decode  # noqa: PLC0415 - see above
    from launchpad.launch.operations import DemoSwitched  # noqa: PLC0415 - see above
    from launchpad.log.address import open_log  # noqa: PLC0415 - see above
    from launchpad.log.errors import LogError  # noqa: PLC0415 - see above

    seen, read_s = 0, time.monotonic()
    with closing(open_log(address, create=False)) as log:
        while time.monotonic() - service.asked_s < _IDLE_S:
            try:
                for event in log.events(launch, seen):
                    seen = event.seq
                    match decode(event):
                        case DemoSwitched(mode=mode):
                            service.switch(mode)
                        case LaunchClosed():
                            return
                log.wait(TICK_S)
                read_s = time.monotonic()
            except LogError:
                if time.monotonic() - read_s > _LOG_LOST_S:
                    return
                time.sleep(TICK_S)
            service.tick()


if __name__ == "__main__":
    sys.exit(main())
