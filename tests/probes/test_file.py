"""What is seen of a file, and what a file cannot do to who looks at it."""

import asyncio
import getpass
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpad.probes import file_look
from launchpad.probes.file import FileSpec
from launchpad.probes.in_thread import in_thread
from tests.probes.serving import result_of

VALUE = "hunter2-the-key"
DEADLINE_S = 0.3
LIMIT_S = 10.0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "app.json"
    path.write_text(f'{{"version": "2.3", "key": "{VALUE}", "replicas": 4}}')
    path.chmod(0o640)
    return path


@pytest.mark.parametrize(
    "condition",
    [
        "[EXISTS] == true",
        "[MODE] == 0640",
        "[MODE] != pat(*7)",
        f"[OWNER] == {getpass.getuser()}",
        "[SIZE] < 1KiB",
        "[SIZE] > 10",
        "[BODY] == pat(*version*)",
        "[BODY].version == 2.3",
        "[BODY].replicas >= 3",
        "has([BODY].key) == true",
        "len([BODY].key) == 15",
    ],
)
async def test_a_file_is_seen(file: Path, condition: str) -> None:
    result = await result_of(FileSpec(str(file)), condition)
    assert (result.state, result.detail) == ("success", "")


@pytest.mark.parametrize(("mode", "shown"), [(0o4755, "4755"), (0o004, "0004"), (0, "0000")])
async def test_all_four_digits_of_a_mode_are_seen(file: Path, mode: int, shown: str) -> None:
    """Whether or not the file may be read."""
    os.chmod(file, mode)  # noqa: PTH101 - which blocks no less
    assert (await result_of(FileSpec(str(file)), f"[MODE] == {shown}")).state == "success"


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ("[BODY] == other", "[BODY] (hidden) == other"),
        ("[BODY].key == other", "[BODY].key (hidden) == other"),
        ("[BODY].replicas == 5", "[BODY].replicas (hidden) == 5"),
        ("[BODY].missing == 5", "[BODY].missing (missing) == 5"),
        ("len([BODY].key) == 5", "len([BODY].key) (15) == 5"),
    ],
)
async def test_what_a_file_holds_decides_and_is_not_shown(
    file: Path, condition: str, shown: str
) -> None:
    result = await result_of(FileSpec(str(file)), condition)
    assert (result.state, result.shown) == ("failed", shown)
    assert VALUE not in repr(result)


@pytest.mark.parametrize("name", ["missing", "app.json/below", "dangling"])
async def test_that_there_is_no_file_is_an_answer(file: Path, name: str) -> None:
    (file.parent / "dangling").symlink_to("nowhere")
    spec = FileSpec(str(file.parent / name))
    result = await result_of(spec)
    assert (result.state, result.shown) == ("failed", "[EXISTS] (false) == true")
    assert (await result_of(spec, "[EXISTS] == false")).state == "success"
    assert (await result_of(spec, "[MODE] == 0600")).state == "inconclusive"


async def test_a_link_is_followed(file: Path) -> None:
    (file.parent / "link").symlink_to(file)
    assert (await result_of(FileSpec(str(file.parent / "link")), "[MODE] == 0640")).state == (
        "success"
    )


@pytest.mark.parametrize("path", ["/proc/self/fd/\0", f"/{'x' * 300}", "loop"])
async def test_what_cannot_be_looked_at_is_an_error(tmp_path: Path, path: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    result = await result_of(FileSpec(str(tmp_path / path)))
    assert (result.state, result.reason) == ("error", "source-unreadable")


@pytest.mark.parametrize("kind", ["pipe", "folder", "socket", "device"])
async def test_only_a_regular_file_is_read(tmp_path: Path, kind: str) -> None:
    """Whatever else it is is there, has a mode, and is waited for by nobody."""
    path = tmp_path / kind
    if kind == "pipe":
        os.mkfifo(path, 0o600)
    elif kind == "folder":
        path.mkdir(0o600)
    elif kind == "device":
        path = Path("/dev/zero")
    else:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(path))
    spec = FileSpec(str(path))
    there = await result_of(spec, "[EXISTS] == true", timeout_s=DEADLINE_S)
    assert (there.state, there.detail) == (
        "success",
        f"{path}: it is not read: it is not a regular file",
    )
    read = await result_of(spec, "has([BODY]) == true", timeout_s=DEADLINE_S)
    assert (read.state, read.reason) == ("error", "source-unreadable")


async def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * (file_look.LARGEST + 1))
    spec = FileSpec(str(tmp_path / "large"))
    assert (await result_of(spec, "[SIZE] > 64KiB")).state == "success"
    read = await result_of(spec, "[BODY] == pat(*x*)")
    assert (read.state, read.reason) == ("error", "body-too-large")
    (tmp_path / "large").write_bytes(b"x" * file_look.LARGEST)
    assert (await result_of(spec, "[BODY] == pat(*x*)")).state == "success"


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Path]:
    """Return a pipe that hangs whoever opens it, and let go of them afterwards."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    yield path
    # What waits for a writer ends with the first that comes.
    ends_s = time.monotonic() + LIMIT_S
    while any(thread.name == str(path) for thread in threading.enumerate()):
        assert time.monotonic() < ends_s
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
        except OSError:
            time.sleep(0.01)


def hangs(path: str) -> bool:
    """Wait in the kernel, as a file system does whose server is gone."""
    threading.current_thread().name = path
    with Path(path).open("rb"):
        return True


async def test_a_file_system_that_does_not_answer_is_cut_at_the_deadline(
    pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And leaves one thread behind, however often it is looked at."""
    monkeypatch.setattr(file_look, "_look", hangs)
    before = threading.active_count()
    began = time.monotonic()
    results = await asyncio.gather(
        *(result_of(FileSpec(str(pipe)), timeout_s=DEADLINE_S) for _ in range(5))
    )
    took = time.monotonic() - began
    again = await result_of(FileSpec(str(pipe)), timeout_s=0.05)
    assert {(each.state, each.reason) for each in (*results, again)} == {("error", "timeout")}
    assert DEADLINE_S <= took < DEADLINE_S + 0.5
    assert threading.active_count() == before + 1


async def test_what_hung_is_looked_at_anew_once_it_answers(pipe: Path) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await in_thread(hangs, str(pipe))
    waiting = asyncio.create_task(in_thread(hangs, str(pipe)))
    await asyncio.sleep(0)
    writing = os.open(pipe, os.O_RDWR)
    async with asyncio.timeout(LIMIT_S):
        assert await waiting
        assert await in_thread(hangs, str(pipe))
    os.close(writing)


ENDING = """\
import asyncio, sys
from launchpad.probes import in_thread

async def main():
    async with asyncio.timeout(0.1):
        await in_thread.in_thread(lambda path: open(path).read(), sys.argv[1])

try:
    asyncio.run(main())
except TimeoutError:
    print("timeout")
"""


def test_a_program_ends_although_a_file_system_hangs(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = subprocess.run(
        [sys.executable, "-c", ENDING, str(tmp_path / "pipe")],
        capture_output=True,
        check=True,
        timeout=LIMIT_S,
    )
    assert done.stdout == b"timeout\n"
