"""What the format takes: databases, Prometheus, and what is asked of them."""

import pytest

from launchpad.checklist.model import PrometheusSettings, SqlSettings
from tests.native.conftest import Problems, Reading

HEAD = """\
launchpad: 1
title: T
vars: {host: {}, job: {}}
secrets: {pw: {env: PW}}
phases: [{id: a, title: A}]
"""
NO_PASSWORD = "a password in an address: name a secret in `password` instead"  # noqa: S105 - a message
PART = "a variable is a value of the query, not a part of its text"
MODES = "disable, allow, prefer, require, verify-ca, verify-full"
SETTINGS = "host, sslmode, sslrootcert, sslcert, sslkey, passfile"
EXPECTED = "expected sqlite:PATH or postgresql://USER@HOST/NAME"


def probe(settings: str) -> str:
    return f"{HEAD}probes: {{p: {{{settings}, conditions: ['[VALUE] == 1']}}}}"


def test_a_query_is_read(reading: Reading) -> None:
    written = "{database: 'postgresql://r@${host}/shop', query: SELECT 1, password: pw}"
    assert reading(probe(f"sql: {written}")).probes[0].sql == SqlSettings(
        "postgresql://r@${host}/shop", "SELECT 1", "pw"
    )


def test_an_instant_query_is_read(reading: Reading) -> None:
    written = "{server: 'https://${host}/prom', query: up, headers: {X: '${pw}'}}"
    assert reading(probe(f"prometheus: {written}")).probes[0].prometheus == PrometheusSettings(
        "https://${host}/prom", "up", (("X", "${pw}"),)
    )


@pytest.mark.parametrize(
    "address",
    [
        "sqlite:shop.db",
        "sqlite:///srv/shop.db",
        "sqlite:${host}/a b.db",
        "postgres://h",
        "postgresql://r@[::1]:6432/shop?sslmode=require&sslrootcert=/ca.pem",
        "postgresql:///shop?host=/run/postgresql",
        "${host}",
    ],
)
def test_addresses_of_databases(problems: Problems, address: str) -> None:
    assert problems(probe(f"sql: {{database: '{address}', query: SELECT 1}}")) == []


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("postgresql://r:hunter2@h/shop", NO_PASSWORD),
        ("postgresql://r:${pw}@h/shop", NO_PASSWORD),
        ("postgresql://h/shop?password=hunter2", NO_PASSWORD),
        ("postgresql://h/shop?options=-cx", f"its settings are some of {SETTINGS}, each once"),
        ("postgresql://h/?sslmode=off", f"its sslmode is one of {MODES}"),
        ("postgresql:///shop", "expected one host, or ?host=/FOLDER of its socket"),
        ("postgresql://h/shop?host=/run", "expected one host, or ?host=/FOLDER of its socket"),
        ("postgresql://a,b/shop", "its host or port is none"),
        ("postgresql://h:0/shop", "its host or port is none"),
        ("mysql://h/shop", EXPECTED),
        ("shop.db", EXPECTED),
        ("sqlite::memory:", "expected the path of a file, such as sqlite:/srv/shop.db"),
        ("postgresql://h/a b", "an address has no blanks: write %20"),
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_database(problems: Problems, address: str, message: str) -> None:
    found = problems(probe(f"sql: {{database: '{address}', query: SELECT 1}}"))
    assert message in {problem.split(": ", 1)[1] for problem in found}
    assert "hunter2" not in "".join(found)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            "sql: {database: 'sqlite:a', query: \"SELECT »'${job}'\"}",
            f"{PART}: write `${{job}}` without the quotes",
        ),
        ("sql: {database: 'sqlite:a', query: »''}", "expected a query, found nothing"),
        ("sql: »{database: 'sqlite:a'}", "the key `query` is missing"),
        (
            "sql: {database: 'sqlite:a', query: x, »password: pw}",
            "`password` does nothing here: a file of SQLite's has none",
        ),
        (
            "sql: {database: 'postgres://h', query: x, password: »px}",
            "there is no secret `px`",
        ),
        (
            "prometheus: {server: »'http://h/api/v1/query?query=up', query: up}",
            "expected a server's address, without /api/v1/query and what follows",
        ),
        (
            "prometheus: {server: »'http://u:p@h', query: up}",
            "user information in an address: give it as a secret, in a header instead",
        ),
        (
            "prometheus: {server: 'http://h', query: 'x{k=\"»${pw}\"}'}",
            "`pw` is a secret: only headers, a body and the `secrets` of a command take one",
        ),
    ],
)
def test_what_is_refused(told: Problems, settings: str, message: str) -> None:
    assert told(probe(settings)) == [message]
