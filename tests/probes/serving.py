"""Servers on loopback that behave as each test wants, and what is seen through them."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable

from launchpad.conditions.parse import parse
from launchpad.probes.once import observe_once
from launchpad.probes.result import Result
from launchpad.text.redaction import Redactor

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
NO_SECRETS = Redactor({})


@contextlib.asynccontextmanager
async def serving(
    handler: Handler, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> AsyncIterator[int]:
    """Serve on a free port, and yield it."""
    handling: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            handling.add(task)
        try:
            with contextlib.suppress(ConnectionError, asyncio.CancelledError, ssl.SSLError):
                await handler(reader, writer)
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(handle, host, 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in handling:
            task.cancel()
        if handling:
            await asyncio.wait(handling)
        await server.wait_closed()


def answering(answer: bytes, seen: list[bytes] | None = None) -> Handler:
    """Return a handler that sends an answer to every request and closes."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await request_of(reader)
        if seen is not None:
            seen.append(request)
        writer.write(answer)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    return handle


async def request_of(reader: asyncio.StreamReader) -> bytes:
    """Return a whole request."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    return head + await reader.readexactly(length)


def ok(body: bytes = b"", *headers: str, status: str = "200 OK") -> bytes:
    """Return an answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


async def result_of(spec: object, *conditions: str, timeout_s: float = 5.0) -> Result:
    """Observe once, without secrets."""
    parsed = [parse(text) for text in conditions]
    return await observe_once(spec, parsed, timeout_s=timeout_s, redactor=NO_SECRETS)
