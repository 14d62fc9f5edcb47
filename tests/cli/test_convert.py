"""`launchpad convert`: a new file or stdout, nothing overwritten, and `check` reads it."""

from pathlib import Path

import pytest

from tests.cli.conftest import ACTING, Shell


def test_what_is_written_is_read_again(launchpad: Shell) -> None:
    done = launchpad("convert", launchpad.checklist, "-o", "launch.new.yaml")
    assert (done.status, done.data) == (0, b"")
    assert done.err == (
        "launch.new.yaml: no probe to propose; look at it: launchpad check launch.new.yaml\n"
    )
    before = launchpad("check", launchpad.checklist, "--format", "json").json
    after = launchpad("check", "launch.new.yaml", "--format", "json").json
    assert after["counts"] == before["counts"]
    assert (after["title"], after["format"]) == ("Storefront cutover", "yaml")


def test_without_a_file_it_goes_to_stdout_and_nowhere_else(launchpad: Shell) -> None:
    done = launchpad("convert", launchpad.checklist)
    assert (done.status, done.err) == (0, "")
    assert "\nlaunchpad: 1\n" in done.out
    assert {path.name for path in launchpad.folder.iterdir()} <= {"launch.md", "state"}


@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
def test_nothing_is_overwritten(launchpad: Shell, kind: str) -> None:
    there = launchpad.folder / "launch.yaml"
    if kind == "file":
        there.write_text("mine")
    elif kind == "folder":
        there.mkdir()
    else:
        there.symlink_to("elsewhere.yaml")
    done = launchpad("convert", launchpad.checklist, "-o", there.name)
    assert (done.status, done.data) == (2, b"")
    assert done.err == "launchpad: launch.yaml: is there already; nothing is overwritten\n"
    assert kind != "file" or there.read_text() == "mine"
    assert not (launchpad.folder / "elsewhere.yaml").exists()


def test_a_native_checklist_is_refused(launchpad: Shell) -> None:
    launchpad.acting.write_text(ACTING)
    done = launchpad("convert", launchpad.acting)
    assert (done.status, done.data) == (2, b"")
    assert done.err == "launchpad: launch.yaml: is in the native format already\n"


def test_what_the_native_format_cannot_hold_is_refused_before_a_file_is_there(
    launchpad: Shell,
) -> None:
    launchpad.checklist.write_text("- [ ] a\ufffeb\n")
    done = launchpad("convert", launchpad.checklist, "-o", "out.yaml")
    assert (done.status, done.data) == (2, b"")
    assert done.err.startswith("launchpad: launch.md: the native format cannot hold it: ")
    assert done.err.count("\n") == 1
    assert not Path("out.yaml").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["convert", "missing.md"], "missing.md: no such file"),
        (["convert", "launch.md", "-o", "no/such/out.yaml"], "no/such/out.yaml"),
        (["convert"], "missing argument"),
    ],
)
def test_an_error_is_one_line(launchpad: Shell, words: list[str], said: str) -> None:
    done = launchpad(*words)
    assert (done.status, done.data) == (2, b"")
    assert said in done.err
    assert done.err.count("\n") == 1


def test_a_disk_that_fills_up_leaves_no_file(
    launchpad: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("launchpad.cli.converting.os.fsync", full)
    done = launchpad("convert", launchpad.checklist, "-o", "out.yaml")
    assert (done.status, done.err) == (2, "launchpad: No space left on device\n")
    assert not Path("out.yaml").exists()
