"""The scribe: the small process that writes for one client, and the only one that holds a lock.

A client that is stopped (Ctrl-Z, a frozen SSH session) keeps every lock it holds, for as long as
it is stopped. So no client takes the write lock; it hands sealed rows to its scribe, which
finishes the transaction whatever becomes of the client. The scribe sits in its own session, out of
reach of the terminal's signals, and ends when its standard input does.

Run as `python -I -S scribe.py FILE`: the standard library only, so that it starts in a few
milliseconds. One JSON object a line, in and out:

    {"do": "append", "file": [dev, ino], "launch": …, "seq": n, "hash": …, "rows": [row, …],
     "under": row of leases, where it must still stand}
    {"do": "take_seat", "file": …, "row": row}    {"do": "leave_seat", "file": …, "seat": …}
    {"do": "take_lease", "file": …, "row": row, "over": row or null (none so far)}
    {"do": "beat", "file": …, "row": row, "samples": [row, …], "outputs": [row, …]}
    {"do": "give_up_lease", "file": …, "row": row}
    {"do": "keep_marks", "file": …, "row": row, "after": id of a sample, "under": row}
    {"do": "thin", "file": …, "ids": [id of a sample, …], "under": row}

where a row maps column names to values, is answered with one of {"done": true}, {"moved": true}
(the launch's head is not seq and hash, or its lease not the one that is named), {"lost": true}
(the lease that was acted under is another's by now), {"gone": true} (FILE names another file), and
{"failed": message, "code": SQLite's name of it}. The same request twice is done once.
"""

import json
import os
import signal
import sqlite3
import sys
from typing import Any, Final

BUSY_TIMEOUT_MS: Final = 5000

# All are read back when the log is opened: SQLite ignores a pragma it cannot grant.
_PRAGMAS: Final = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: what was acknowledged survives the power going out
    "busy_timeout": BUSY_TIMEOUT_MS,
    "recursive_triggers": 1,
}


def file_uri(path: str, query: str) -> str:
    """Return SQLite's URI of an absolute path (https://sqlite.org/uri.html)."""
    for sign, escaped in (("%", "%25"), ("?", "%3f"), ("#", "%23")):
        path = path.replace(sign, escaped)
    return f"file://{path}?{query}"


def identity(path: str) -> list[int] | None:
    """Return the device and inode that a path names, None when it names nothing."""
    try:
        found = os.stat(path)  # noqa: PTH116 - importing pathlib would double the start time
    except OSError:
        return None
    return [found.st_dev, found.st_ino]


class Scribe:
    """Answers requests, one after the other, on one connection."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: list[int] | None = None
        self._db: sqlite3.Connection | None = None

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what a request asks, durably, before returning."""
        try:
            return self._answer(request)
        # A value that SQLite has no place for must not end the scribe: it would be asked again.
        except (sqlite3.Error, ValueError, OverflowError) as error:
            # A fresh connection next time: this one may be in a transaction or half open.
            self.close()
            code = getattr(error, "sqlite_errorname", type(error).__name__)
            return {"failed": str(error), "code": code}

    def close(self) -> None:
        """Release the file; an open transaction is rolled back."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        # Written into an unlinked file, an event would be acknowledged and lost.
        if identity(self._path) != request["file"]:
            return {"gone": True}
        if self._db is None:
            self._db = self._open()
        if self._file != request["file"]:
            return {"gone": True}
        # The write lock comes first: a transaction that reads and then writes fails at once
        # under contention, whatever the timeout says.
        self._db.execute("BEGIN IMMEDIATE")
        if refused := self._do(self._db, request):
            self._db.execute("ROLLBACK")
            return {refused: True}
        self._db.execute("COMMIT")
        return {"done": True}

    def _do(self, db: sqlite3.Connection, request: dict[str, Any]) -> str | None:
        """Do what a request asks in the open transaction, or return why nothing is to be done."""
        under = request.get("under")
        if under and _last_beat(db, under) is None:
            return "lost"
        match request["do"]:
            case "append":
                return self._append(db, request)
            case "take_lease":
                return self._take_lease(db, request["row"], request["over"])
            case "beat":
                return self._beat(db, request)
            case _:
                self._put(db, request)
        return None

    def _put(self, db: sqlite3.Connection, request: dict[str, Any]) -> None:
        """Do what needs no look at what is there."""
        match request["do"]:
            case "give_up_lease":
                if _last_beat(db, request["row"]) is not None:
                    db.execute("DELETE FROM leases WHERE launch = :launch", request["row"])
            case "keep_marks":
                # A conductor that died may have kept those of the same samples, in other parts.
                row = request["row"] | {"after": request["after"]}
                db.execute("DELETE FROM sample_marks WHERE launch = :launch AND last > :after", row)
                self._insert(db, "INSERT INTO sample_marks", [request["row"]])
            case "thin":
                launch = request["under"]["launch"]
                ids = [(id_, launch) for id_ in request["ids"]]
                db.executemany("DELETE FROM samples WHERE id = ? AND launch = ?", ids)
            case "take_seat":
                self._insert(db, "REPLACE INTO seats", [request["row"]])
            case "leave_seat":
                db.execute("DELETE FROM seats WHERE seat = ?", [request["seat"]])
            case unknown:
                raise ValueError(f"{unknown}: nothing that is done here")

    def _append(self, db: sqlite3.Connection, request: dict[str, Any]) -> str | None:
        head = db.execute(
            "SELECT seq, hash FROM events WHERE launch = ? ORDER BY seq DESC LIMIT 1",
            [request["launch"]],
        ).fetchone() or (0, None)
        if head != (request["seq"], request["hash"]):
            return "moved"
        self._insert(db, "INSERT INTO events", request["rows"])
        return None

    def _take_lease(
        self, db: sqlite3.Connection, row: dict[str, Any], over: dict[str, Any] | None
    ) -> str | None:
        if _last_beat(db, row) is not None:
            return None  # taken already, and the answer was lost
        found = db.execute("SELECT 1 FROM leases WHERE launch = :launch", row).fetchone()
        if found if over is None else _last_beat(db, over) != over["mono_ns"]:
            return "moved"
        self._insert(db, "REPLACE INTO leases", [row])
        return None

    def _beat(self, db: sqlite3.Connection, request: dict[str, Any]) -> str | None:
        row = request["row"]
        last = _last_beat(db, row)
        if last is None:
            return "moved"
        if last == row["mono_ns"]:
            return None  # done already, and the answer was lost
        db.execute("UPDATE leases SET mono_ns = :mono_ns, at = :at WHERE launch = :launch", row)
        self._insert(db, "INSERT INTO samples", request["samples"])
        self._insert(db, "REPLACE INTO outputs", request["outputs"])
        return None

    def _insert(self, db: sqlite3.Connection, into: str, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        # The client is the same program: its column names are as good as constants.
        columns, places = ", ".join(rows[0]), ", ".join(f":{name}" for name in rows[0])
        db.executemany(f"{into} ({columns}) VALUES ({places})", rows)

    def _open(self) -> sqlite3.Connection:
        # isolation_level None: transactions begin and end only where this file says so.
        db = sqlite3.connect(file_uri(self._path, "mode=rw"), uri=True, isolation_level=None)
        try:
            for name, wanted in _PRAGMAS.items():
                db.execute(f"PRAGMA {name} = {wanted}")
                (found,) = db.execute(f"PRAGMA {name}").fetchone()
                if found != wanted:
                    raise sqlite3.OperationalError(f"{name} is {found}, not {wanted}")
        except sqlite3.Error:
            db.close()
            raise
        # If the path is given to another file around here, the next request finds out.
        self._file = identity(self._path)
        return db


def _last_beat(db: sqlite3.Connection, row: dict[str, Any]) -> str | None:
    """Return when the lease of a row beat last, None where it is not the one in the log.

    It is the same one whenever it beat: epoch and holder together come only once.
    """
    found = db.execute(
        "SELECT mono_ns FROM leases WHERE launch = :launch AND epoch = :epoch AND holder = :holder",
        row,
    ).fetchone()
    return str(found[0]) if found else None


def main() -> None:
    """Answer every request on standard input until it ends."""
    # The client's threads may block signals, and a mask is inherited.
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    scribe = Scribe(sys.argv[1])
    try:
        for line in sys.stdin.buffer:
            if not line.endswith(b"\n"):
                break  # the client died while it was asking
            answer = json.dumps(scribe.answer(json.loads(line)))
            sys.stdout.buffer.write(answer.encode() + b"\n")
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Nobody is left to be told, and the flush at exit must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    finally:
        scribe.close()


if __name__ == "__main__":
    main()
