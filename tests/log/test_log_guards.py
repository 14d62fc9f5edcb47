"""Events are append-only for every ordinary tool, also after a migration rebuilt their table."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils
from sqlite_utils.migrations import Migrations

from launchpad.launch.event import Event
from launchpad.log import schema
from launchpad.log.address import open_log
from launchpad.log.errors import LogUnreadable
from launchpad.log.guards import APPLICATION_ID, GUARDS, VERSION, missing_guards
from launchpad.log.reading import COLUMNS
from launchpad.log.sqlite import SqliteLog

Fill = Callable[..., list[Event]]

NAMES = ", ".join(COLUMNS)
COPY = f"SELECT {NAMES} FROM events WHERE seq = 1"  # noqa: S608 - constants only
OTHER = COPY.replace("launch, seq, uid", "1, 'M', 1, uid")
AGAIN = COPY.replace("launch, seq, uid", "launch, seq, 'other'")
SAME_UID = COPY.replace("launch, seq, uid", "launch, 99, uid")


@pytest.fixture
def recorded(log: SqliteLog, fill: Fill) -> list[Event]:
    return fill(log, "L", 3)


@pytest.fixture
def plain(path: Path, recorded: list[Event]) -> Iterator[sqlite3.Connection]:
    """Connect as any other program does, with SQLite's defaults."""
    with closing(sqlite3.connect(path)) as connection:
        yield connection


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET body = '{}' WHERE seq = 2",
        "UPDATE OR REPLACE events SET seq = 1 WHERE seq = 2",
        "DELETE FROM events WHERE seq = 3",
        "DELETE FROM events",
        f"INSERT OR REPLACE INTO events {AGAIN}",
        f"INSERT OR REPLACE INTO events {SAME_UID}",
        f"INSERT OR IGNORE INTO events {AGAIN}",
        f"REPLACE INTO events {AGAIN}",
        f"REPLACE INTO events (rowid, {NAMES}) {OTHER}",
        f"INSERT INTO events {AGAIN} ON CONFLICT DO UPDATE SET body = '{{}}'",
        f"INSERT INTO events {SAME_UID} ON CONFLICT (launch, uid) DO UPDATE SET body = '{{}}'",
    ],
)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_plain_sql_cannot_change_an_event(
    plain: sqlite3.Connection,
    log: SqliteLog,
    recorded: list[Event],
    statement: str,
    recursive: str,
) -> None:
    plain.execute(f"PRAGMA recursive_triggers = {recursive}")
    with pytest.raises(sqlite3.IntegrityError, match="events are append-only"):
        plain.execute(statement)
    plain.rollback()
    assert list(log.events("L")) == recorded


@pytest.mark.parametrize(
    "change",
    [
        lambda table, _row: table.update(("L", 2), {"body": "{}"}),
        lambda table, _row: table.delete(("L", 2)),
        lambda table, _row: table.delete_where("seq > 1"),
        lambda table, row: table.insert(row | {"body": "{}"}, replace=True),
        lambda table, row: table.upsert(row | {"body": "{}"}, pk=("launch", "seq")),
        lambda table, row: table.insert(row | {"body": "{}"}, ignore=True),
    ],
    ids=["update", "delete", "delete_where", "replace", "upsert", "ignore"],
)
def test_sqlite_utils_cannot_change_an_event(
    path: Path, log: SqliteLog, recorded: list[Event], change: Callable[[Any, Any], object]
) -> None:
    database = sqlite_utils.Database(path)
    row = next(iter(database["events"].rows))
    with pytest.raises(sqlite3.IntegrityError, match="events are append-only"):
        change(database["events"], row)
    database.close()
    assert list(log.events("L")) == recorded


@pytest.mark.parametrize("name", list(GUARDS))
def test_a_log_without_one_of_its_guards_is_not_opened(
    plain: sqlite3.Connection, path: Path, name: str
) -> None:
    plain.execute(f"DROP TRIGGER {name}")
    plain.commit()
    with pytest.raises(LogUnreadable, match=f"guards are missing or changed .*{name}"):
        open_log(str(path), create=True)


def test_a_guard_that_was_weakened_is_not_taken_for_one(
    plain: sqlite3.Connection, path: Path
) -> None:
    plain.execute("DROP TRIGGER events_no_delete")
    plain.execute(
        "CREATE TRIGGER events_no_delete BEFORE DELETE ON events WHEN 0 BEGIN SELECT 1; END"
    )
    plain.commit()
    with pytest.raises(LogUnreadable, match="events_no_delete"):
        open_log(str(path), create=False)


def objects(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    return set(
        connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE '%sqlite_%'"
        )
    )


@pytest.mark.parametrize("known", range(len(schema.MIGRATIONS._migrations)))
def test_every_older_log_is_migrated_to_what_a_new_one_is(
    tmp_path: Path, path: Path, log: SqliteLog, known: int
) -> None:
    """From blank, too: known counts the migrations that the older program had."""
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        stop = schema.MIGRATIONS._migrations[known].name
        schema.MIGRATIONS.apply(sqlite_utils.Database(connection), stop_before=stop)
        if known:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {known}")
        schema.migrate(connection, schema.MIGRATIONS, VERSION)
        with closing(sqlite3.connect(path)) as new:
            assert objects(connection) == objects(new)
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_guards_stand_again_after_a_migration_that_rebuilds_the_table(
    path: Path, log: SqliteLog, recorded: list[Event]
) -> None:
    """That sqlite-utils' transform drops them is shown on the way, or this would prove nothing."""
    later = Migrations("launchpad")
    for migration in schema.MIGRATIONS._migrations:
        later(name=migration.name)(migration.fn)
    bare: list[list[str]] = []

    @later()
    def rebuild(db: sqlite_utils.Database) -> None:
        db.table("events").transform(not_null={"kind"}, column_order=["seq", "launch"])
        bare.append(missing_guards(db.conn))

    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        schema.migrate(connection, later, VERSION + 1)
        assert bare == [list(GUARDS)]
        assert missing_guards(connection) == []
        for statement in ("DELETE FROM events", "UPDATE events SET body = '{}'"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)
    assert list(log.events("L")) == recorded


def test_a_migration_that_fails_leaves_the_log_as_it_was(
    path: Path, log: SqliteLog, recorded: list[Event]
) -> None:
    broken = Migrations("launchpad")
    for migration in schema.MIGRATIONS._migrations:
        broken(name=migration.name)(migration.fn)

    @broken()
    def half(db: sqlite_utils.Database) -> None:
        db.execute("DROP TABLE events")
        raise RuntimeError("half way")

    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        with pytest.raises(RuntimeError, match="half way"):
            schema.migrate(connection, broken, VERSION + 1)
        assert missing_guards(connection) == []
    assert list(log.events("L")) == recorded


def test_creators_at_the_same_moment_all_get_the_same_log(
    tmp_path: Path, start_writer: Callable[..., Any]
) -> None:
    for attempt in range(3):
        path = tmp_path / str(attempt) / "log.db"
        with ThreadPoolExecutor() as threads:
            writers = list(threads.map(lambda path: start_writer(path, "L", "create"), [path] * 3))
        uids = {writer.append()[0] for writer in writers}
        with closing(open_log(str(path), create=False)) as log:
            assert {event.uid for event in log.events("L")} == uids
            assert len(uids) == 3
