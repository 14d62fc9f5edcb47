"""No answer takes more memory than it is given, however large it is or becomes."""

import asyncio
import zlib
from pathlib import Path

import pytest

from launchpad.probes.http import HttpSpec
from tests.probes.serving import Handler, answering, ok, request_of, result_of, serving

pytestmark = pytest.mark.thorough

MIB = 1024 * 1024
# By so much may an answer make this process larger, whatever it holds.
ROOM = 24 * MIB


def bomb(blocks: int) -> bytes:
    """Return a gzip member of so many MiB of zeros, each of 1 KiB; its checksum is never read."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff" + block * blocks


def endless(head: bytes, part: bytes) -> Handler:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(head)
        while True:
            writer.write(part)
            await writer.drain()

    return handle


TEN_GB = 10_000_000_000
LARGE: dict[str, Handler] = {
    "408 kB that are 419 MB": answering(ok(bomb(419), "Content-Encoding: gzip")),
    "10 GB": endless(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % TEN_GB, bytes(MIB)),
    "10 GB in chunks": endless(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"100000\r\n" + bytes(MIB) + b"\r\n",
    ),
    "one chunk of 10 GB": endless(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % TEN_GB, bytes(MIB)
    ),
    "one header of 10 GB": endless(b"HTTP/1.1 200 OK\r\nX: ", b"x" * MIB),
}


@pytest.mark.parametrize("wire_bytes", [64 * 1024, MIB])
@pytest.mark.parametrize("name", LARGE)
async def test_no_answer_takes_more_memory_than_it_is_given(name: str, wire_bytes: int) -> None:
    async with serving(LARGE[name]) as port:
        spec = HttpSpec(f"http://127.0.0.1:{port}/", wire_bytes=wire_bytes)
        await result_of(spec, "len([BODY]) > 0")  # what is loaded once is no part of it
        before = largest_yet(forget=True)
        result = await result_of(spec, "len([BODY]) > 0")
        grown = largest_yet() - before
    assert (result.state, result.reason) == ("error", "body-too-large")
    assert grown < ROOM, grown


def test_the_bomb_is_as_large_as_it_says() -> None:
    """And who reads all of it needs the memory: what is measured would show it."""
    packed = bomb(64)
    before = largest_yet(forget=True)
    assert len(zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(packed)) == 64 * MIB
    assert largest_yet() - before > 2 * ROOM
    assert len(bomb(419)) < 450_000


def largest_yet(*, forget: bool = False) -> int:
    """Return the most memory that this process had since it was last forgotten, in bytes."""
    if forget:
        Path("/proc/self/clear_refs").write_text("5")  # proc(5)
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("this kernel does not tell")
