"""Files that are no checklist: refused in one line that names them, and never waited for."""

import os
import socket
from pathlib import Path

import pytest

from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.load import load

LARGEST = 8 * 1024 * 1024


def refusal(path: Path) -> str:
    with pytest.raises(ChecklistError) as refused:
        load(path)
    return str(refused.value)


def test_a_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.md") == f"{tmp_path}/gone.md: no such file"


def test_a_file_taken_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("- [ ] a")
    assert refusal(tmp_path / "a.md" / "b.md").endswith("b.md: no such file")


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path}: a folder; a checklist is a file"


def test_a_pipe_that_nobody_writes_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert "not a regular file" in refusal(tmp_path / "pipe.md")


def test_a_pipe_that_takes_a_file_s_place_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plan.md").write_text("- [ ] a")
    was = (tmp_path / "plan.md").stat()
    os.mkfifo(tmp_path / "pipe.md")
    monkeypatch.setattr(Path, "stat", lambda _: was)
    assert "not a regular file" in refusal(tmp_path / "pipe.md")


def test_a_device() -> None:
    assert "not a regular file" in refusal(Path("/dev/zero"))


def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.md")
        assert "not a regular file" in refusal(Path("s.md"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("- [ ] a")
    (tmp_path / "a.md").chmod(0)
    assert refusal(tmp_path / "a.md").endswith("a.md: no permission to read it")


def test_a_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "a.md")
    assert "a.md: cannot be read: " in refusal(tmp_path / "a.md")


def test_a_name_with_a_nul(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a\0b").endswith("a\u2400b: not a file name")


def test_a_name_that_would_clear_the_screen(tmp_path: Path) -> None:
    assert "\x1b" not in refusal(tmp_path / "\x1b[2J.md")


def test_a_file_larger_than_any_checklist_is_refused_from_its_size(tmp_path: Path) -> None:
    path = tmp_path / "large.md"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    assert refusal(path).endswith("large.md: larger than 8 MiB")


def test_a_file_that_claims_no_size_is_still_read() -> None:
    """Files the kernel makes up, such as /proc/version, have a size of 0."""
    assert load(Path("/proc/version")).checklist.phases == ()


@pytest.mark.parametrize("name", ["plan.yaml", "plan.YML"])
def test_yaml_by_its_ending(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("- a")
    assert refusal(tmp_path / name) == f"{name}:1:1: expected keys with values, found a list"


@pytest.mark.parametrize("text", ["launchpad: 1\n", "\n# a comment\nlaunchpad:   # native\n"])
def test_yaml_by_its_first_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "plan.txt").write_text(text)
    assert "the key `title` is missing" in refusal(tmp_path / "plan.txt")


@pytest.mark.parametrize(
    "text", ["launchpad: a tool for us\n", "# A\n- [ ] a\n", "---\nlaunchpad: 1\n---\n- [ ] a\n"]
)
def test_what_only_mentions_launchpad_is_markdown(tmp_path: Path, text: str) -> None:
    (tmp_path / "plan.txt").write_text(text)
    assert load(tmp_path / "plan.txt").checklist.format == "markdown"


def test_a_path_may_be_a_string(tmp_path: Path) -> None:
    (tmp_path / "night.md").write_text("- [ ] a")
    document = load(str(tmp_path / "night.md"))
    assert (document.source.name, document.checklist.title) == ("night.md", "night")
