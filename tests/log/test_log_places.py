"""Where a log may lie, and what is said when the place fails."""

import os
import resource
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from launchpad.launch.event import NO_EVENTS, Draft, Event, Head
from launchpad.log.address import open_log
from launchpad.log.errors import AddressRefused, LogGone, LogUnreadable, LogUnwritable
from launchpad.log.filesystem import refuse_network
from launchpad.log.guards import VERSION
from launchpad.log.sqlite import SqliteLog
from launchpad.log.store import Log
from tests.log.namespace import PREPARE, in_namespace
from tests.log.nobody import as_nobody, only_root

pytestmark = pytest.mark.thorough

MakeDraft = Callable[..., Draft]
Fill = Callable[..., list[Event]]


@pytest.mark.parametrize("address", ["postgres://host/db", "postgresql://host/db", "mysql://h/d"])
def test_only_paths_are_addresses_yet(address: str) -> None:
    with pytest.raises(LogUnreadable, match="SQLite files only"):
        open_log(address, create=True)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ada:hunter2@host/db",
        "postgresql://:hunter2@host/db",
        "postgresql://host/db?user=ada&password=hunter2",
        "host=db password=hunter2",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        open_log(address, create=True)
    assert "hunter2" not in str(refused.value)


def test_a_path_may_start_at_home_and_becomes_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for address in ("~/here.db", "there.db"):
        with closing(open_log(address, create=True)) as log:
            assert log.address == str(tmp_path / address.removeprefix("~/"))


@pytest.mark.parametrize(
    "name", ["a log.db", "50%.db", "what?.db", "#1.db", "ü.db", "a&mode=memory"]
)
def test_any_file_name_will_do(tmp_path: Path, name: str, fill: Fill) -> None:
    path = tmp_path / name
    with closing(open_log(str(path), create=True)) as log:
        fill(log, "L", 1)
    assert path.stat().st_size
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_a_new_log_takes_the_umask_and_its_folder_is_private(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        open_log(str(tmp_path / "state" / "launchpad" / "log.db"), create=True).close()
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "state/launchpad/log.db").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "state/launchpad").stat().st_mode) == 0o700


def test_an_existing_log_is_not_made_again(path: Path, log: SqliteLog, fill: Fill) -> None:
    fill(log, "L", 2)
    with closing(open_log(str(path), create=True)) as again:
        assert again.head("L") == log.head("L")


def test_an_empty_file_becomes_a_log_only_on_demand(path: Path) -> None:
    path.touch()
    with pytest.raises(LogUnreadable, match="is empty, no log"):
        open_log(str(path), create=False)
    assert path.stat().st_size == 0
    with closing(open_log(str(path), create=True)) as log:
        assert log.launches() == []


def make_text(path: Path) -> None:
    path.write_text("- [ ] a checklist\n" * 100)


def make_foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE events (launch, seq)")


def make_newer(path: Path) -> None:
    open_log(str(path), create=True).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")


def make_torn(path: Path) -> None:
    open_log(str(path), create=True).close()
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "there is no log"),  # noqa: ARG005 - nothing is made
        (Path.mkdir, "is a folder, no log"),
        (os.mkfifo, "is no ordinary file"),
        (make_text, "is not an SQLite file"),
        (make_foreign, "is an SQLite file of another program"),
        (make_newer, rf"was written by a newer Launchpad \(log version {VERSION + 1}"),
        (make_torn, "malformed"),
    ],
)
def test_what_is_no_log_is_refused_in_one_line_and_left_alone(
    path: Path, make: Callable[[Path], object], message: str
) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else None
    for create in (False, True) if before else (False,):
        with pytest.raises(LogUnreadable, match=message) as refused:
            open_log(str(path), create=create)
        assert "\n" not in str(refused.value)
        assert str(path) in str(refused.value)
    assert before is None or path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LogUnreadable, match="Not a directory"):
        open_log(str(tmp_path / "file" / "log.db"), create=True)


@pytest.mark.parametrize("change", ["deleted", "replaced", "moved"])
def test_a_log_that_is_no_longer_there_is_noticed(
    path: Path, log: SqliteLog, fill: Fill, draft: MakeDraft, tmp_path: Path, change: str
) -> None:
    """By whoever waits within 2 s, and by whoever writes at once: nothing goes into the void."""
    fill(log, "L", 1)
    while log.wait(0):
        pass
    if change == "moved":
        path.rename(tmp_path / "elsewhere.db")
    else:
        path.unlink()
    if change == "replaced":
        open_log(str(path), create=True).close()
    with pytest.raises(LogGone, match="moved, deleted or replaced"):
        log.append("L", log.head("L"), lambda _new: [draft("L")])
    start = time.monotonic()
    with pytest.raises(LogGone, match="moved, deleted or replaced"):
        log.wait(10)
    assert time.monotonic() - start < 2


def test_a_wait_that_is_under_way_notices_too(path: Path, log: SqliteLog) -> None:
    while log.wait(0):
        pass
    timer = threading.Timer(0.1, path.unlink)
    timer.start()
    start = time.monotonic()
    with pytest.raises(LogGone):
        log.wait(10)
    assert time.monotonic() - start < 2
    timer.join()


def test_a_log_that_was_rewritten_under_a_reader_is_not_continued(
    path: Path, log: SqliteLog, fill: Fill, draft: MakeDraft
) -> None:
    events = fill(log, "L", 2)
    for head in (Head(2, events[0].hash), Head(1, events[1].hash), Head(7, events[1].hash)):
        with pytest.raises(LogUnreadable, match="replaced or rewritten"):
            log.append("L", head, lambda _new: [draft("L")])
    assert list(log.events("L")) == events


def test_another_program_that_keeps_the_lock_is_named_as_the_cause(
    path: Path, log: SqliteLog, draft: MakeDraft
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LogUnwritable, match="another program kept it locked for 5 s"):
            log.append("L", NO_EVENTS, lambda _new: [draft("L")])
        other.execute("ROLLBACK")
    assert len(log.append("L", NO_EVENTS, lambda _new: [draft("L")])) == 1


def append_until_refused(log: Log, draft: MakeDraft, events: list[Event]) -> None:
    for _ in range(200):
        made = draft("L", body={"text": "x" * 10_000})
        events += log.append("L", log.head("L"), lambda _new, made=made: [made])  # type: ignore[misc]  # the default is what binds it


def test_a_file_size_limit_is_no_silent_success(
    path: Path, log: SqliteLog, fill: Fill, draft: MakeDraft
) -> None:
    events = fill(log, "L", 3)
    log.close()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with closing(open_log(str(path), create=False)) as limited:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
        try:
            with pytest.raises(LogUnwritable, match="not recorded"):
                append_until_refused(limited, draft, events)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert list(limited.events("L")) == events


def test_a_full_disk_loses_nothing_acknowledged_and_is_named(tmp_path: Path) -> None:
    """And once there is room again, the same log goes on."""
    said = in_namespace(
        PREPARE
        + """
open(folder + "/ballast", "wb").write(bytes(60_000))
try:
    while True:
        append(3000)
except LogUnwritable as error:
    print(error)
print(len(list(log.events("L"))) == acknowledged > 5)
os.unlink(folder + "/ballast")
append()
print(len(list(log.events("L"))) == acknowledged, verify_log(log)[0].intact)
log.close()
""",
        tmp_path,
    )
    message, kept, resumed = said.splitlines()
    assert "not recorded: database or disk is full" in message
    assert (kept, resumed) == ("True", "True True")


def test_a_disk_that_turns_read_only_is_named_and_stays_readable(tmp_path: Path) -> None:
    """Opened before and after, with and without the files that WAL keeps beside the log."""
    said = in_namespace(
        PREPARE
        + """
append()
log.close()
mount("-o", "remount,ro")
log = open_log(path, create=False)
print(len(list(log.events("L"))), sorted(os.listdir(folder)), log.wait(0.1))
print(refused())
print(verify_log(path)[0])
mount("-o", "remount,rw")
append()
other = open_log(path, create=False)
print(len(list(log.events("L"))), log.wait(1), len(list(other.events("L"))))
log.close()
other.close()
""",
        tmp_path,
    )
    opened, message, verdict, followed = said.splitlines()
    assert opened == "1 ['log.db'] False"
    assert "not recorded: the file or its folder is read-only here" in message
    assert verdict == "L: 1 entries, intact, end not anchored"
    assert followed == "2 True 2"


def test_newest_entries_that_cannot_be_read_are_not_passed_over(tmp_path: Path) -> None:
    """A WAL left behind on a read-only disk holds what the file itself does not."""
    said = in_namespace(
        PREPARE
        + """
from launchpad.log.errors import LogUnreadable
append()
import shutil
for name in ("log.db", "log.db-wal"):
    shutil.copy(folder + "/" + name, folder + "/copy" + name.removeprefix("log"))
log.close()
mount("-o", "remount,ro")
try:
    print(len(list(open_log(folder + "/copy.db", create=False).events("L"))))
except LogUnreadable as error:
    print(error)
""",
        tmp_path,
    )
    assert "newest entries are in copy.db-wal" in said or said == "1\n"


@only_root
def test_a_file_one_may_not_read_or_write_is_said(path: Path, log: SqliteLog, fill: Fill) -> None:
    fill(log, "L", 1)
    log.close()
    script = """
    from launchpad.launch.event import NO_EVENTS, Draft, Stamp
    from launchpad.log.address import open_log
    from launchpad.log.errors import LogError
    try:
        log = open_log(sys.argv[1], create=True)
        print(len(list(log.events("L"))))
        stamp = Stamp("2026-01-01T00:00:00.000Z", "1", "boot", "host")
        log.append("M", NO_EVENTS, lambda _new: [Draft("M", "u", "k", stamp, {}, {})])
    except LogError as error:
        print(error)
    """
    path.chmod(0o644)
    read, refused = as_nobody(script, path)
    assert read == "1"
    assert "not recorded" in refused
    path.chmod(0o600)
    (refused,) = as_nobody(script, path)
    assert "you may not read it" in refused


NFS, FUSE, EXT4 = 0x6969, 0x65735546, 0xEF53


@pytest.mark.parametrize("magic", [NFS, 0xFF534D42, 0xFE534D42, 0x01021997, 0x00C36400])
def test_network_file_systems_are_refused(tmp_path: Path, magic: int) -> None:
    with pytest.raises(LogUnreadable, match="lies on a network file system"):
        refuse_network(tmp_path / "not" / "yet" / "log.db", magic=lambda _path: magic)


@pytest.mark.parametrize(
    ("kind", "local"),
    [
        ("fuse.sshfs", False),
        ("fuse.s3fs", False),
        ("fuse.rclone", False),
        ("fuse.glusterfs", False),
        ("virtiofs", False),
        ("fuseblk", True),
        ("fuse.fuse-overlayfs", True),
    ],
)
def test_fuse_is_told_apart_by_the_mount_table(tmp_path: Path, kind: str, local: bool) -> None:
    device = tmp_path.stat().st_dev
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 7:99 / /proc rw shared:1 - proc proc rw\n"
        f"36 35 {os.major(device)}:{os.minor(device)} / /a\\040b rw - {kind} there rw\n"
    )
    if local:
        refuse_network(tmp_path, magic=lambda _path: FUSE, mounts=mounts)
    else:
        with pytest.raises(LogUnreadable, match=kind):
            refuse_network(tmp_path, magic=lambda _path: FUSE, mounts=mounts)


def test_fuse_that_no_mount_table_names_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mountinfo").touch()
    with pytest.raises(LogUnreadable, match="FUSE"):
        refuse_network(tmp_path, magic=lambda _path: FUSE, mounts=tmp_path / "mountinfo")


def test_a_local_disk_is_not_refused(tmp_path: Path) -> None:
    refuse_network(tmp_path, magic=lambda _path: EXT4)
    refuse_network(tmp_path)
    refuse_network(Path("/dev/shm/there is no such file"))


def test_attaching_imports_nothing_heavy(path: Path, log: SqliteLog) -> None:
    script = f"""
    import sys
    from launchpad.log.address import open_log
    open_log({str(path)!r}, create=False).close()
    print(*sorted({{"sqlite_utils", "pydantic", "asyncio", "httpx"}} & set(sys.modules)))
    """
    done: Any = subprocess.run(
        [sys.executable, "-c", dedent(script)], check=True, capture_output=True
    )
    assert done.stdout.strip() == b""
