"""A server in a process of its own, so that its work is not counted: it answers every request."""

import asyncio
import contextlib
import multiprocessing
import multiprocessing.connection
from collections.abc import Iterator

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\nContent-Type: application/json\r\n\r\n"


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """Serve on loopback, and yield the address of a health check."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    server.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}/health"
    finally:
        server.terminate()
        server.join()


def serve(there: multiprocessing.connection.Connection) -> None:
    """Answer every request, and tell the port."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Who observes may leave before it asked anything: its time was over.
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(ANSWER + b'{"status":"ok"}')
        writer.close()

    async def forever() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=1024)
        there.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())
