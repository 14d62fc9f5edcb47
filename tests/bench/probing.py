"""What an HTTP probe costs, beside blackbox_exporter and httpx.

    python -m tests.bench.probing [PROBES]

Processor time per probe over fresh connections to a server on loopback, which is not counted. They
take turns, and the median of the rounds is told. Of blackbox_exporter all of its process counts:
to be asked over HTTP and to answer with its figures is how it is used; what it takes to be asked
for nothing is told as well. It is looked for on the PATH; where it is missing, "not measured" is
said. Goal: at most what it takes.
"""

import asyncio
import contextlib
import functools
import os
import shutil
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import httpx

from launchpad.probes.http import HttpSpec
from launchpad.probes.once import observe_once
from launchpad.text.redaction import Redactor
from tests.bench.serving import serving

PROBES: Final = 500
AT_ONCE: Final = 20
ROUNDS: Final = 5
GOAL: Final = 1.0
# Debian's name for it, and its own.
NAMES: Final = ("prometheus-blackbox-exporter", "blackbox_exporter")
MODULE: Final = """\
modules:
  probe:
    prober: http
    timeout: 10s
    http: {preferred_ip_protocol: ip4}
"""
# One for all: reading the authorities would take twenty times as long as the request.
TLS: Final = ssl.create_default_context()
NONE_SECRET: Final = Redactor({})


class Figures(NamedTuple):
    """Processor times in milliseconds, of each round. asked: of the exporter for no probe."""

    ours: list[float]
    httpx: list[float]
    exporter: list[float]
    asked: list[float]


def main(probes: int) -> int:
    """Print each figure beside its reference; return the exit status."""
    with serving() as url, exporter() as running:
        figures = asyncio.run(compared(url, running, probes))
    mine = statistics.median(figures.ours)
    show(f"an HTTP probe            {mine:6.3f} ms")
    if running:
        theirs, asked = map(statistics.median, (figures.exporter, figures.asked))
        show(f"by blackbox_exporter     {theirs:6.3f} ms   {mine / theirs:.2f}x   goal {GOAL:g}x")
        show(f"  less to be asked       {theirs - asked:6.3f} ms   {mine / (theirs - asked):.2f}x")
    else:
        show("by blackbox_exporter     not measured")
    reference = statistics.median(figures.httpx)
    show(f"a request by httpx       {reference:6.3f} ms   {mine / reference:.2f}x")
    return 0


async def compared(url: str, running: tuple[int, str] | None, probes: int) -> Figures:
    """Measure all of them, in turns."""
    figures = Figures([], [], [], [])
    for _ in range(ROUNDS):
        figures.ours.append(await cpu_ms(lambda: observed(url), probes, time.process_time))
        figures.httpx.append(await cpu_ms(lambda: by_httpx(url), probes, time.process_time))
        if running:
            async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
                for times, path, expected in (
                    (figures.exporter, f"/probe?module=probe&target={url}", "probe_success 1\n"),
                    (figures.asked, "/-/healthy", "Healthy"),
                ):
                    ask = functools.partial(answered, client, running[1] + path, expected)
                    clock = functools.partial(cpu_s_of, running[0])
                    times.append(await cpu_ms(ask, probes, clock))
    return figures


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


async def answered(client: httpx.AsyncClient, url: str, expected: str) -> None:
    """Ask the exporter for something."""
    answer = await client.get(url)
    if expected not in answer.text:
        raise RuntimeError(answer.text)


async def cpu_ms(
    request: Callable[[], Awaitable[None]], count: int, clock: Callable[[], float]
) -> float:
    """Return the processor time of one request in milliseconds, several at once."""
    began = clock()
    left = iter(range(count))

    async def some() -> None:
        for _ in left:
            await request()

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    return (clock() - began) * 1000 / count


def cpu_s_of(pid: int) -> float:
    """Return the processor time of a process in seconds (proc(5): utime and stime)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def exporter() -> Iterator[tuple[int, str] | None]:
    """Run blackbox_exporter on loopback; yield its process and its address, None without it."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        yield None
        return
    with socket.create_server(("127.0.0.1", 0)) as free:
        where = f"127.0.0.1:{free.getsockname()[1]}"
    with tempfile.TemporaryDirectory() as scratch:
        settings = Path(scratch) / "modules.yml"
        settings.write_text(MODULE, encoding="utf-8")
        process = subprocess.Popen(
            [program, f"--config.file={settings}", f"--web.listen-address={where}"],
            stderr=subprocess.DEVNULL,
        )
        try:
            answers(f"http://{where}/-/healthy")
            yield process.pid, f"http://{where}"
        finally:
            process.terminate()
            process.wait()


def answers(url: str) -> None:
    """Wait until a server answers."""
    deadline = time.monotonic() + 10
    while True:
        try:
            httpx.get(url, trust_env=False).raise_for_status()
        except httpx.HTTPError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def show(text: str) -> None:
    """Print one line."""
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PROBES))
