"""A log that an older Launchpad made: migrated by whoever may, readable by whoever may not."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from launchpad.launch.event import NO_EVENTS, Draft, Event, Head
from launchpad.log import schema
from launchpad.log.address import open_log
from launchpad.log.appending import _row
from launchpad.log.chain import seal
from launchpad.log.errors import LogUnwritable
from launchpad.log.guards import APPLICATION_ID, GUARDS, VERSION, missing_guards
from launchpad.log.sqlite import SqliteLog
from launchpad.log.store import Log
from launchpad.log.verify import verify_log
from tests.log.holder import make_lease, renewed, sample
from tests.log.namespace import in_namespace
from tests.log.nobody import as_nobody, only_root

MakeDraft = Callable[..., Draft]

# Version 1, as it was released; not taken from `schema`, which only knows how to get on from it.
OLD = (
    "PRAGMA journal_mode = WAL",
    (
        "CREATE TABLE _sqlite_migrations"
        " (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)"
    ),
    (
        "CREATE UNIQUE INDEX idx__sqlite_migrations_migration_set_name"
        " ON _sqlite_migrations (migration_set, name)"
    ),
    "INSERT INTO _sqlite_migrations VALUES (1, 'launchpad', 'events_and_seats', '2026-01-01')",
    (
        "CREATE TABLE events ("
        " launch TEXT NOT NULL, seq INTEGER NOT NULL CHECK (seq >= 1), uid TEXT NOT NULL,"
        " kind TEXT NOT NULL, at TEXT NOT NULL, mono_ns TEXT NOT NULL, boot_id TEXT NOT NULL,"
        " host TEXT NOT NULL, actor TEXT NOT NULL, body TEXT NOT NULL, prev_hash TEXT,"
        " key TEXT, signature TEXT, hash TEXT NOT NULL,"
        " PRIMARY KEY (launch, seq), UNIQUE (launch, uid)"
        ") STRICT"
    ),
    (
        "CREATE TABLE seats ("
        " seat TEXT NOT NULL PRIMARY KEY, launch TEXT NOT NULL, initials TEXT NOT NULL,"
        " name TEXT NOT NULL, role TEXT NOT NULL, host TEXT NOT NULL, via TEXT NOT NULL,"
        " since TEXT NOT NULL, boot_id TEXT NOT NULL, beat_ns INTEGER NOT NULL"
        ") STRICT"
    ),
    *GUARDS.values(),
    f"PRAGMA application_id = {APPLICATION_ID}",
    "PRAGMA user_version = 1",
)


@pytest.fixture
def old(path: Path, draft: MakeDraft) -> list[Event]:
    """Make a log of version 1 with two events of a launch L."""
    events = [seal(draft("L"), NO_EVENTS)]
    events.append(seal(draft("L"), Head(1, events[0].hash)))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in OLD:
            connection.execute(statement)
        for row in map(_row, events):
            names = ", ".join(row)
            places = ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT INTO events ({names}) VALUES ({places})", row)  # noqa: S608 - column names
    return events


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)


def can_conduct(log: Log) -> bool:
    lease = make_lease("L", None)
    assert log.take_lease(lease, None)
    lease = renewed(lease)
    return log.beat(lease, [sample(lease)]) and log.samples("L", "health", 9) == [sample(lease)]


@pytest.mark.parametrize("create", [True, False])
def test_an_older_log_is_migrated_when_it_is_opened(
    old: list[Event], path: Path, draft: MakeDraft, create: bool
) -> None:
    with closing(open_log(str(path), create=create)) as log:
        assert version_of(path) == VERSION
        assert list(log.events("L")) == old
        assert can_conduct(log)
        log.append("L", log.head("L"), lambda _new: [draft("L")])
    assert [str(verdict) for verdict in verify_log(path)] == [
        "L: 3 entries, intact, end not anchored"
    ]


def test_the_guards_stand_after_the_migration(old: list[Event], path: Path) -> None:
    open_log(str(path), create=False).close()
    with closing(sqlite3.connect(path)) as connection:
        assert missing_guards(connection) == []
        for statement in ("DELETE FROM events", "UPDATE events SET body = '{}'"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)


def test_whoever_had_the_older_log_open_goes_on(
    old: list[Event], path: Path, draft: MakeDraft
) -> None:
    """Reading, appending, and conducting from the moment that another migrated it."""
    with closing(SqliteLog(str(path))) as early:
        assert early.lease("L") is None
        open_log(str(path), create=False).close()
        early.append("L", early.head("L"), lambda _new: [draft("L")])
        assert early.head("L").seq == 3
        assert can_conduct(early)


@pytest.fixture
def unmigrated(old: list[Event], path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    """Open the log while another program keeps anybody from migrating it."""
    monkeypatch.setattr(schema, "_PATIENCE_S", 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        log = open_log(str(path), create=False)
        other.execute("ROLLBACK")
    assert version_of(path) == 1
    yield log
    log.close()


def test_an_older_log_that_cannot_be_migrated_now_is_read_and_appended_to(
    unmigrated: Log, old: list[Event], draft: MakeDraft
) -> None:
    """It has no leases, samples and outputs, and who wants to conduct is told what to do."""
    assert list(unmigrated.events("L")) == old
    assert unmigrated.lease("L") is None
    assert unmigrated.latest_samples("L", ["health"]) == {}
    assert unmigrated.samples("L", "health", 9) == []
    assert unmigrated.outputs("L", 1, "step", 1) == ""
    lease = make_lease("L", None)
    assert not unmigrated.beat(renewed(lease))
    with pytest.raises(LogUnwritable, match="older version; open it again"):
        unmigrated.take_lease(lease, None)
    assert len(unmigrated.append("L", unmigrated.head("L"), lambda _new: [draft("L")])) == 1


READ = """
import sys, time
from launchpad.log.address import open_log
began = time.monotonic()
log = open_log(sys.argv[1], create=False)
print(len(list(log.events("L"))), log.lease("L"), log.samples("L", "health", 9))
print(time.monotonic() - began < 2)
"""


def test_an_older_log_on_a_read_only_disk_is_read(
    old: list[Event], path: Path, tmp_path: Path
) -> None:
    said = in_namespace(
        """
import subprocess, sys
subprocess.run(["mount", "--bind", sys.argv[2], sys.argv[2]], check=True)
subprocess.run(["mount", "-o", "remount,bind,ro", sys.argv[2]], check=True)
"""
        + READ,
        path,
        tmp_path,
    )
    assert said == "2 None []\nTrue\n"
    assert version_of(path) == 1


@only_root
def test_an_older_log_of_somebody_else_is_read(old: list[Event], path: Path) -> None:
    path.chmod(0o644)
    assert as_nobody(READ, path) == ["2 None []", "True"]
    assert version_of(path) == 1
