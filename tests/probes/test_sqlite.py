"""What a query can do to a file of SQLite's, and to who asks: nothing."""

import json
import math
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from launchpad.probes.result import Result
from launchpad.probes.sql import SqlSpec
from tests.probes.serving import result_of

DEADLINE_S = 0.5
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT"
MUCH = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 30000)"
    " SELECT group_concat(printf('%01000d', i)) FROM n"
)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Path]:
    """Make a shop's database; whatever is asked, its folder stays as it is."""
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT, total REAL, raw BLOB);"
            "INSERT INTO orders VALUES (1, 'café', 9.5, x'00ff'), (2, NULL, 1e999, NULL);"
            "CREATE INDEX by_name ON orders (name);"
            "CREATE TRIGGER kept BEFORE DELETE ON orders BEGIN SELECT raise(abort, 'no'); END;"
        )
    before = path.read_bytes()
    yield path
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["shop.db"]


async def asked(path: Path, query: str, *conditions: str, timeout_s: float = 5) -> Result:
    spec = SqlSpec(f"sqlite:{path.name}", query, str(path.parent))
    return await result_of(spec, *conditions, timeout_s=timeout_s)


@pytest.mark.parametrize(
    ("query", "condition", "shown"),
    [
        ("SELECT count(*) FROM orders;", "[VALUE] == 2", "[VALUE] (2) == 2"),
        ("SELECT name FROM orders ORDER BY id", "[VALUE] == café", "[VALUE] (café) == café"),
        ("SELECT * FROM orders", "[ROWS] == 2", "[ROWS] (2) == 2"),
        ("SELECT * FROM orders", "[BODY][0].total > 9", "[BODY][0].total (9.5) > 9"),
        ("SELECT * FROM orders", r"[BODY][0].raw == '\x00ff'", r"[BODY][0].raw (\x00ff)"),
        ("SELECT * FROM orders", "has([BODY][1].name) == false", "has([BODY][1].name) (false)"),
        ("SELECT total FROM orders WHERE id = 2", "[VALUE] == inf", "[VALUE] (inf) == inf"),
        ("SELECT 1 WHERE 0", "[ROWS] == 0", "[ROWS] (0) == 0"),
        (
            "SELECT count(*) FROM sqlite_schema WHERE type IN ('index', 'trigger')",
            "[VALUE] == 2",
            "[VALUE] (2) == 2",
        ),
        ("SELECT name FROM pragma_table_info('orders')", "[ROWS] == 4", "[ROWS] (4) == 4"),
        ("PRAGMA integrity_check", "[VALUE] == ok", "[VALUE] (ok) == ok"),
    ],
)
async def test_a_query_is_answered(shop: Path, query: str, condition: str, shown: str) -> None:
    result = await asked(shop, query, condition)
    assert (result.state, result.reason) == ("success", "ok"), result
    assert result.shown.startswith(shown)


async def test_a_variable_is_a_value_and_no_part_of_the_query(shop: Path) -> None:
    query = "SELECT count(*) FROM orders WHERE name = ${name} OR name = ${other} OR ${name} = 'x'"
    for name, count in (("café", 1), ("' OR '1'='1", 0)):
        values = {"name": name, "other": ""}
        spec = SqlSpec(f"sqlite:{shop}", query, "/", values)
        assert (await result_of(spec, f"[VALUE] == {count}")).state == "success"
        assert name not in repr(spec)


async def test_a_number_is_compared_as_one(shop: Path) -> None:
    query = "SELECT count(*) > ${least}, ${least} FROM orders"
    for least, more in (("1", 1), ("2", 0), ("-5", 1), ("01", 0)):
        spec = SqlSpec(f"sqlite:{shop}", query, "/", {"least": least})
        assert (await result_of(spec, f"[VALUE] == {more}")).state == "success"


@pytest.mark.parametrize("query", ["SELECT 1 WHERE 0", "SELECT NULL"])
async def test_no_value_is_no_data_and_not_zero(shop: Path, query: str) -> None:
    result = await asked(shop, query, "[VALUE] == 0")
    assert (result.state, result.reason) == ("inconclusive", "no-data")


REFUSED = (
    "DELETE FROM orders",
    "INSERT INTO orders (id) VALUES (3) RETURNING id",
    "CREATE TABLE more (id)",
    "CREATE TEMP TABLE more (id)",
    "DROP INDEX by_name",
    "UPDATE sqlite_master SET sql = ''",
    "ATTACH 'other.db' AS other",
    "VACUUM INTO 'copy.db'",
    "PRAGMA user_version = 5",
    "PRAGMA journal_mode = wal",
    "PRAGMA query_only = off",
    "PRAGMA hard_heap_limit = 0",
    "SELECT load_extension('x')",
    "BEGIN IMMEDIATE",
    "SELECT 1; DELETE FROM orders",
    "SELECT no_such_function()",
    "SELECT",
    "",
)


def test_what_is_not_one_query_that_reads_is_refused(shop: Path) -> None:
    """Asked in one process, which otherwise is started anew for each."""
    asked = [
        {"path": str(shop), "query": query, "values": [], "ends_s": math.inf, "most_bytes": 99}
        for query in REFUSED
    ]
    code = (
        "import json, sys\n"
        "from launchpad.probes.sqlite_query import _answer\n"
        "print(json.dumps([_answer(each) for each in json.load(sys.stdin)]))"
    )
    argv = [sys.executable, "-c", code]
    done = subprocess.run(argv, input=json.dumps(asked), text=True, capture_output=True, check=True)
    reasons = [answer.get("reason") for answer in json.loads(done.stdout)]
    assert dict(zip(REFUSED, reasons, strict=True)) == dict.fromkeys(REFUSED, "query-error")


@pytest.mark.parametrize(
    "query",
    [f"{ENDLESS} count(*) FROM n", f"{ENDLESS} 1 FROM n WHERE i < 0"],
    ids=["one row", "no rows"],
)
async def test_an_endless_query_is_cut_at_the_deadline(shop: Path, query: str) -> None:
    began = time.monotonic()
    result = await asked(shop, query, timeout_s=DEADLINE_S)
    assert (result.state, result.reason) == ("error", "timeout")
    assert time.monotonic() - began < DEADLINE_S + 0.5


async def test_a_lock_is_waited_for_until_the_deadline(shop: Path) -> None:
    with closing(sqlite3.connect(shop, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        result = await asked(shop, "SELECT 1 FROM orders", timeout_s=DEADLINE_S)
        took = time.monotonic() - began
        other.execute("ROLLBACK")
    assert (result.state, result.reason) == ("error", "timeout")
    assert "locked" in result.detail
    assert took < DEADLINE_S + 0.5


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT zeroblob(1000000000)", "query-error"),
        (MUCH, "query-error"),
        (f"{ENDLESS} i FROM n", "body-too-large"),
        ("SELECT printf('%070000d', 1)", "body-too-large"),
    ],
)
async def test_an_answer_without_end_does_not_fill_the_memory(
    shop: Path, query: str, reason: str
) -> None:
    assert (await asked(shop, query, "[ROWS] > 0")).reason == reason


async def test_the_first_value_is_known_also_of_too_many_rows(shop: Path) -> None:
    result = await asked(shop, f"{ENDLESS} i FROM n", "[VALUE] == 1")
    assert result.state == "success"
    assert "more than 65536 bytes of rows" in result.detail


@pytest.mark.parametrize("name", ["missing.db", "folder", "pipe", "text"])
async def test_what_is_no_database_is_an_error_at_once(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "text").write_text("no database, but long enough to look like one" * 99)
    result = await asked(tmp_path / name, "SELECT 1 FROM sqlite_schema")
    assert (result.state, result.reason) == ("error", "source-unreadable")
    assert not (tmp_path / "missing.db").exists()


@pytest.mark.parametrize("address", ["shop.db", "sqlite:", "sqlite::memory:", "mysql://h/"])
async def test_what_is_no_address_is_an_error(address: str) -> None:
    result = await result_of(SqlSpec(address, "SELECT 1", "/"))
    assert (result.state, result.reason) == ("error", "url-invalid")
