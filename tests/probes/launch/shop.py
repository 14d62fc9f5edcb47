"""A shop on loopback as it is after a good launch, every part of which a test can break."""

import asyncio
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import dns.message

from tests.probes import name_server
from tests.probes.certificates import Authority
from tests.probes.postgres import Postgres
from tests.probes.serving import Handler, ok, request_of, serving

CHECKLIST = Path(__file__).parents[3] / "checklists" / "probes.yaml"
NAME = "shop.example.com"
# Of the variables whose shape is asked for: nobody gets to see it.
VALUE = "hunter2-4f1c"
TABLES = ("orders", "invoices", "customers", "addresses", "payments", "refunds", "sessions")

_SAYING = 'exec < "$0.says"; read -r line; read -r status; echo "$line"; exit "$status"'
_VERSION = {"version": "2.4.1", "checks": {"database": "up"}, "degraded": []}
_SCHEMA = (
    *(f"CREATE TABLE {table} (id int, customer int)" for table in TABLES),
    *(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY" for table in TABLES),
    "CREATE INDEX orders_by_customer ON orders (customer)",
    "CREATE FUNCTION stamp_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$",
    "CREATE TRIGGER stamp BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp_order()",
)


class Shop:
    """What the servers answer, and where they are.

    variables: of the checklist; places: the same, as the servers really are. answers: by method
    and path, of the site and, behind "plain ", of the one without TLS; delay_s: how long the site
    thinks first. figures: what Prometheus answers, by a word of the query.
    """

    def __init__(self, postgres: Postgres, authority: Authority) -> None:
        self.postgres = postgres
        self.places: dict[str, str] = {}
        self.asked_by_browser = b""
        self._authority = authority
        self._contexts: dict[tuple[str, float], ssl.SSLContext] = {}
        self._mending: list[str] = []
        self._pooler: socket.socket | None = None
        postgres.run("CREATE DATABASE storefront")
        postgres.run(*_SCHEMA, name="storefront")

    def opens(self, folder: Path) -> None:
        """Be as after a good launch. folder: where the checklist and the host's files are."""
        self.folder = folder
        self.closes_pooler()
        self._pooler = socket.create_server(("127.0.0.1", 0))
        pooler = f"127.0.0.1:{self._pooler.getsockname()[1]}"
        self.variables = {**self.places, "pooler": pooler}
        self.delay_s = 0.0
        self.certificate = self.certified(days=60)
        self.answers = {
            "GET /": ok(b"welcome", "Strict-Transport-Security: max-age=63072000; preload"),
            "GET /health": ok(b"up"),
            "GET /ready": ok(b"ready"),
            "GET /version": ok(json.dumps(_VERSION).encode()),
            "OPTIONS /api/orders": ok(status="403 Forbidden"),
            "GET /api/orders": ok(b"who are you?", status="401 Unauthorized"),
            "GET /backups/": ok(b"<Error/>", status="403 Forbidden"),
            "plain GET /": ok(b"", f"Location: https://{NAME}/", status="301 Moved Permanently"),
        }
        self.records = name_server.holding(f"{NAME}. A 192.0.2.10")
        self.figures: dict[str, bytes] = {
            "http_requests_total": instant("0.0004"),
            "histogram_quantile": instant("0.21"),
            "avg_over_time": instant("0.9997"),
        }
        self._furnish()
        for statement in reversed(self._mending):
            self.postgres.run(statement, name="storefront")
        self._mending.clear()

    def _furnish(self) -> None:
        self.folder.joinpath(CHECKLIST.name).write_bytes(CHECKLIST.read_bytes())
        self.folder.joinpath("bin").mkdir(exist_ok=True)
        self.program("bin/pg_dump", ":")
        self.program("backup.sh", ":")
        self.program("migrate.sh", _SAYING)
        self.prints("migrate.sh", "0 pending, 214 applied")
        self.program("print-env.sh", _SAYING)
        self.prints("print-env.sh", f"PAYMENT_KEY=live_{VALUE}")
        self.file("app.env", f'DATABASE_URL="postgresql://app:{VALUE}@db.example.com/shop"\n')

    def program(self, name: str, script: str) -> None:
        """Put a program into the folder."""
        self.file(name, f"#!/bin/sh\n{script}\n", mode=0o755)

    def prints(self, name: str, line: str, status: int = 0) -> None:
        """Have a program print something else, and end otherwise: as trusted as before."""
        self.file(f"{name}.says", f"{line}\n{status}\n")

    def file(self, name: str, text: str, mode: int = 0o600) -> None:
        """Put a file into the folder."""
        self.folder.joinpath(name).write_text(text)
        self.folder.joinpath(name).chmod(mode)

    def says(self, asked: str, body: bytes = b"", *headers: str, status: str = "200 OK") -> None:
        """Have the site answer something else."""
        self.answers[asked] = ok(body, *headers, status=status)

    def tells(self, **changed: object) -> None:
        """Have the site tell something else of its version."""
        self.says("GET /version", json.dumps({**_VERSION, **changed}).encode())

    def changes(self, broken: str, mended: str) -> None:
        """Change the database, until the shop opens again."""
        self._mending.append(mended)
        self.postgres.run(broken, name="storefront")

    def closes_pooler(self) -> None:
        """Have the pooler refuse connections, until the shop opens again."""
        if self._pooler:
            self._pooler.close()

    def certified(self, name: str = "localhost", *, days: float) -> ssl.SSLContext:
        """Return the settings of a server with a certificate."""
        if (name, days) not in self._contexts:
            self._contexts[name, days] = self._authority.server(name, days=days)
        return self._contexts[name, days]

    # Serving

    async def serve(self, serving_now: Callable[[], None], over: asyncio.Event) -> None:
        """Serve until it is over."""
        outer = self.certified(days=61)

        def at_hello(spoken: ssl.SSLObject, _name: str, _outer: ssl.SSLContext) -> None:
            spoken.context = self.certificate

        outer.sni_callback = at_hello
        async with (
            serving(self._handler(""), tls=outer) as site,
            serving(self._handler("plain ")) as plain,
            serving(self._prometheus) as prometheus,
            name_server.name_server(self._answered) as names,
        ):
            self.places = {
                "site": f"https://localhost:{site}",
                "plain-site": f"http://127.0.0.1:{plain}",
                "site-address": f"localhost:{site}",
                "bucket": f"https://localhost:{site}/backups/",
                "name-server": names.address,
                "database": self.postgres.address("storefront"),
                "prometheus": f"http://127.0.0.1:{prometheus}",
            }
            serving_now()
            await over.wait()

    def _answered(self, query: dns.message.Message) -> dns.message.Message | bytes | None:
        return self.records(query)

    def _handler(self, which: str) -> Handler:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                request = await request_of(reader)
            except asyncio.IncompleteReadError:
                return  # who looks at the certificate asks for nothing
            asked = " ".join(request.decode().split(" ", 2)[:2])
            if asked.startswith("OPTIONS"):
                self.asked_by_browser = request
            await asyncio.sleep(self.delay_s)
            writer.write(self.answers.get(f"{which}{asked}", ok(status="404 Not Found")))
            await writer.drain()

        return handle

    async def _prometheus(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await request_of(reader)
        except asyncio.IncompleteReadError:
            return  # of a conductor that was ended
        target = urlsplit(request.decode().split(" ", 2)[1])
        query = parse_qs(target.query)["query"][0]
        assert 'job="shop"' in query
        (figure,) = (answer for word, answer in self.figures.items() if word in query)
        writer.write(figure)
        await writer.drain()


def instant(*values: str) -> bytes:
    """Return what Prometheus answers where so many series have these values."""
    result = [{"metric": {"n": value}, "value": [1.5, value]} for value in values]
    data = {"resultType": "vector", "result": result}
    return ok(json.dumps({"status": "success", "data": data}).encode())


@contextmanager
def serving_shop(shop: Shop) -> Iterator[None]:
    """Serve a shop from a thread of its own, until left."""
    begun = threading.Event()
    over = asyncio.Event()
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        thread = threading.Thread(target=runner.run, args=(shop.serve(begun.set, over),))
        thread.start()
        try:
            assert begun.wait(10), "the shop does not open"
            yield
        finally:
            loop.call_soon_threadsafe(over.set)
            thread.join()
            shop.closes_pooler()
