"""What an HTTP probe costs, beside httpx, and how late a thousand probes start.

    python -m tests.bench.probing [PROBES] [SECONDS]

Processor time per request over fresh connections, of this process only: the server is another one.
The two take turns. Then 1,000 trivial probes at 5 s for SECONDS; goal: at most 250 ms late at p99.
"""

import asyncio
import multiprocessing
import multiprocessing.connection
import ssl
import statistics
import sys
import time
from collections.abc import Awaitable, Callable

import httpx

from launchpad.probes.http import HttpSpec
from launchpad.probes.once import observe_once
from launchpad.probes.result import Result
from launchpad.probes.scheduler import Scheduler
from launchpad.text.redaction import Redactor

AT_ONCE = 20
ROUNDS = 5
# One for all: reading the authorities would take twenty times as long as the request.
TLS = ssl.create_default_context()
NONE_SECRET = Redactor({})
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\nContent-Type: application/json\r\n\r\n"


def main(probes: int, seconds: float) -> None:
    """Print each figure beside its reference."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    server.start()
    try:
        asyncio.run(compare(f"http://127.0.0.1:{here.recv()}/health", probes))
    finally:
        server.terminate()
        server.join()
    asyncio.run(lateness(seconds))


async def compare(url: str, probes: int) -> None:
    """Print the processor time that a request takes, ours and httpx's."""
    ours, reference = [], []
    for _ in range(ROUNDS):
        ours.append(await cpu_ms(lambda: observed(url), probes))
        reference.append(await cpu_ms(lambda: by_httpx(url), probes))
    mine, theirs = statistics.median(ours), statistics.median(reference)
    show(f"an HTTP probe      {mine:6.3f} ms   httpx {theirs:6.3f} ms   {mine / theirs:5.2f}x")


async def observed(url: str) -> None:
    """Send a request as a probe."""
    result = await observe_once(HttpSpec(url), (), timeout_s=10, redactor=NONE_SECRET)
    if result.state != "success":
        raise RuntimeError(result.detail)


async def by_httpx(url: str) -> None:
    """Send a request by httpx, over a connection of its own."""
    async with httpx.AsyncHTTPTransport(verify=TLS, trust_env=False) as transport:
        response = await transport.handle_async_request(httpx.Request("GET", url))
        await response.aread()


async def cpu_ms(request: Callable[[], Awaitable[None]], count: int) -> float:
    """Return the processor time of one request in milliseconds, several at once."""
    began = time.process_time()
    left = iter(range(count))

    async def some() -> None:
        for _ in left:
            await request()

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    return (time.process_time() - began) * 1000 / count


async def lateness(seconds: float, count: int = 1000, interval_s: float = 5.0) -> None:
    """Print how late probes start that take no time."""
    starts: dict[str, list[int]] = {str(number): [] for number in range(count)}
    done = Result("success", "ok", "", 0, {}, None, "")

    async def observe(_id: str) -> Result:
        return done

    def note(id_: str, _result: Result, started_ns: int) -> None:
        starts[id_].append(started_ns)

    scheduler = Scheduler(dict.fromkeys(starts, interval_s), observe, note)
    began_ns = time.monotonic_ns()
    task = asyncio.create_task(scheduler.run())
    await asyncio.sleep(seconds)
    task.cancel()
    await asyncio.wait([task])
    late = [
        (start_ns - began_ns) / 1e6 - (number / count + turn) * interval_s * 1000
        for number, each in enumerate(starts.values())
        for turn, start_ns in enumerate(each)
    ]
    quantiles = statistics.quantiles(late, n=100)
    skipped = scheduler.skipped.total()
    show(f"late, {len(late)} starts   p50 {quantiles[49]:.2f} ms   p99 {quantiles[98]:.2f} ms")
    show(f"skipped            {skipped}")


def serve(there: multiprocessing.connection.Connection) -> None:
    """Answer every request, and tell the port."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(ANSWER + b'{"status":"ok"}')
        writer.close()

    async def forever() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=1024)
        there.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())


def show(text: str) -> None:
    """Print one line."""
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 500,
        float(sys.argv[2]) if len(sys.argv) > 2 else 15.0,
    )
