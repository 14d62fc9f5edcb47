"""What makes an SQLite file a Launchpad log, and its events append-only.

The guards stop accidents and ordinary tools: an UPDATE in a browser, an `INSERT OR REPLACE`, an
upsert. Who can write the file can also drop them; that is what the chain is for.
"""

import sqlite3
from typing import Final

from launchpad.log.errors import LogUnreadable

# PRAGMA application_id: "LPAD" in ASCII.
APPLICATION_ID: Final = 0x4C504144
# PRAGMA user_version: the schema this program writes. `schema` has one migration for each.
VERSION: Final = 3

# OR REPLACE deletes the old row without firing delete triggers (unless the connection asks for
# recursive_triggers), and an upsert turns into an update only after the insert triggers ran. So
# the third guard, on the keys and on the rowid that every table has (-1 here unless the statement
# names one), catches both in every connection.
GUARDS: Final = {
    "events_no_update": (
        "CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN"
        " SELECT RAISE(ABORT, 'events are append-only'); END"
    ),
    "events_no_delete": (
        "CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN"
        " SELECT RAISE(ABORT, 'events are append-only'); END"
    ),
    "events_no_replace": (
        "CREATE TRIGGER events_no_replace BEFORE INSERT ON events"
        " WHEN EXISTS (SELECT 1 FROM events WHERE launch = NEW.launch AND seq = NEW.seq)"
        " OR EXISTS (SELECT 1 FROM events WHERE launch = NEW.launch AND uid = NEW.uid)"
        " OR EXISTS (SELECT 1 FROM events WHERE rowid = NEW.rowid)"
        " BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
    ),
}


def missing_guards(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the guards that are not there, or not as they should be."""
    found = dict(
        connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    )
    return [name for name, sql in GUARDS.items() if found.get(name) != sql]


def faults_of_file(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong with a log's file, whatever its entries say."""
    faults = []
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        faults.append("it does not carry Launchpad's application id")
    if missing := missing_guards(connection):
        faults.append(f"append-only guards are missing or changed: {', '.join(missing)}")
    found = [text for (text,) in connection.execute("PRAGMA integrity_check(10)")]
    if found != ["ok"]:
        faults.append(f"SQLite finds it damaged: {'; '.join(found)}")
    return faults


def version(connection: sqlite3.Connection) -> int | None:
    """Return the version of a log; 0 for a database without tables, None for somebody else's."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not tables:
        return 0
    return int(found) if application == APPLICATION_ID else None


def refuse_unfit(connection: sqlite3.Connection, path: str) -> None:
    """Raise LogUnreadable unless this is a log, not of a newer version, with all its guards."""
    found = version(connection)
    if found is None:
        raise LogUnreadable(f"{path}: is an SQLite file of another program, no log")
    if found == 0:
        raise LogUnreadable(f"{path}: is empty, no log")
    if found > VERSION:
        raise LogUnreadable(
            f"{path}: was written by a newer Launchpad"
            f" (log version {found}, this program knows {VERSION})"
        )
    if missing := missing_guards(connection):
        raise LogUnreadable(
            f"{path}: its append-only guards are missing or changed ({', '.join(missing)});"
            " launchpad verify says whether its entries are"
        )
