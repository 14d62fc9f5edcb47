"""Asking a database of either kind, and what its rows come to."""

import json
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final

from launchpad.probes.commanding import finished_command
from launchpad.probes.database import NoDatabase, Postgres, Sqlite, database
from launchpad.probes.observed import CannotObserve, Observed, Value
from launchpad.probes.sql import Rows, SqlSpec, numbered
from launchpad.process.interpreter import bare_python

# SQLite's process ends by itself at the deadline and says why; so much later it is ended.
_LATE_S: Final = 0.1
_GRACE_S: Final = 0.1
# An answer within an answer: each byte of a row may be escaped.
_ESCAPED: Final = 8
# What stays an exact number in JSON; longer ones are text.
_LONGEST_NUMBER: Final = 300


async def queried(spec: SqlSpec, timeout_s: float) -> Observed:
    """Ask a database. Raises CannotObserve."""
    try:
        where = database(spec.database)
    except NoDatabase as error:
        raise CannotObserve("url-invalid", str(error)) from None
    # The driver is imported before the clock starts.
    asking = (
        _from_file(where, spec, time.monotonic() + timeout_s)
        if isinstance(where, Sqlite)
        else _driver()(where, spec, timeout_s)
    )
    began_ns = time.monotonic_ns()
    rows = await asking
    latency_us = (time.monotonic_ns() - began_ns) // 1000
    values: dict[str, Value] = {"RESPONSE_TIME": latency_us / 1000}
    if rows.rows:
        values["VALUE"] = _first_value(rows.rows[0])
    if not rows.whole:
        detail = f"more than {spec.most_bytes} bytes of rows: have the query count or choose"
        seen = Observed(values, None, address=rows.address, note=rows.note)
        raise CannotObserve("body-too-large", detail, seen)
    values |= {"ROWS": len(rows.rows), "BODY": f"[{','.join(rows.rows)}]"}
    return Observed(values, latency_us, address=rows.address, note=rows.note)


def _driver() -> Callable[[Postgres, SqlSpec, float], Awaitable[Rows]]:
    try:
        from launchpad.probes.postgres_query import answered  # noqa: PLC0415 - see `ProbeType`
    except ImportError:
        detail = "psycopg is not installed where the conductor runs: launchpad[postgres] has it"
        raise CannotObserve("driver-missing", detail) from None
    return answered


async def _from_file(where: Sqlite, spec: SqlSpec, ends_s: float) -> Rows:
    """Ask SQLite in a process of its own: nothing else ends a look-up on a disk that is gone."""
    query, values = numbered(spec, "?")
    asked = {
        "path": where.path,
        "query": query,
        "values": values,
        "ends_s": ends_s,
        "most_bytes": spec.most_bytes,
    }
    done = await finished_command(
        bare_python("launchpad.probes.sqlite_query"),
        cwd=spec.folder,
        env={},
        timeout_s=max(0.0, ends_s - time.monotonic()) + _LATE_S,
        grace_s=_GRACE_S,
        stdin=json.dumps(asked).encode(),
        cap=_ESCAPED * spec.most_bytes,
    )
    try:
        answer: dict[str, Any] = json.loads(done.stdout.content)
    except ValueError:
        raise CannotObserve("query-error", "SQLite ended without an answer") from None
    if "reason" in answer:
        raise CannotObserve(answer["reason"], answer["detail"])
    return Rows(tuple(answer["rows"]), answer["whole"])


def _first_value(row: str) -> Value:
    """Return the value of a row's first column, None for NULL."""
    columns = json.loads(row, object_pairs_hook=_first_of_a_name, parse_int=_integer)
    value = next(iter(columns.values()), None)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    found: Value = value
    return found


def _first_of_a_name(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    # Columns may share a name, such as "count".
    found: dict[str, Any] = {}
    for name, value in pairs:
        found.setdefault(name, value)
    return found


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits
