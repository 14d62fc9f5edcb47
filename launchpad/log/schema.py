"""Creating and migrating a log. Imports sqlite-utils, so nothing that only attaches imports this.

Everything happens in one transaction: whoever comes second finds the work done.
"""

import os
import sqlite3
import time
from pathlib import Path
from typing import Final

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from launchpad.log.errors import LogUnreadable, LogUnwritable
from launchpad.log.guards import APPLICATION_ID, GUARDS, VERSION, missing_guards, version

_PATIENCE_S: Final = 5.0
_RETRY_S: Final = 0.01

MIGRATIONS: Final = Migrations("launchpad")


@MIGRATIONS()
def events_and_seats(db: Database) -> None:
    """Version 1: the events of the envelope, and who sits at a console.

    Not WITHOUT ROWID: bodies may be large, and sqlite-utils cannot transform such a table.
    """
    db.execute(
        "CREATE TABLE events ("
        " launch TEXT NOT NULL, seq INTEGER NOT NULL CHECK (seq >= 1), uid TEXT NOT NULL,"
        " kind TEXT NOT NULL, at TEXT NOT NULL, mono_ns TEXT NOT NULL, boot_id TEXT NOT NULL,"
        " host TEXT NOT NULL, actor TEXT NOT NULL, body TEXT NOT NULL, prev_hash TEXT,"
        " key TEXT, signature TEXT, hash TEXT NOT NULL,"
        " PRIMARY KEY (launch, seq), UNIQUE (launch, uid)"
        ") STRICT"
    )
    db.execute(
        "CREATE TABLE seats ("
        " seat TEXT NOT NULL PRIMARY KEY, launch TEXT NOT NULL, initials TEXT NOT NULL,"
        " name TEXT NOT NULL, role TEXT NOT NULL, host TEXT NOT NULL, via TEXT NOT NULL,"
        " since TEXT NOT NULL, boot_id TEXT NOT NULL, beat_ns INTEGER NOT NULL"
        ") STRICT"
    )


@MIGRATIONS()
def leases_samples_and_outputs(db: Database) -> None:
    """Version 2: what a conductor keeps beside the events.

    `leases`: who conducts a launch, a row each (see `leasing.Lease`; mono_ns in decimal, as in
    `events`). `samples`: what the probes saw, oldest first by id; timings is a JSON object of
    microseconds. `outputs`: what steps printed, in parts. None is append-only: a beat updates its
    lease, and the last part of an output grows.
    """
    db.execute(
        "CREATE TABLE leases ("
        " launch TEXT NOT NULL PRIMARY KEY, epoch INTEGER NOT NULL CHECK (epoch >= 1),"
        " holder TEXT NOT NULL, pid INTEGER NOT NULL, started TEXT NOT NULL, host TEXT NOT NULL,"
        " user TEXT NOT NULL, boot_id TEXT NOT NULL, mono_ns TEXT NOT NULL, at TEXT NOT NULL"
        ") STRICT"
    )
    db.execute(
        "CREATE TABLE samples ("
        " id INTEGER PRIMARY KEY, launch TEXT NOT NULL, probe TEXT NOT NULL, at TEXT NOT NULL,"
        " mono_ns TEXT NOT NULL, boot_id TEXT NOT NULL, state TEXT NOT NULL,"
        " reason TEXT NOT NULL, value TEXT NOT NULL, latency_us INTEGER, timings TEXT,"
        " address TEXT"
        ") STRICT"
    )
    db.execute("CREATE INDEX samples_of_probe ON samples (launch, probe, id)")
    db.execute(
        "CREATE TABLE outputs ("
        " launch TEXT NOT NULL, attempt INTEGER NOT NULL, step TEXT NOT NULL,"
        " run INTEGER NOT NULL, part INTEGER NOT NULL, text TEXT NOT NULL,"
        " PRIMARY KEY (launch, attempt, step, run, part)"
        ") STRICT"
    )


@MIGRATIONS()
def marks_of_samples(db: Database) -> None:
    """Version 3: what samples are checked by, and an index that draws them.

    `sample_marks`: the marks of digested samples (see `digest`), in parts; last: the id of the
    last sample of a part. The index holds all that a curve needs, so that the samples themselves,
    strewn over the whole file, need not be read.
    """
    db.execute(
        "CREATE TABLE sample_marks ("
        " launch TEXT NOT NULL, last INTEGER NOT NULL, marks TEXT NOT NULL,"
        " PRIMARY KEY (launch, last)"
        ") STRICT"
    )
    db.execute("DROP INDEX samples_of_probe")
    db.execute(
        "CREATE INDEX samples_of_probe ON samples (launch, probe, id, at, state, latency_us)"
    )


def create(path: str) -> None:
    """Make a log of this version out of nothing, an empty file or an older log.

    The file gets the process umask; a missing folder is made for its owner alone. Raises
    LogUnreadable for a file that is somebody else's, untouched, and LogUnwritable.
    """
    try:
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Autocommit, so that the transaction below is the only one.
        connection = sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)
        try:
            if version(connection) is None:
                raise LogUnreadable(f"{path}: is an SQLite file of another program, no log")
            _use_wal(connection)
            migrate(connection, MIGRATIONS, VERSION)
        finally:
            connection.close()
    except (OSError, sqlite3.Error) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else error
        raise LogUnwritable(f"{path}: no log could be made here: {reason}") from error


def migrate(connection: sqlite3.Connection, migrations: Migrations, target: int) -> None:
    """Bring a log up to the version target in one transaction, and see that its guards stand.

    connection: in autocommit mode. Raises LogUnwritable when a guard could not be put back.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        if (version(connection) or 0) < target:
            migrations.apply(Database(connection))
            # A migration that rebuilds the table (sqlite-utils' transform) drops its triggers.
            for name, sql in GUARDS.items():
                connection.execute(f"DROP TRIGGER IF EXISTS {name}")
                connection.execute(sql)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {target}")
            _assert_guarded(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _assert_guarded(connection: sqlite3.Connection) -> None:
    if missing := missing_guards(connection):
        raise LogUnwritable(f"the guards {', '.join(missing)} could not be put back")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL, which two creators may try at once and SQLite does not wait for."""
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_S)
            continue
        if mode != "wal":
            raise sqlite3.OperationalError(f"the journal stays in mode {mode}, not WAL")
        return
