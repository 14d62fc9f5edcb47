"""A service on loopback that keeps what it was sent, and answers as it is told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Service:
    """What was received, as "METHOD path body"; hang: whether answers wait for the end."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.status = 200
        self.body = "mended"
        self.hang = False
        self.over = threading.Event()
        self.address = ""


@contextmanager
def answering() -> Iterator[Service]:
    """Serve until the block is left; whoever waits for an answer then gets none."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            service.headers.append(dict(self.headers.items()))
            service.received.append(f"{self.command} {self.path} {body}".rstrip())
            if service.hang:
                service.over.wait()
                return
            self.send_response(service.status)
            self.end_headers()
            self.wfile.write(service.body.encode())

        do_GET = do_POST = _answer  # noqa: N815 - the names that the class looks for

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield service
    finally:
        service.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
