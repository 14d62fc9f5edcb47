"""What a query can do to PostgreSQL, and a server to who asks: nothing."""

import asyncio
import time
from collections.abc import Iterator

import psycopg
import pytest

from launchpad.probes.result import Result
from launchpad.probes.sql import SqlSpec
from tests.probes.postgres import Postgres
from tests.probes.serving import result_of
from tests.process.conftest import eventually

DEADLINE_S = 0.5
WITH_SECURITY = "SELECT count(*) FROM pg_class WHERE relrowsecurity AND relkind = 'r'"


@pytest.fixture
def as_it_was(shop: Postgres) -> Iterator[Postgres]:
    """See to it that a test changes nothing."""
    yield shop
    with psycopg.connect(shop.address("shop")) as connection:
        assert connection.execute("SELECT count(*) FROM t7").fetchone() == (2,)


async def asked(shop: Postgres, query: str, *conditions: str, timeout_s: float = 5) -> Result:
    spec = SqlSpec(shop.address("shop"), query, "/")
    return await result_of(spec, *conditions, timeout_s=timeout_s)


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        (WITH_SECURITY, "[VALUE] == 7"),
        ("SELECT 1 FROM pg_proc WHERE proname = 'kept'", "[ROWS] == 1"),
        ("SELECT 1 FROM pg_indexes WHERE indexname = 'by_id'", "[ROWS] == 1"),
        ("SELECT tgenabled FROM pg_trigger WHERE tgname = 'keeps'", "[VALUE] == O"),
        ("SELECT * FROM t7 ORDER BY id;", "[BODY][1].id == 2"),
        ("TABLE t7", "[ROWS] == 2"),
        ("WITH all_ids AS (SELECT id FROM t7) SELECT sum(id) FROM all_ids -- both", "[VALUE] == 3"),
        ("SELECT true, 5", "[VALUE] == true"),
        ("SELECT 1.50::numeric", "[VALUE] == 1.5"),
        ("SELECT 'NaN'::float8", "[VALUE] == NaN"),
        ("SELECT timestamptz 'epoch' AT TIME ZONE 'UTC'", "[VALUE] == 1970-01-01T00:00:00"),
        ("SELECT 1 AS a, 2 AS a", "[VALUE] == 1"),
        ("SELECT '{\"a\": [1]}'::jsonb", "[VALUE] == '{\"a\":[1]}'"),
        ("SELECT 1 WHERE false", "[ROWS] == 0"),
    ],
)
async def test_a_query_is_answered(as_it_was: Postgres, query: str, condition: str) -> None:
    result = await asked(as_it_was, query, condition)
    assert (result.state, result.reason) == ("success", "ok"), result
    assert result.address == f"127.0.0.1:{as_it_was.port}"


@pytest.mark.parametrize("query", ["SELECT NULL", "SELECT 1 WHERE false"])
async def test_no_value_is_no_data_and_not_zero(shop: Postgres, query: str) -> None:
    result = await asked(shop, query, "[VALUE] == 0")
    assert (result.state, result.reason) == ("inconclusive", "no-data")


async def test_a_variable_is_a_value_and_no_part_of_the_query(shop: Postgres) -> None:
    query = "SELECT count(*) FROM pg_class WHERE relname = ${name} OR relname = ${name}"
    for name, count in (("t7", 1), ("' OR true --", 0)):
        spec = SqlSpec(shop.address("shop"), query, "/", {"name": name})
        assert (await result_of(spec, f"[VALUE] == {count}")).state == "success"


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM t7 RETURNING id",
        "WITH gone AS (DELETE FROM t7 RETURNING id) SELECT * FROM gone",
        "SELECT lo_create(0)",
        "SELECT nextval('none')",
        "SELECT set_config('transaction_read_only', 'off', true), lo_create(0)",
        "SELECT set_config('default_transaction_read_only', 'off', true), lo_create(0)",
        "SELECT 1) AS x; DELETE FROM t7; --",
        "SELECT 1; DELETE FROM t7",
        "COMMIT",
        "SET TRANSACTION READ WRITE",
        "DO $$ BEGIN COMMIT; DELETE FROM t7; END $$",
        "COPY t7 TO PROGRAM 'true'",
        "COPY t7 TO STDOUT",
        "EXPLAIN ANALYZE DELETE FROM t7",
        "SELECT id FROM t7 INTO t9",
        "SELECT no_such_function()",
        "",
    ],
)
async def test_what_is_not_one_query_that_reads_is_refused(as_it_was: Postgres, query: str) -> None:
    result = await asked(as_it_was, query, "[ROWS] >= 0")
    assert (result.state, result.reason) == ("error", "query-error")


async def test_an_endless_query_is_cut_at_the_deadline_on_both_sides(shop: Postgres) -> None:
    began = time.monotonic()
    result = await asked(shop, "SELECT pg_sleep(60)", timeout_s=DEADLINE_S)
    took = time.monotonic() - began
    assert (result.state, result.reason) == ("error", "timeout")
    assert took < DEADLINE_S + 0.5
    assert shop.running() == []


async def test_a_lock_is_waited_for_until_the_deadline(shop: Postgres) -> None:
    with psycopg.connect(shop.address("shop")) as other:
        other.execute("LOCK TABLE t7")
        began = time.monotonic()
        result = await asked(shop, "SELECT * FROM t7", timeout_s=DEADLINE_S)
        took = time.monotonic() - began
        other.rollback()
    assert (result.state, result.reason) == ("error", "timeout")
    assert took < DEADLINE_S + 0.5


async def test_who_stops_waiting_leaves_at_once(shop: Postgres) -> None:
    """As when the conductor ends: nothing is waited for."""
    asking = asyncio.create_task(asked(shop, "SELECT pg_sleep(1)", timeout_s=60))
    await asyncio.to_thread(eventually, shop.running)
    began = time.monotonic()
    asking.cancel()
    await asyncio.wait([asking])
    assert time.monotonic() - began < 0.3


async def test_rows_without_end_are_not_read(shop: Postgres) -> None:
    query = "SELECT generate_series(1, 100000000), repeat('x', 100)"
    about_rows = await asked(shop, query, "[ROWS] > 1")
    about_value = await asked(shop, query, "[VALUE] == 1")
    one_row = await asked(shop, "SELECT repeat('é', 900000)", "[ROWS] == 1")
    assert (about_rows.state, about_rows.reason) == ("error", "body-too-large")
    assert (one_row.state, one_row.reason) == ("error", "body-too-large")
    assert about_value.state == "success"
    assert "more than 65536 bytes of rows" in about_value.detail
