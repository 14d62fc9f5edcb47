"""One query to a file of SQLite's, in a process of its own: see `querying`.

It is asked by one JSON object on standard input, where no other user can read it, and answers by
one on standard output. Nothing is written: the file is opened for reading, whatever else a query
could do is not authorized, and what it sorts or collects stays in memory, of which there is a
limit. Only the standard library.
"""

import json
import os
import re
import sqlite3
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

_MOST_MEMORY: Final = 64 * 1024 * 1024
_MOST_VALUE: Final = 16 * 1024 * 1024
# How many of SQLite's instructions are carried out between looks at the clock.
_INSTRUCTIONS: Final = 1000
_ALLOWED: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
# Those that tell what is in the file; with an argument the last ones would change it.
_TELLING: Final = frozenset(
    {
        *("table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo"),
        *("foreign_key_list", "foreign_key_check", "integrity_check", "quick_check"),
    }
)
_TELLING_ALONE: Final = frozenset({"user_version", "schema_version", "application_id"})
# Not 007, which is some number's name rather than a number.
_INTEGER: Final = re.compile(r"-?[1-9][0-9]{0,17}|0")


def main() -> None:
    """Answer the one question on standard input."""
    json.dump(_answer(json.load(sys.stdin)), sys.stdout)


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    try:
        return _rows(asked)
    except OSError as error:
        detail = f"{asked['path']}: {error.strerror or error}"
        return {"reason": "source-unreadable", "detail": detail}
    except MemoryError:
        return {"reason": "query-error", "detail": "SQLite needs too much memory for it"}
    except (sqlite3.Error, sqlite3.Warning) as error:
        return _explained(error)


def _explained(error: Exception) -> dict[str, Any]:
    code = getattr(error, "sqlite_errorcode", None)
    # An extended code has the plain one in its lowest byte (SQLite, Result and Error Codes, 3).
    match None if code is None else code & 0xFF:
        case sqlite3.SQLITE_INTERRUPT:
            return {"reason": "timeout", "detail": "the query did not end by the deadline"}
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return {"reason": "timeout", "detail": "the database is locked by another program"}
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_IOERR:
            return {"reason": "source-unreadable", "detail": str(error)}
        case sqlite3.SQLITE_AUTH:
            return {"reason": "query-error", "detail": f"{error}: a query only reads"}
    return {"reason": "query-error", "detail": str(error)}


def _rows(asked: dict[str, Any]) -> dict[str, Any]:
    path = Path(asked["path"]).absolute()
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError("it is not a regular file")
    # Opened once by hand, because SQLite does not say why it cannot.
    os.close(os.open(path, os.O_RDONLY | os.O_CLOEXEC))
    left_s = max(0.0, asked["ends_s"] - time.monotonic())
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=ro", uri=True, timeout=left_s, isolation_level=None
    )
    connection.execute(f"PRAGMA hard_heap_limit = {_MOST_MEMORY}")
    connection.execute("PRAGMA temp_store = memory")
    connection.execute("PRAGMA trusted_schema = off")
    connection.execute("PRAGMA query_only = on")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_VALUE)
    connection.set_progress_handler(lambda: time.monotonic() > asked["ends_s"], _INSTRUCTIONS)
    connection.set_authorizer(_authorized)
    # As many values as there are numbers: they come in the order of theirs.
    found = connection.execute(asked["query"], [_bound(value) for value in asked["values"]])
    if found.description is None:
        return {"reason": "query-error", "detail": "it is no query: it answers no rows"}
    return _capped(_objects(found), asked["most_bytes"])


def _bound(value: str) -> str | int:
    """Return a value as SQLite compares it: to it a text is more than any number."""
    return int(value) if _INTEGER.fullmatch(value) else value


def _capped(rows: Iterator[str], most_bytes: int) -> dict[str, Any]:
    taken: list[str] = []
    size = 0
    for row in rows:
        size += len(row.encode())
        if size > most_bytes:
            return {"rows": taken, "whole": False}
        taken.append(row)
    return {"rows": taken, "whole": True}


def _objects(found: sqlite3.Cursor) -> Iterator[str]:
    names = [json.dumps(column[0], ensure_ascii=False) for column in found.description]
    for row in found:
        pairs = zip(names, row, strict=True)
        yield "{" + ",".join(f"{name}:{_json(value)}" for name, value in pairs) + "}"


def _json(value: str | bytes | float | None) -> str:
    if isinstance(value, bytes):
        value = f"\\x{value.hex()}"  # as PostgreSQL writes bytes
    if isinstance(value, float) and abs(value) == float("inf"):
        value = str(value)  # JSON knows no infinity
    return json.dumps(value, ensure_ascii=False)


def _authorized(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action in _ALLOWED:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and second != "load_extension":
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        # So SQLite asks for the tables that pragmas make; an UPDATE of that one is never taken.
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA:
        name = (first or "").lower()
        if name in _TELLING or (name in _TELLING_ALONE and second is None):
            return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY
