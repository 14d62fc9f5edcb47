"""The JSON shape of `launchpad check` for a YAML checklist, and the sample that comes with it."""

from pathlib import Path

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.explain import explain
from launchpad.checklist.load import Document, load, read

SAMPLE = Path(__file__).parents[2] / "checklists" / "storefront-cutover.yaml"

TEXT = """\
launchpad: 1
title: Shop
vars: {host: {}}
secrets:
  token: {command: [pass, 'the token']}
  key: {env: KEY}
roles: {dba: Database Admin, ops: Operations}
probes:
  set: {env: {name: URL, from: {command: [cat, e]}}}
  key: {env: {name: KEY, from: conductor}}
  audit: {command: {exec: [./audit, '${host}']}, conditions: ['[EXIT_CODE] == 0']}
phases:
  - {id: a, title: A, at: T-90s, sign-off: {roles: [dba]}, items: [{id: b, text: B, probe: set}]}
rollback:
  budget: 90500ms
  authority: [ops, dba]
  steps:
    - {id: dns, title: DNS, command: {shell: 'a | b'}, rehearse: {exec: [a]}, expected: 2m}
    - {id: tell, title: Tell, manual: true}
"""


@pytest.fixture(scope="module")
def document() -> Document:
    source = source_from_bytes("shop.yaml", TEXT.encode())
    return Document(source, read(source))


def test_everything_is_counted(document: Document) -> None:
    counts = explain(document)["counts"]
    assert {name: count for name, count in counts.items() if count} == {
        "phases": 1,
        "items": 1,
        "signoffs": 1,
        "probes": 3,
        "commands": 5,
        "roles": 2,
        "env_vars": 2,
    }


def test_every_command_that_would_run_is_listed(document: Document) -> None:
    commands = [
        (command["id"], command["line"], command["shell"], command["text"])
        for command in explain(document)["commands"]
    ]
    assert commands == [
        ("secret/token", 5, None, "pass 'the token'"),
        ("probe/set", 9, None, "cat e"),
        ("probe/audit", 11, None, "./audit '${host}'"),
        ("rollback/dns", 18, "sh", "a | b"),
        ("rollback/dns/rehearse", 18, None, "a"),
    ]


def test_environment_variables_are_listed_once(document: Document) -> None:
    assert explain(document)["env_vars"] == [
        {"name": "KEY", "optional": False, "line": 6},
        {"name": "URL", "optional": False, "line": 9},
    ]


def test_people_are_told_by_their_roles_titles(document: Document) -> None:
    explained = explain(document)
    assert explained["roles"] == ["Database Admin", "Operations"]
    assert explained["signoffs"] == [
        {
            "id": "a-dba",
            "label": "A: Database Admin",
            "role": "Database Admin",
            "line": 13,
            "fields": [],
        }
    ]  # fmt: skip - as one value


def test_the_rollback_is_told_in_seconds(document: Document) -> None:
    explained = explain(document)
    assert (explained["phases"][0]["at_s"], explained["phases"][0]["items"][0]["probe"]) == (
        -90,
        "set",
    )
    step = {"deadline_s": None}
    assert explained["rollback"] == {
        "budget_s": 90.5,
        "authority": "Operations, Database Admin",
        "line": 15,
        "steps": [
            {
                "id": "dns",
                "title": "DNS",
                "expected_s": 120,
                "line": 18,
                "commands": ["rollback/dns", "rollback/dns/rehearse"],
                **step,
            },
            {"id": "tell", "title": "Tell", "expected_s": None, "line": 19, "commands": [], **step},
        ],
        "triggers": [],
    }


def test_the_sample_is_read_without_a_warning() -> None:
    explained = explain(load(SAMPLE))
    assert explained["warnings"] == []
    counts = explained["counts"]
    assert (counts["phases"], counts["items"], counts["signoffs"]) == (4, 10, 5)
    assert (counts["probes"], counts["commands"], counts["env_vars"]) == (4, 6, 2)
    assert [step["id"] for step in explained["rollback"]["steps"]] == [
        *("dns", "jobs", "settle", "tell")
    ]


def test_the_sample_only_speaks_to_this_machine() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    assert "http://127.0.0.1" in text
    assert text.count("://") == text.count("?://") + text.count("http://127.0.0.1")
