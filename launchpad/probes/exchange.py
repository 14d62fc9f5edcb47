"""One request and its answer over an open connection, in bounded memory.

HTTP/1.1 is h11's; what is done here is to stop reading in time. httpx is not used: it has no
deadline over a whole answer, forwards custom headers to another host, connects to what it resolves
by itself, and takes more than twice the processor time (see `tests/bench/probing.py`).
"""

import asyncio
import re
import zlib
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import h11

from launchpad.probes.observed import CannotObserve
from launchpad.probes.result import Reason

_PART: Final = 64 * 1024
_GZIP: Final = 16 + zlib.MAX_WBITS
_CHARSET: Final = re.compile(r";\s*charset=\"?([\w.:-]+)", re.IGNORECASE)
# Spelled out: Python has codecs that take long, or are none.
_CHARSETS: Final = frozenset(
    {
        *("iso-8859-1", "latin1", "iso-8859-15", "windows-1252"),
        *("utf-16", "utf-16le", "utf-16be"),
    }
)


class Request(NamedTuple):
    """What is sent."""

    method: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    target: str = "/"

    def __repr__(self) -> str:
        return f"Request({self.method})"


class Limits(NamedTuple):
    """So many bytes are received, headers included, and so many are they decompressed."""

    wire: int
    decoded: int


class Answer(NamedTuple):
    """headers: by lower-case names. body: None where flaw says why it was not read."""

    status: int
    headers: dict[str, str]
    body: str | bytes | None
    flaw: tuple[Reason, str] | None = None


async def exchanged(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    request: Request,
    limits: Limits,
    on_first_byte: Callable[[], None],
) -> Answer:
    """Send a request and receive its answer. Raises CannotObserve."""
    conversation = _Conversation(reader, limits.wire, on_first_byte)
    writer.write(conversation.sent(request))
    try:
        return await _received(conversation, limits)
    except h11.RemoteProtocolError as error:
        if conversation.ended:
            raise CannotObserve("connection-closed", "closed before the answer ended") from None
        # What follows a colon repeats, escaped, what was received: a secret would not be found.
        why = str(error).partition(":")[0]
        raise CannotObserve("protocol-error", f"no valid HTTP: {why}") from None
    except ConnectionError:
        raise CannotObserve("connection-reset", "reset before the answer ended") from None


async def _received(conversation: "_Conversation", limits: Limits) -> Answer:
    event = await conversation.next_event()
    while isinstance(event, h11.InformationalResponse):
        if event.status_code == 101:  # noqa: PLR2004 - Switching Protocols
            raise CannotObserve("protocol-error", "it switched to another protocol")
        event = await conversation.next_event()
    if not isinstance(event, h11.Response):
        raise CannotObserve("body-too-large", f"headers of more than {limits.wire} bytes")
    headers = _joined(event.headers)
    body = bytearray()
    while not isinstance(part := await conversation.next_event(), h11.EndOfMessage):
        if not isinstance(part, h11.Data):
            detail = f"more than {limits.wire} bytes"
            return Answer(event.status_code, headers, None, ("body-too-large", detail))
        body += part.data
    return _decoded(event.status_code, headers, bytes(body), limits.decoded)


class _Conversation:
    """HTTP/1.1's rules, fed from a connection until the limit is reached."""

    def __init__(
        self, reader: asyncio.StreamReader, wire: int, on_first_byte: Callable[[], None]
    ) -> None:
        self.ended = False
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=wire + _PART)
        self._reader = reader
        self._left = wire
        self._on_first_byte: Callable[[], None] | None = on_first_byte

    def sent(self, request: Request) -> bytes:
        """Return the bytes of a request. Raises CannotObserve."""
        headers = [(name.encode(), value.encode()) for name, value in request.headers]
        try:
            asked = h11.Request(method=request.method, target=request.target, headers=headers)
            parts = [self._http.send(asked)]
            if request.body:
                parts.append(self._http.send(h11.Data(data=request.body)))
            parts.append(self._http.send(h11.EndOfMessage()))
        except h11.LocalProtocolError:
            # Its text repeats the value, which may be a secret.
            detail = "the request cannot be sent: a header or the method is not valid"
            raise CannotObserve("protocol-error", detail) from None
        return b"".join(part for part in parts if part)

    async def next_event(self) -> h11.Event | None:
        """Return what comes next, None where the limit is reached before it is complete."""
        while True:
            event = self._http.next_event()
            if isinstance(event, h11.Event):
                break
            if event is h11.PAUSED:
                raise CannotObserve("protocol-error", "it switched to another protocol")
            data = await self._reader.read(min(_PART, self._left + 1))
            if len(data) > self._left:
                return None
            if data and self._on_first_byte is not None:
                self._on_first_byte()
                self._on_first_byte = None
            self._left -= len(data)
            self.ended = not data
            self._http.receive_data(data)
        return event


def _joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by name, several of one name as a list (RFC 9110, 5.3)."""
    joined: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("ascii"), raw_value.decode("utf-8", "replace")
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


def _decoded(status: int, headers: dict[str, str], body: bytes, most: int) -> Answer:
    coding = headers.get("content-encoding", "identity").strip().lower()
    if body and coding in {"gzip", "x-gzip"}:
        try:
            body = _unzipped(body, most)
        except zlib.error:
            return Answer(status, headers, None, ("protocol-error", "no valid gzip"))
    elif body and coding not in {"", "identity"}:
        return Answer(status, headers, None, ("protocol-error", f"encoded as {coding}"))
    if len(body) > most:
        detail = f"more than {most} bytes decompressed"
        return Answer(status, headers, None, ("body-too-large", detail))
    named = _CHARSET.search(headers.get("content-type", ""))
    if named and named[1].lower() in _CHARSETS:
        return Answer(status, headers, body.decode(named[1], "replace"))
    return Answer(status, headers, body)


def _unzipped(body: bytes, most: int) -> bytes:
    """Return at most one byte more than most. Raises zlib.error."""
    plain = bytearray()
    while body and len(plain) <= most:  # a gzip file has several members (RFC 1952, 2.2)
        member = zlib.decompressobj(_GZIP)
        plain += member.decompress(body, most + 1 - len(plain))
        if not member.eof and len(plain) <= most:
            raise zlib.error
        body = member.unused_data
    return bytes(plain)
