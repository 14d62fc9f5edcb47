"""One query to PostgreSQL that cannot write, cannot hang, and cannot answer without end.

The rows come one by one, and no more than are wanted, over libpq's own calls that never wait. For
psycopg's connections look names up in a thread that cannot be given up, and, cancelled at a
deadline, first ask the server to cancel and wait for it. Here the connection is dropped, and the
server ends the query by a deadline of its own.

The query is the inner part of one that turns its rows into JSON: so only what returns rows can be
asked, values of every type are read alike, and a row as large as memory is cut before it is sent.
It runs in a transaction that was begun as read-only and has taken no other query: none can be made
writable, and none can be ended from within.
"""

import asyncio
import contextlib
import time
from typing import Final

from launchpad.probes.database import Postgres
from launchpad.probes.observed import CannotObserve, Observed
from launchpad.probes.postgres_session import Answer, Session, opened
from launchpad.probes.result import Reason
from launchpad.probes.sql import Rows, SqlSpec, numbered

# Longer than what is taken of all rows together, by one character.
_WRAPPED: Final = (
    "SELECT pg_catalog.left(pg_catalog.row_to_json(launchpad_row)::pg_catalog.text, {most})"
    " FROM (\n{query}\n) AS launchpad_row"
)
_BEGIN: Final = "BEGIN READ ONLY; SET LOCAL statement_timeout = {left_ms}"
# The server's own deadline is told a little earlier, so that it can say what it ended.
_SOONER_MS: Final = 20
# By SQLSTATE (PostgreSQL, appendix A).
_REASONS: Final[dict[str, Reason]] = {
    "57014": "timeout",
    "57P01": "connection-closed",
    "57P02": "connection-closed",
}
_SYNTAX: Final = "42601"
_CHARACTER_BYTES: Final = 4


async def answered(where: Postgres, spec: SqlSpec, timeout_s: float) -> Rows:
    """Ask PostgreSQL. Raises CannotObserve."""
    ends_s = time.monotonic() + timeout_s
    doing, seen = "connecting", Observed({})
    try:
        async with asyncio.timeout(timeout_s), opened(where, spec.password) as session:
            doing = "waiting for the rows"
            seen = Observed({}, address=session.address, note=session.note)
            left_ms = max(1, int((ends_s - time.monotonic()) * 1000) - _SOONER_MS)
            async for answer in session.answers(_BEGIN.format(left_ms=left_ms)):
                _require_good(answer)
            return await _rows(session, spec)
    except TimeoutError:
        detail = f"no end within {timeout_s:g} s, {doing}"
        raise CannotObserve("timeout", detail, seen) from None
    except CannotObserve as error:
        raise CannotObserve(error.reason, error.detail, seen) from None


async def _rows(session: Session, spec: SqlSpec) -> Rows:
    query, values = numbered(spec, "$")
    wrapped = _WRAPPED.format(query=query, most=spec.most_bytes + 1)
    most_bytes = _CHARACTER_BYTES * spec.most_bytes
    rows: list[str] = []
    size = 0
    async with contextlib.aclosing(
        session.answers(wrapped, values, most_bytes=most_bytes)
    ) as answers:
        async for answer in answers:
            _require_good(answer)
            if answer.row is None:
                continue
            size += len(answer.row)
            if size > spec.most_bytes:
                return Rows(tuple(rows), whole=False, address=session.address, note=session.note)
            rows.append(answer.row.decode())
    return Rows(tuple(rows), whole=True, address=session.address, note=session.note)


def _require_good(answer: Answer) -> None:
    if not answer.error:
        return
    reason = _REASONS.get(answer.sqlstate, "query-error")
    hint = "; a query is one SELECT, VALUES or TABLE" if answer.sqlstate == _SYNTAX else ""
    raise CannotObserve(reason, f"{answer.error} ({answer.sqlstate}){hint}")
