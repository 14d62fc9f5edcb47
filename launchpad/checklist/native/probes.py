"""Probes: what is observed, of which type, and how often."""

from typing import Literal, TypeAlias

from launchpad.checklist.model import EnvSettings, Probe, ProbeType
from launchpad.checklist.native.commands import command, words
from launchpad.checklist.native.condition_syntax import condition, unwritten
from launchpad.checklist.native.connections import tcp, tls
from launchpad.checklist.native.dns import dns
from launchpad.checklist.native.fields import Fields, attempt, named_each, some
from launchpad.checklist.native.file_probe import file
from launchpad.checklist.native.http import http
from launchpad.checklist.native.inputs import environment_name
from launchpad.checklist.native.nodes import Mapping, Node, Scalar
from launchpad.checklist.native.problems import Expected
from launchpad.checklist.native.prometheus import prometheus
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.references import literal
from launchpad.checklist.native.sql import sql
from launchpad.checklist.native.values import (
    count,
    duration_ms,
    exact_line,
    given,
    pattern,
    scalar,
    truth,
)
from launchpad.checklist.slug import slug

_TYPES: tuple[ProbeType, ...] = (
    *("http", "env", "command", "tls", "tcp", "dns", "file"),
    *("sql", "prometheus"),
)
_INTERVAL_MS = 30_000
_SHORTEST_INTERVAL_MS = 1000
_TIMEOUT_MS = 10_000
_LONGEST_PATTERN = 200
_ENVIRONMENTS = "conductor, {file: PATH} or {command: [WORDS]}"


def probe_of(name: str, node: Node, reading: Reading, *, line: int) -> Probe:
    """Read a probe's type, settings, conditions and times."""
    with Fields(node, reading) as fields:
        kind = fields.one_of(_TYPES, "a probe")
        of_type: ProbeType = next((known for known in _TYPES if known == kind), "http")
        conditions = some(condition(of_type if kind else None))
        usual = unwritten(of_type)
        return Probe(
            id=name,
            line=line,
            type=of_type,
            conditions=fields.must("conditions", conditions, ())
            if usual is None
            else fields.may("conditions", conditions, usual),
            interval_ms=fields.may("interval", _interval, _INTERVAL_MS),
            timeout_ms=fields.may("timeout", duration_ms, _TIMEOUT_MS),
            failure_threshold=fields.may("failure-threshold", count, 1),
            success_threshold=fields.may("success-threshold", count, 1),
            vantage=fields.may("vantage", truth, otherwise=False),
            http=fields.may("http", http, None),
            env=fields.may("env", _env, None),
            command=fields.may("command", command, None),
            tls=fields.may("tls", tls, None),
            tcp=fields.may("tcp", tcp, None),
            dns=fields.may("dns", dns, None),
            file=fields.may("file", file, None),
            sql=fields.may("sql", sql, None),
            prometheus=fields.may("prometheus", prometheus, None),
        )


def _named(key: Scalar, value: Node, reading: Reading) -> Probe:
    name = attempt(given("probe", _probe_name), key, reading, key.text)
    return probe_of(name, value, reading, line=key.place.line)


probes = named_each(_named)


def _probe_name(node: Node, _reading: Reading) -> str:
    text = scalar(node, "a name").text
    if any(not part or slug(part) != part for part in text.split("/")):
        raise Expected(node, "expected the name of a probe, such as smoke/health")
    return text


def _probe_pattern(node: Node, reading: Reading) -> str:
    text = exact_line(node, reading)
    if len(text) > _LONGEST_PATTERN:
        raise Expected(node, f"a pattern of more than {_LONGEST_PATTERN} characters")
    reading.use_pattern("probe", text, node.place)
    return text


probe_patterns = some(_probe_pattern)
"""Reads names of probes, and patterns of them such as smoke/*."""


def _interval(node: Node, reading: Reading) -> int:
    interval = duration_ms(node, reading)
    if interval < _SHORTEST_INTERVAL_MS:
        raise Expected(node, "a probe runs at most once a second")
    return interval


def _env(node: Node, reading: Reading) -> EnvSettings:
    with Fields(node, reading) as fields:
        # Whose environment is always written: the conductor's own proves nothing about another.
        source, origin = fields.must("from", _environment, ("conductor", ()))
        return EnvSettings(
            name=fields.must("name", environment_name, ""),
            source=source,
            origin=origin,
            matches=fields.may("matches", pattern, None),
        )


_Environment: TypeAlias = tuple[Literal["conductor", "file", "command"], tuple[str, ...]]


def _environment(node: Node, reading: Reading) -> _Environment:
    if isinstance(node, Mapping):
        with Fields(node, reading) as fields:
            source = fields.one_of(("file", "command"), "an environment")
            file = fields.may("file", literal, "")
            printing = fields.may("command", words, ())
        return ("command", printing) if source == "command" else ("file", (file,))
    if scalar(node, _ENVIRONMENTS).text != "conductor":
        raise Expected(node, f"expected {_ENVIRONMENTS}")
    return "conductor", ()
