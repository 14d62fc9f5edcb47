"""The log's disk is full or has become read-only: NOT RECORDED in words, and nothing is lost."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e import processes
from tests.e2e.site import Site

pytestmark = pytest.mark.thorough

SMALL = "size=1m"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a small file system of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0 or mount("-t", "tmpfs", "-o", SMALL, "tmpfs", str(place)):
        pytest.skip("mounting a small file system takes root here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def small_site(disk: Path, site: Site) -> Site:
    """Give a site whose log lies on the small disk."""
    site.log = disk / "log.db"
    return site


def mount(*arguments: str) -> int:
    return subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode


def fill(disk: Path) -> Path:
    """Write until nothing more fits, and return the file to delete."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for piece in (b"x" * 4096, b"x"):
            try:
                while file.write(piece):
                    pass
            except OSError:
                continue
    return ballast


def test_a_full_disk_is_said_and_recording_goes_on_when_there_is_room(
    small_site: Site, disk: Path
) -> None:
    site = small_site
    launch = site.opened(site.document())
    console = site.attach(launch)
    console.press("space")
    console.sees("[x]", "Pooler", "passed")
    ballast = fill(disk)
    console.move_to("Migrations")
    console.press("e")
    console.sees("what happened")
    console.paste("n" * 9000)
    console.press("enter")
    console.sees("NOT RECORDED")
    assert not site.events(launch, "item.noted")
    console.press("escape")
    console.sees_not("esc leaves")
    console.sees("NOT RECORDED: ")
    assert "[x]" in console.line_of("Pooler"), console
    ballast.unlink()
    console.press("space")
    console.sees("[x]", "Migrations")
    console.sees_not("NOT RECORDED: ")
    assert [event.body["item"] for event in site.events(launch, "item.resulted")] == [
        "pooler",
        "migrations",
    ]
    assert site.launchpad("verify").returncode == 0


def test_a_log_that_may_no_longer_be_written_is_said_until_it_may(
    small_site: Site, disk: Path
) -> None:
    """A file system with an open log cannot be made read-only; its files can be immutable."""
    site = small_site
    launch = site.opened(site.document())
    console = site.attach(launch)
    (scribe,) = processes.children(console.pid)
    if freeze(disk):
        pytest.skip("this kernel's tmpfs knows no immutable files")
    os.kill(scribe, signal.SIGKILL)  # what is open stays writable: the next scribe finds it closed
    console.press("space")
    console.sees("NOT RECORDED")
    assert "[ ]" in console.line_of("Pooler"), console
    thaw(disk)
    console.settle()
    console.press("space")
    console.sees("[x]", "Pooler")
    console.sees_not("NOT RECORDED: ")


def freeze(disk: Path) -> int:
    return subprocess.run(["chattr", "+i", *disk.iterdir()], check=False).returncode


def thaw(disk: Path) -> None:
    subprocess.run(["chattr", "-i", *disk.iterdir()], check=True)
