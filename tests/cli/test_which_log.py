"""Which log is meant, and why."""

from pathlib import Path

import pytest

from launchpad.cli.configuration import checklist_log, log_address
from launchpad.cli.misused import Misused
from tests.cli.conftest import ACTING, Shell


def configure(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / ".launchpad.toml").write_text(text)
    return folder


def test_flag_environment_checklist_file_and_state_folder_come_in_this_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    beside = configure(tmp_path / "beside", 'log = "a.db"\n')
    here = configure(tmp_path / "here", 'log = "../b.db"\n')
    environment = {"LAUNCHPAD_LOG": "env.db"}
    assert log_address("flag.db", environment, [beside]).address == "flag.db"
    assert log_address(None, environment, [beside]).address == "env.db"
    checklist = checklist_log("../night.db", beside / "launch.yaml")
    assert log_address("flag.db", environment, [beside], checklist).address == "flag.db"
    assert log_address(None, environment, [beside], checklist).address == "env.db"
    assert log_address(None, {}, [beside], checklist).address == str(tmp_path / "night.db")
    assert log_address(None, {}, [beside, here]).address == str(beside / "a.db")
    assert log_address(None, {}, [here]).address == str(tmp_path / "b.db")
    default = log_address(None, {"LAUNCHPAD_LOG": ""}, [tmp_path])
    assert default.address == str(tmp_path / "state" / "launchpad" / "log.db")
    assert "default" in default.reason


def test_a_file_without_the_key_is_passed_over(tmp_path: Path) -> None:
    empty = configure(tmp_path / "empty", 'other = "x"\n')
    full = configure(tmp_path / "full", 'log = "/srv/l.db"\n')
    assert log_address(None, {}, [empty, full]).address == "/srv/l.db"


@pytest.mark.parametrize("text", ["log = \n", "log = 4\n", 'log = ""\n'])
def test_a_file_that_makes_no_sense_is_named_and_nothing_is_guessed(
    tmp_path: Path, text: str
) -> None:
    with pytest.raises(Misused, match=r"\.launchpad\.toml"):
        log_address(None, {}, [configure(tmp_path / "here", text)])


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".launchpad.toml").write_bytes(b"log = '\xff'")
    with pytest.raises(Misused, match=r"\.launchpad\.toml"):
        log_address(None, {}, [tmp_path])


def test_run_looks_beside_the_checklist_first_and_tells_colleagues_the_whole_path(
    bare: Shell,
) -> None:
    beside = configure(bare.folder / "plans", 'log = "night.db"\n')
    configure(bare.folder, 'log = "here.db"\n')
    (beside / "launch.md").write_bytes(bare.checklist.read_bytes())
    done = bare("run", "plans/launch.md", "--no-console", "--initials", "AB")
    assert f"launchpad attach --log {beside}/night.db --launch storefront-" in done.err
    assert (beside / "night.db").exists()


def test_without_anything_said_the_log_is_in_the_state_folder(bare: Shell) -> None:
    bare.opens("--initials", "AB")
    assert (bare.folder / "state" / "launchpad" / "log.db").exists()
    assert bare("status").status == 0


def test_run_opens_the_launch_in_the_log_that_its_checklist_names(bare: Shell) -> None:
    configure(bare.folder, 'log = "here.db"\n')
    bare.acting.write_text(ACTING.replace("vars:", "log: logs/night.db\nvars:", 1))
    (bare.folder / "logs").mkdir()
    words = ["--no-console", "--initials", "AB", "--trust", "--var", "base-url=https://x"]
    assert bare("run", "launch.yaml", *words).status == 0
    assert (bare.folder / "logs" / "night.db").exists()
    assert not (bare.folder / "here.db").exists()
    assert bare("run", "launch.yaml", *words, "--log", "flag.db").status == 0
    assert (bare.folder / "flag.db").exists()
