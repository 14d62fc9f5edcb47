"""A YAML checklist becomes the same values as any other, and they survive the log's JSON."""

import msgspec
import pytest

from launchpad.checklist.model import (
    Checklist,
    Command,
    Crew,
    CrewMember,
    EnvSettings,
    HttpSettings,
    Item,
    Probe,
    Role,
    Secret,
    SignOff,
    Step,
    Variable,
)
from tests.native.conftest import Reading

TEXT = """\
launchpad: 1
title: Shop  launch
log: ~/launch.db
vars:
  base-url: {required: true, matches: '^https?://', example: 'http://a'}
  greeting: {default: ''}
secrets:
  token: {env: TOKEN, matches: '^x'}
  key: {file: /run/key}
  pass: {command: [pass, show, it]}
roles: {dba: Database Admin, ops: Operations}
crew: {lead: AB, people: [{initials: AB, name: Ada B, roles: [dba, ops]}]}
phases:
  - id: first
    title: Database
    at: T-1h
    items:
      - id: migrations
        text: >
          All of them
          are applied
        priority: must
        probe:
          command: {exec: [./audit, '${base-url}'], secrets: [token]}
          conditions: ['[EXIT_CODE] == 0']
      - {id: health, text: It answers, probe: smoke/health}
      - {id: url, text: It is set, probe: {env: {name: URL, from: {command: [cat, e]}}}}
    sign-off:
      - {roles: [dba, ops], meaning: verified, requires: all-items}
      - {meaning: witnessed}
probes:
  smoke/health:
    http:
      url: ${base-url}/health
      method: POST
      headers: {Authorization: 'Bearer ${token}'}
      body: 'say ${greeting}'
      allow-insecure: true
      redirects: [same-origin, 'https://b:8443']
    conditions: ['[STATUS] == 200', '[RESPONSE_TIME] < 1s']
    interval: 10s
    timeout: 2500ms
    failure-threshold: 2
    success-threshold: 3
rollback:
  budget: 10m
  authority: [ops]
  steps:
    - id: dns
      title: Point back
      command: {shell: 'a | b'}
      rehearse: {exec: [a, -n]}
      expected: 2m
      timeout: 5m
      on-timeout: kill
      on-failure: stop
      verify: smoke/health
      idempotent: true
    - {id: rest, title: Wait, wait: 30s}
    - {id: good, title: Wait on, wait: {until: smoke/health}}
    - {id: tell, title: Tell, manual: 'First the one.'}
    - {id: look, title: Look, manual: true}
"""


@pytest.fixture
def checklist(reading: Reading) -> Checklist:
    return reading(TEXT)


def test_the_launch_itself(checklist: Checklist) -> None:
    assert (checklist.title, checklist.format, checklist.log) == (
        "Shop launch",
        "yaml",
        "~/launch.db",
    )
    assert (checklist.code_word, checklist.damage, checklist.sections) == ("shop", None, ())
    assert checklist.warnings == ()


def test_what_comes_from_outside(checklist: Checklist) -> None:
    assert checklist.vars == (
        Variable("base-url", 5, required=True, matches="^https?://", example="http://a"),
        Variable("greeting", 6, default=""),
    )
    assert checklist.secrets == (
        Secret("token", 8, "env", ("TOKEN",), "^x"),
        Secret("key", 9, "file", ("/run/key",)),
        Secret("pass", 10, "command", ("pass", "show", "it")),
    )


def test_people(checklist: Checklist) -> None:
    assert checklist.roles == (Role("dba", "Database Admin", 11), Role("ops", "Operations", 11))
    assert checklist.crew == Crew("AB", (CrewMember("AB", "Ada B", ("dba", "ops"), 12),))


def test_phases_and_items(checklist: Checklist) -> None:
    (phase,) = checklist.phases
    assert (phase.id, phase.title, phase.line, phase.at_ms) == ("first", "Database", 14, -3_600_000)
    assert phase.items[0] == Item(
        id="migrations",
        text="All of them are applied",
        label="",
        checked=False,
        line=18,
        end_line=25,
        depth=0,
        kind="task",
        section=None,
        box=None,
        priority="must",
        probe="migrations",
    )
    assert [(item.line, item.end_line, item.probe) for item in phase.items[1:]] == [
        (26, 26, "smoke/health"),
        (27, 27, "url"),
    ]


def test_each_role_signs_for_itself(checklist: Checklist) -> None:
    items = ("migrations", "health", "url")
    assert checklist.signoffs == (
        SignOff("first-dba", "Database: Database Admin", "first", 29, items, (), "dba"),
        SignOff("first-ops", "Database: Operations", "first", 29, items, (), "ops"),
        SignOff("first", "Database", "first", 30, items, (), None, "witnessed"),
    )


def test_probes(checklist: Checklist) -> None:
    assert checklist.probes == (
        Probe(
            "smoke/health",
            32,
            "http",
            ("[STATUS] == 200", "[RESPONSE_TIME] < 1s"),
            10_000,
            2500,
            2,
            3,
            http=HttpSettings(
                "${base-url}/health",
                "POST",
                (("Authorization", "Bearer ${token}"),),
                "say ${greeting}",
                allow_insecure=True,
                redirects=("same-origin", "https://b:8443"),
            ),
        ),
        Probe(
            "migrations",
            24,
            "command",
            ("[EXIT_CODE] == 0",),
            30_000,
            10_000,
            command=Command(24, ("./audit", "${base-url}"), None, ("token",)),
        ),
        Probe(
            "url",
            27,
            "env",
            ("[SET] == true",),
            30_000,
            10_000,
            env=EnvSettings("URL", "command", ("cat", "e")),
        ),
    )


def test_the_rollback(checklist: Checklist) -> None:
    rollback = checklist.rollback
    assert rollback
    assert (rollback.line, rollback.budget_ms, rollback.authority) == (46, 600_000, ("ops",))
    assert rollback.steps == (
        Step(
            "dns",
            "Point back",
            49,
            "command",
            command=Command(51, (), "a | b"),
            expected_ms=120_000,
            timeout_ms=300_000,
            on_timeout="kill",
            on_failure="stop",
            verify="smoke/health",
            idempotent=True,
            rehearse=Command(52, ("a", "-n")),
        ),
        Step("rest", "Wait", 59, "wait", wait_ms=30_000),
        Step("good", "Wait on", 60, "wait", wait_until="smoke/health"),
        Step("tell", "Tell", 61, "manual", instructions="First the one."),
        Step("look", "Look", 62, "manual"),
    )


def test_it_survives_the_json_of_a_log(checklist: Checklist) -> None:
    kept = msgspec.json.encode(checklist)
    assert msgspec.json.decode(kept, type=Checklist) == checklist
    # A float would not survive the log's canonical form on every machine.
    assert not [value for value in leaves(msgspec.json.decode(kept)) if isinstance(value, float)]


def leaves(value: object) -> list[object]:
    match value:
        case dict():
            return [leaf for inner in value.values() for leaf in leaves(inner)]
        case list():
            return [leaf for inner in value for leaf in leaves(inner)]
        case _:
            return [value]


def test_a_reading_from_before_yaml_is_still_read() -> None:
    older = {
        "title": "T",
        "format": "markdown",
        "code_word": "t",
        "damage": None,
        "phases": [{"id": "a", "title": "A", "line": 1, "items": []}],
        "sections": [],
        "signoffs": [],
        "warnings": [],
    }
    checklist = msgspec.convert(older, Checklist)
    assert (checklist.rollback, checklist.probes, checklist.phases[0].at_ms) == (None, (), None)
