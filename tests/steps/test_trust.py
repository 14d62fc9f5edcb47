"""Nothing runs but what this account has trusted, to the byte."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from launchpad.checklist.encoding import Source, source_from_bytes
from launchpad.checklist.model import Checklist
from launchpad.launch.kinds import SourceText
from launchpad.steps.trust import Distrusted, NotTrusted, check, difference, earlier, trust
from tests.steps.documents import DOCUMENT, SCRIPTS, document

USER = "deploy"
Change = Callable[[Path], object]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a checklist's folder with its scripts."""
    folder = tmp_path / "storefront"
    folder.mkdir(mode=0o755)
    for name in SCRIPTS:
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def trusted(state: Path, home: Path) -> tuple[Source, Checklist]:
    """Return a document that is trusted."""
    source, checklist = document()
    trust(state, source, checklist, home, USER)
    return source, checklist


def test_what_was_trusted_may_run(
    state: Path, home: Path, trusted: tuple[Source, Checklist]
) -> None:
    found = check(state, *trusted, home, USER)
    assert {path.name for path in found.scripts} == set(SCRIPTS)


def test_what_the_log_kept_of_it_may_run(
    state: Path, home: Path, trusted: tuple[Source, Checklist]
) -> None:
    source, checklist = trusted
    kept = SourceText(
        name=source.name, sha256=source.sha256, encoding=source.encoding, text=source.text
    )
    assert check(state, kept, checklist, home, USER).scripts


def test_what_nobody_trusted_is_refused(state: Path, home: Path) -> None:
    with pytest.raises(NotTrusted, match=r"storefront\.yaml was never trusted"):
        check(state, *document(), home, USER)


def test_every_changed_byte_is_refused(
    state: Path, home: Path, trusted: tuple[Source, Checklist]
) -> None:
    data = DOCUMENT.encode()
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        source = source_from_bytes("storefront.yaml", changed)
        with pytest.raises(NotTrusted, match="changed since it was trusted"):
            check(state, source, trusted[1], home, USER)


def test_another_user_and_another_folder_are_refused(
    state: Path, home: Path, trusted: tuple[Source, Checklist], tmp_path: Path
) -> None:
    with pytest.raises(NotTrusted, match="trusted for deploy in"):
        check(state, *trusted, home, "root")
    with pytest.raises(NotTrusted, match="never trusted"):
        check(state, *trusted, tmp_path, USER)


@pytest.mark.parametrize(
    "change",
    [
        ("./switch.sh", "./other.sh"),
        ("./switch.sh, '${target}'", "./switch.sh"),
        ("jobs.sh off", "jobs.sh off; id"),
        ("STOREFRONT_TOKEN", "AWS_SECRET"),
        ("token.txt", "/root/.ssh/id_rsa"),
        ("[./ask.sh, storefront]", "[./ask.sh]"),
        ("secrets: [job-token]", "secrets: [file-token]"),
        ("http://127.0.0.1:9/", "http://127.0.0.1:10/"),
        ("[./print-env.sh]", "[./ask.sh]"),
    ],
)
def test_a_log_cannot_put_other_commands_under_trusted_bytes(
    state: Path, home: Path, trusted: tuple[Source, Checklist], change: tuple[str, str]
) -> None:
    """Its digest is the right one, what it says was read from it is not."""
    forged = document(DOCUMENT.replace(*change))[1]
    assert forged != trusted[1]
    with pytest.raises(NotTrusted, match="not those of the text that was trusted"):
        check(state, trusted[0], forged, home, USER)


def test_what_runs_nothing_may_be_read_otherwise_by_a_newer_program(
    state: Path, home: Path, trusted: tuple[Source, Checklist]
) -> None:
    source, checklist = trusted
    assert check(state, source, replace(checklist, title="Shopfront"), home, USER).scripts


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize(
    "change",
    [
        lambda script: script.write_text("#!/bin/sh\nrm -rf /\n"),
        lambda script: script.unlink(),
        lambda script: (script.unlink(), script.symlink_to("/bin/true")),
    ],
)
def test_a_script_that_changed_is_named(
    state: Path, home: Path, trusted: tuple[Source, Checklist], name: str, change: Change
) -> None:
    change(home / name)
    with pytest.raises(NotTrusted, match=f"{name} changed since it was trusted"):
        check(state, *trusted, home, USER)


def test_a_script_that_appears_was_not_trusted(state: Path, home: Path) -> None:
    (home / "switch.sh").unlink()
    trust(state, *document(), home, USER)
    assert check(state, *document(), home, USER).scripts
    (home / "switch.sh").write_text("#!/bin/sh\n")
    with pytest.raises(NotTrusted, match=r"switch\.sh changed"):
        check(state, *document(), home, USER)


@pytest.mark.parametrize("place", ["", "..", "switch.sh", "queue.py", "ask.sh"])
def test_what_every_account_may_write_is_never_trusted(state: Path, home: Path, place: str) -> None:
    (home / place).resolve().chmod(0o777)
    try:
        with pytest.raises(Distrusted, match="can be written by every account") as refused:
            trust(state, *document(), home, USER)
    finally:
        (home / place).resolve().chmod(0o700)
    assert str((home / place).resolve()) in str(refused.value)
    with pytest.raises(NotTrusted, match="never trusted"):
        check(state, *document(), home, USER)


def test_a_folder_in_which_everybody_may_leave_files_is_never_trusted(
    state: Path, home: Path
) -> None:
    """Such as /tmp, in which each may only remove their own."""
    home.chmod(0o1777)
    with pytest.raises(Distrusted, match="can be written by every account"):
        trust(state, *document(), home, USER)


@pytest.mark.parametrize("place", ["", "switch.sh"])
def test_what_can_be_written_by_others_since_is_refused(
    state: Path, home: Path, trusted: tuple[Source, Checklist], place: str
) -> None:
    (home / place).chmod(0o777)
    with pytest.raises(NotTrusted, match="may be changed by another account"):
        check(state, *trusted, home, USER)


def test_a_script_behind_a_link_counts_where_it_lies(
    state: Path, home: Path, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "real.sh").write_text("#!/bin/sh\n")
    (home / "switch.sh").unlink()
    (home / "switch.sh").symlink_to(shared / "real.sh")
    trust(state, *document(), home, USER)
    shared.chmod(0o777)
    with pytest.raises(NotTrusted, match="shared can be written by every account"):
        check(state, *document(), home, USER)


only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


@only_root
def test_what_belongs_to_another_account_is_never_trusted(state: Path, home: Path) -> None:
    os.chown(home / "switch.sh", 65534, -1)
    with pytest.raises(Distrusted, match=r"switch\.sh belongs to nobody"):
        trust(state, *document(), home, USER)


@only_root
def test_what_a_group_may_write_is_never_trusted(state: Path, home: Path) -> None:
    os.chown(home, -1, 1)
    home.chmod(0o775)
    with pytest.raises(Distrusted, match="can be written by the group"):
        trust(state, *document(), home, USER)


@only_root
def test_the_private_group_of_an_account_is_nobody_else(state: Path, home: Path) -> None:
    home.chmod(0o775)
    trust(state, *document(), home, USER)
    assert check(state, *document(), home, USER).scripts


def test_what_is_trusted_only_this_account_can_say(
    state: Path, home: Path, trusted: tuple[Source, Checklist]
) -> None:
    places = list((state / "trust").rglob("*"))
    for path in places:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)
    (record,) = [path for path in places if path.is_file()]
    record.chmod(0o666)
    with pytest.raises(NotTrusted, match="can be written by every account"):
        check(state, *trusted, home, USER)
    record.chmod(0o600)
    record.write_text("{")
    with pytest.raises(NotTrusted, match="cannot be read"):
        check(state, *trusted, home, USER)


def test_a_running_launch_stays_trusted_when_a_later_text_is_trusted_too(
    state: Path, home: Path, trusted: tuple[Source, Checklist]
) -> None:
    later = document(DOCUMENT.replace("title: Storefront", "title: Shopfront"))
    trust(state, *later, home, USER)
    assert check(state, *trusted, home, USER).scripts
    assert check(state, *later, home, USER).scripts


def test_the_difference_to_what_was_trusted_last_can_be_shown(
    state: Path, home: Path, trusted: tuple[Source, Checklist]
) -> None:
    assert earlier(state, home, "other.yaml") is None
    before = earlier(state, home, "storefront.yaml")
    assert before == DOCUMENT
    lines = difference(before, DOCUMENT.replace("title: Storefront", "title: \x1b[2J"))
    assert "-title: Storefront" in lines
    assert "+title: \u241b[2J" in lines
    assert len(lines) < 12
