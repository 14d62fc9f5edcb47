"""From an authored query to what is asked: its variables and secrets filled in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from launchpad.checklist.model import PrometheusSettings, SqlSettings
from launchpad.probes.prometheus import PrometheusSpec
from launchpad.probes.sql import SqlSpec
from launchpad.steps.requesting import filled
from launchpad.steps.resolving import REFERENCE, VariableMissing

# What ends a text in PromQL, or begins something within one.
_SPECIAL: Final = frozenset("\"'`\\\n")


def sql_spec(
    sql: SqlSettings, folder: Path, values: Mapping[str, str], secrets: Mapping[str, str]
) -> SqlSpec:
    """Return the query of an SQL probe. Raises VariableMissing.

    A variable's value goes beside the query, and never into its text.
    """
    return SqlSpec(
        database=filled(sql.database, values),
        query=sql.query,
        folder=str(folder),
        values={name: filled(f"${{{name}}}", values) for name in REFERENCE.findall(sql.query)},
        password=None if sql.password is None else secrets[sql.password],
    )


def prometheus_spec(
    prometheus: PrometheusSettings, values: Mapping[str, str], secrets: Mapping[str, str]
) -> PrometheusSpec:
    """Return the query of a Prometheus probe. Raises VariableMissing.

    PromQL takes no values beside its text: one that could end a text within it is refused.
    """
    for name in REFERENCE.findall(prometheus.query):
        if _SPECIAL & set(values.get(name, "")):
            raise VariableMissing(name, "its value cannot stand in a query: no quotes, no \\")
    both = {**values, **secrets}
    return PrometheusSpec(
        server=filled(prometheus.server, values),
        query=filled(prometheus.query, values),
        headers=tuple((name, filled(value, both)) for name, value in prometheus.headers),
        allow_insecure=prometheus.allow_insecure,
    )
