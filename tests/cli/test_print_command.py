"""print, and the sheets that run leaves beside the log: whole, narrow, private like the log."""

import os
from pathlib import Path

import pytest
from rich.cells import cell_len

from launchpad.export import sheet_files
from launchpad.log.address import open_log
from launchpad.session.live import LiveLaunch
from tests.cli.conftest import Shell

SECRET = "hunter2-very-secret"  # noqa: S105 - a canary


def sheets(shell: Shell) -> list[Path]:
    return sorted(shell.folder.glob("launch.db.sheets/*"))


def test_print_shows_the_sheet_of_the_launch_as_it_stands(acting: Shell) -> None:
    acting("tick", "migrations")
    done = acting("print")
    assert (done.status, done.err) == (0, "")
    assert "EMERGENCY SHEET - LIVE\n" in done.out
    assert "    $ echo back\n" in done.out
    assert "base-url    https://x.example\n" in done.out
    assert "  [x] All migrations are applied\n    passed by AB" in done.out
    assert "as of       event 2," in done.out
    assert max(map(cell_len, done.out.splitlines())) <= 80


def test_print_writes_a_file_and_says_so(acting: Shell) -> None:
    done = acting("print", "-o", "night.txt")
    written = (acting.folder / "night.txt").read_text(encoding="utf-8")
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith("night.txt: storefront-")
    assert "EMERGENCY SHEET - LIVE\n" in written


def test_print_gives_the_page_too(acting: Shell) -> None:
    assert acting("print", "--format", "html").out.startswith("<!DOCTYPE html>\n")
    assert acting("print", "--format", "html", "-o", "night.html").status == 0
    assert "<pre" in (acting.folder / "night.html").read_text(encoding="utf-8")


def test_a_locale_without_unicode_gets_ascii_within_80_columns(launchpad: Shell) -> None:
    launchpad.checklist.write_text(f"# {'漢字é' * 12}\n\n## A\n\n- [ ] {'名前 ' * 30}\n")
    launchpad.opens()
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}
    done = launchpad.process("print", env=environment)
    assert done.status == 0
    assert done.data.isascii()
    assert b"\\u540d" in done.data
    assert max(map(len, done.data.splitlines())) <= 80


def test_a_launch_leaves_its_sheets_beside_the_log_and_says_where(launchpad: Shell) -> None:
    launchpad.acting.write_text("")
    done = launchpad("run", "--no-console", launchpad.checklist)
    launch = done.out.strip()
    page, text = sheets(launchpad)
    assert (page.name, text.name) == (f"{launch}.html", f"{launch}.txt")
    assert f"emergency sheet: {page}, and as .txt\n" in done.err
    assert "EMERGENCY SHEET - LIVE\n" in text.read_text(encoding="utf-8")
    assert page.read_text(encoding="utf-8").endswith("</html>\n")


@pytest.mark.parametrize(("mode", "folder"), [(0o600, 0o700), (0o660, 0o770), (0o644, 0o755)])
def test_the_sheets_are_open_to_whom_the_log_is_open(opened: Shell, mode: int, folder: int) -> None:
    for path in sheets(opened):
        path.unlink()
    opened.log.with_name("launch.db.sheets").rmdir()
    opened.log.chmod(mode)
    launch = opened.opens("--another")
    made = opened.log.with_name("launch.db.sheets")
    assert made.stat().st_mode & 0o777 == folder
    assert {path.stat().st_mode & 0o777 for path in sheets(opened)} == {mode}
    assert [path.stem for path in sheets(opened)] == [launch, launch]


def test_a_launch_opens_though_its_sheets_cannot_be_written(launchpad: Shell) -> None:
    launchpad.log.with_name("launch.db.sheets").write_text("in the way")
    done = launchpad("run", "--no-console", launchpad.checklist)
    assert done.status == 0
    assert "NO EMERGENCY SHEET was written: " in done.err


def test_neither_a_link_nor_a_name_leads_out_of_the_folder(opened: Shell) -> None:
    folder = opened.log.with_name("launch.db.sheets")
    victim = opened.folder / "victim"
    victim.write_text("mine")
    (page, _) = sheets(opened)
    page.unlink()
    page.symlink_to(victim)
    log = open_log(str(opened.log), create=False)
    try:
        state = LiveLaunch(log, page.stem).state
        assert sheet_files.write_sheets(log, state, opened.folder) == page
        assert not page.is_symlink()
        folder.rename(opened.folder / "elsewhere")
        folder.symlink_to(opened.folder / "elsewhere")
        with pytest.raises(PermissionError, match="is a link"):
            sheet_files.write_sheets(log, state, opened.folder)
    finally:
        log.close()
    assert victim.read_text() == "mine"


def test_no_secret_is_on_any_sheet(launchpad: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOB_TOKEN", SECRET)
    launchpad.opens_acting()
    said = [path.read_text(encoding="utf-8") for path in sheets(launchpad)]
    said += [launchpad("print").out, launchpad("print", "--format", "html").out]
    assert len(said) == 4
    assert all("JOB_TOKEN" in each and SECRET not in each for each in said)


def test_a_rehearsal_says_on_its_sheets_that_it_is_one(launchpad: Shell) -> None:
    launchpad.opens_acting("--rehearse")
    for path in sheets(launchpad):
        said = path.read_text(encoding="utf-8")
        assert "REHEARSAL: nothing on this sheet is the launch" in said
        assert "rehearse-storefront" in said
