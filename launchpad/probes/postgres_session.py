"""A connection to PostgreSQL through libpq, in which no wait outlasts whoever waits."""

import asyncio
import contextlib
import fcntl
import ipaddress
import re
import socket
import ssl
import struct
import termios
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from psycopg import OperationalError, pq
from psycopg.conninfo import make_conninfo

from launchpad import __name__ as program
from launchpad.probes.connecting import connected, shown_address
from launchpad.probes.database import Postgres
from launchpad.probes.fetching import this_machine
from launchpad.probes.observed import CannotObserve
from launchpad.probes.result import Reason

# What comes beside rows: their frames, notices, an error.
_BESIDE_BYTES: Final = 1024 * 1024
_CHECKED: Final = frozenset({"verify-ca", "verify-full"})
_OWN_AUTHORITIES: Final = "~/.postgresql/root.crt"
# libpq tells why there is no connection in English prose only, the address and port first.
_WHERE: Final = re.compile(
    r'^connection to server (?:at|on socket) "[^"]*"[^:]*(?:::[^:]*)*? failed: '
)
_ABOUT_CERTIFICATE: Final = re.compile(r"certificate verify failed|does not match host name")
_ABOUT_TLS: Final = re.compile(r"\bSSL\b|\bTLS\b|root certificate")
_CLOSED: Final = re.compile(r"closed the connection unexpectedly|Connection reset")


class Answer(NamedTuple):
    """The first column of a row; or an error with its SQLSTATE; or neither: a command is done."""

    row: bytes | None = None
    error: str = ""
    sqlstate: str = ""


class Session:
    """An open connection. address: where it leads; note: what people should know of it."""

    def __init__(self, connection: pq.abc.PGconn, address: str, note: str) -> None:
        self.address: Final = address
        self.note: Final = note
        self._connection: Final = connection

    async def answers(
        self, query: str, values: Sequence[str] | None = None, *, most_bytes: int = 0
    ) -> AsyncGenerator[Answer, None]:
        """Send a query, and yield what is answered. Raises CannotObserve.

        values: of its parameters; where they are given, even none, it has to be one statement.
        most_bytes: of rows; where more is received it is too much.
        """
        try:
            await self._sent(query, values)
            async for result in self._results(most_bytes):
                yield _answer(result)
        except OperationalError as error:
            raise _lost(error) from None

    async def _sent(self, query: str, values: Sequence[str] | None) -> None:
        if values is None:
            self._connection.send_query(query.encode())
        else:
            self._connection.send_query_params(query.encode(), [each.encode() for each in values])
            self._connection.set_single_row_mode()
        while self._connection.flush():
            await _ready(self._connection.socket, to_write=True)

    async def _results(self, most_bytes: int) -> AsyncIterator[pq.abc.PGresult]:
        left = most_bytes + _BESIDE_BYTES
        while True:
            while self._connection.is_busy():
                await _ready(self._connection.socket)
                left -= _received(self._connection.socket)
                if left < 0:
                    raise CannotObserve("body-too-large", f"more than {most_bytes} bytes of rows")
                self._connection.consume_input()
            result = self._connection.get_result()
            if result is None:
                return
            yield result


@contextlib.asynccontextmanager
async def opened(where: Postgres, password: str | None) -> AsyncIterator[Session]:
    """Connect, and disconnect without waiting. Raises CannotObserve.

    libpq would look the name up by itself, and wait; it says in prose why it could not connect, and
    tries one address after the other. So it is given an address that was just connected to.
    """
    address = await _reached(where)
    mode = where.settings.get("sslmode") or _default_mode(address)
    connection = pq.PGconn.connect_start(_conninfo(where, address, mode, password).encode())
    try:
        await _begun(connection)
        # Else even saying goodbye waits.
        connection.nonblocking = 1
        shown = shown_address(address, where.port) if address else where.host
        yield Session(connection, shown, _note(address, mode, secure=bool(connection.ssl_in_use)))
    finally:
        connection.finish()


async def _reached(where: Postgres) -> str:
    """Return the IP address to connect to, "" for a socket in the file system."""
    if where.local:
        await _reached_socket(f"{where.host}/.s.PGSQL.{where.port}")
        return ""
    addresses = await this_machine().names.addresses(where.host)
    with await connected(addresses, where.port) as reached:
        address: str = reached.getpeername()[0]
    return address


async def _reached_socket(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as reached:
        reached.settimeout(0)  # asyncio waits by itself
        try:
            await asyncio.get_running_loop().sock_connect(reached, path)
        except OSError as error:
            refused = isinstance(error, ConnectionRefusedError | FileNotFoundError)
            reason: Reason = "connection-refused" if refused else "system-error"
            raise CannotObserve(reason, f"{path}: {error.strerror or error}") from None


def _conninfo(where: Postgres, address: str, mode: str, password: str | None) -> str:
    settings: dict[str, str | int | None] = {
        **where.settings,
        "host": where.host,
        # Empty, and not left out: the environment has no say in where it leads.
        "hostaddr": address,
        "port": where.port,
        "user": where.user,
        "dbname": where.name,
        "password": password,
        "sslmode": mode,
        "application_name": program,
        "client_encoding": "UTF8",
        "options": "",
        # It would wait for a Kerberos server.
        "gssencmode": "disable",
    }
    if mode in _CHECKED and "sslrootcert" not in where.settings and not _own_authorities():
        settings["sslrootcert"] = ssl.get_default_verify_paths().cafile or "system"
    return make_conninfo("", **settings)


def _own_authorities() -> bool:
    try:
        return Path(_OWN_AUTHORITIES).expanduser().exists()
    except (RuntimeError, OSError):
        return False


def _default_mode(address: str) -> str:
    return "prefer" if _near(address) else "verify-full"


def _near(address: str) -> bool:
    return not address or ipaddress.ip_address(address).is_loopback


def _note(address: str, mode: str, *, secure: bool) -> str:
    if _near(address) or (secure and mode in _CHECKED):
        return ""
    return "certificates are not checked" if secure else "the connection is not encrypted"


async def _begun(connection: pq.abc.PGconn) -> None:
    """Go through the handshakes."""
    to_write = True
    while True:
        if connection.status == pq.ConnStatus.BAD:
            raise _unconnected(connection.get_error_message())
        await _ready(connection.socket, to_write=to_write)
        match connection.connect_poll():
            case pq.PollingStatus.OK:
                return
            case pq.PollingStatus.FAILED:
                raise _unconnected(connection.get_error_message())
            case status:
                to_write = status == pq.PollingStatus.WRITING


def _unconnected(message: str) -> CannotObserve:
    said = _WHERE.sub("", message)
    reason: Reason = "login-refused"
    if _ABOUT_CERTIFICATE.search(said):
        reason = "tls-certificate-invalid"
    elif _ABOUT_TLS.search(said):
        reason = "tls-error"
    elif _CLOSED.search(said):
        reason = "connection-closed"
    return CannotObserve(reason, said)


def _lost(error: OperationalError) -> CannotObserve:
    return CannotObserve("connection-closed", str(error))


def _answer(result: pq.abc.PGresult) -> Answer:
    match result.status:
        case pq.ExecStatus.SINGLE_TUPLE:
            return Answer(row=result.get_value(0, 0) or b"")
        case pq.ExecStatus.TUPLES_OK | pq.ExecStatus.COMMAND_OK:
            return Answer()
        case pq.ExecStatus.FATAL_ERROR:
            told = result.error_field(pq.DiagnosticField.MESSAGE_PRIMARY)
            state = result.error_field(pq.DiagnosticField.SQLSTATE)
            if told is None or state is None:
                # libpq's own, not the server's.
                raise CannotObserve("connection-closed", result.get_error_message())
            return Answer(error=told.decode("utf-8", "replace"), sqlstate=state.decode("ascii"))
    # A server that speaks of copying, say, would never come to an end.
    raise CannotObserve("protocol-error", "the server answers what was not asked")


def _received(descriptor: int) -> int:
    """Return how many bytes wait to be read; one at least, for what is said without any."""
    waiting: int = struct.unpack("i", fcntl.ioctl(descriptor, termios.FIONREAD, bytes(4)))[0]
    return max(1, waiting)


async def _ready(descriptor: int, *, to_write: bool = False) -> None:
    """Wait until a connection can be read from, or written to."""
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[None] = loop.create_future()

    def tell() -> None:
        if not ready.done():
            ready.set_result(None)

    (loop.add_writer if to_write else loop.add_reader)(descriptor, tell)
    try:
        await ready
    finally:
        (loop.remove_writer if to_write else loop.remove_reader)(descriptor)
