"""From an authored query to what is asked; who reads it before it is trusted."""

from pathlib import Path

import pytest

from launchpad.checklist.model import Checklist, PrometheusSettings, SqlSettings
from launchpad.checklist.requests import runs_or_sends, secrets_of
from launchpad.conductor.queries import prometheus_spec, sql_spec
from launchpad.steps.commands import shown
from launchpad.steps.resolving import VariableMissing
from launchpad.steps.trust import _digest
from tests.native.conftest import read_text

HERE = Path("/srv/launch")


def plan(query: str = "SELECT 1") -> Checklist:
    return read_text(
        "launchpad: 1\ntitle: T\nphases: [{id: a, title: A}]\n"
        "secrets: {pw: {env: PW}}\n"
        "probes:\n"
        "  rows:\n"
        f"    sql: {{database: 'postgresql://r@h/shop', query: {query}, password: pw}}\n"
        "    conditions: ['[ROWS] == 1']\n"
        "  up:\n"
        "    prometheus: {server: 'http://prom', query: up, headers: {X: '${pw}'}}\n"
        "    conditions: ['[VALUE] == 1']\n"
    )


def test_a_value_goes_beside_a_query_of_sql() -> None:
    settings = SqlSettings("sqlite:${name}.db", "SELECT ${name}", None)
    spec = sql_spec(settings, HERE, {"name": "x' OR 1"}, {})
    assert spec.database == "sqlite:x' OR 1.db"
    assert (spec.query, spec.values) == ("SELECT ${name}", {"name": "x' OR 1"})
    with pytest.raises(VariableMissing):
        sql_spec(settings, HERE, {}, {})


def test_a_password_is_that_of_its_secret() -> None:
    settings, secrets = SqlSettings("postgresql://h", "SELECT 1", "pw"), {"pw": "hunter2"}
    assert sql_spec(settings, HERE, {}, secrets).password == secrets["pw"]


def test_a_value_that_could_end_a_text_of_promql_is_refused() -> None:
    settings = PrometheusSettings("http://${job}", 'up{job="${job}"}')
    assert prometheus_spec(settings, {"job": "shop-1"}, {}).query == 'up{job="shop-1"}'
    for odd in ('"} or vector(1) #', "a\\", "a'b", "`", "a\nb"):
        with pytest.raises(VariableMissing):
            prometheus_spec(settings, {"job": odd}, {})


def test_a_database_is_asked_only_of_a_trusted_checklist_which_shows_the_query() -> None:
    checklist = plan()
    assert runs_or_sends(checklist)
    assert [secrets_of(probe, checklist.secrets) for probe in checklist.probes] == [("pw",)] * 2
    lines = shown(checklist, HERE, "ada", "h")
    assert "probe/rows (line 6) asks postgresql://r@h/shop" in lines
    assert "  SELECT 1" in lines
    assert "probe/rows (line 6) sends the secret pw to postgresql://r@h/shop" in lines
    assert "probe/up (line 9) sends the secret pw to http://prom" in lines
    assert _digest(checklist) != _digest(plan("SELECT 2"))
