"""The JSON Schema of the format: exactly the keys that the reader asks for, and their values."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.native.fields import Fields
from launchpad.checklist.native.fragments import Fragment
from launchpad.checklist.native.nodes import Listing, Mapping, Node, Place, Scalar
from launchpad.checklist.native.problems import Problems
from launchpad.checklist.native.reader import read_yaml
from launchpad.checklist.native.schema import schema
from launchpad.checklist.native.tree import tree
from tests.native.conftest import Problems as Told
from tests.native.conftest import read_text

ROOT = Path(__file__).parents[2]
EVERYTHING = (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8")
DOCUMENTS = sorted(
    path.relative_to(ROOT)
    for folder in ("checklists", "launchpad", "tests")
    for path in (ROOT / folder).rglob("*.yaml")
    if "\nlaunchpad: 1\n" in path.read_text(encoding="utf-8")
)
SCHEMA = schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
HEAD = "launchpad: 1\ntitle: T\nphases: [{id: a, title: A, items: [{id: b, text: B}]}]\n"

# The mapping that a value was read from, and the keys that its reader asked for.
Asked = dict[Place, set[str]]


def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Read every key of the format, and return what was asked for where."""
    found: list[Fields] = []
    begin = Fields.__enter__

    def enter(fields: Fields) -> Fields:
        found.append(fields)
        return begin(fields)

    monkeypatch.setattr(Fields, "__enter__", enter)
    read_text(EVERYTHING)
    return {fields.place: set(fields._asked) for fields in found}


def resolved(described: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in described:
        described = SCHEMA["$defs"][described["$ref"].rpartition("/")[2]]
    return described


def alternatives(described: dict[str, Any]) -> Iterator[dict[str, Any]]:
    described = resolved(described)
    if "type" not in described and "anyOf" in described:
        for alternative in described["anyOf"]:
            yield from alternatives(alternative)
    else:
        yield described


def compared(
    node: Node, described: dict[str, Any], asked_for: Asked
) -> Iterator[tuple[Place, set[str], set[str]]]:
    """Yield for each mapping with fixed keys: its place, what was asked for, what is described."""
    kind = {Mapping: "object", Listing: "array", Scalar: ""}[type(node)]
    matching = [one for one in alternatives(described) if one.get("type") == kind or not kind]
    assert matching, (node.place, described)
    match node, matching[0]:
        case Mapping(), {"properties": properties}:
            yield node.place, asked_for[node.place], set(properties)
            for key, value in node.entries:
                yield from compared(value, properties[key.text], asked_for)
        case Mapping(), {"additionalProperties": each}:
            assert node.place not in asked_for
            for _, value in node.entries:
                yield from compared(value, each, asked_for)
        case Listing(), {"items": each}:
            for entry in node.entries:
                yield from compared(entry, each, asked_for)


def everything() -> Node:
    root = tree(Fragment(EVERYTHING), Problems())
    assert root
    return root


def test_the_reader_asks_for_every_key_of_the_schema_and_for_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked_for = asked(monkeypatch)
    seen = list(compared(everything(), SCHEMA, asked_for))
    for place, by_reader, by_schema in seen:
        assert by_reader == by_schema, place
    assert {place for place, *_ in seen} == set(asked_for)


def test_every_key_of_the_schema_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever has a key of its own: else the comparison would miss it."""
    tried = {
        frozenset(by_schema)
        for _, _, by_schema in compared(everything(), SCHEMA, asked(monkeypatch))
    }
    assert {frozenset(one["properties"]) for one in objects(SCHEMA)} == tried


def objects(described: object) -> Iterator[dict[str, Any]]:
    match described:
        case dict():
            # Not a condition's, which repeats keys.
            if "properties" in described and described.get("type") == "object":
                yield described
            for inner in described.values():
                yield from objects(inner)
        case list():
            for inner in described:
                yield from objects(inner)


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA == schema()
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_definition_is_used() -> None:
    text = json.dumps(SCHEMA)
    assert [name for name in SCHEMA["$defs"] if f'"#/$defs/{name}"' not in text] == []


@pytest.mark.parametrize("loader", [yaml.BaseLoader, yaml.SafeLoader])
@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_every_checklist_of_the_project_is_valid(path: Path, loader: type[yaml.BaseLoader]) -> None:
    """As the reader sees its values, and as an editor does, with numbers and truths."""
    text = (ROOT / path).read_text(encoding="utf-8")
    document = yaml.load(text, loader)  # noqa: S506 - both make plain values only
    assert [error.message for error in VALIDATOR.iter_errors(document)] == []
    assert read_yaml(source_from_bytes(path.name, text.encode())).title


def test_the_documents_are_found() -> None:
    assert {path.name for path in DOCUMENTS} == {
        "demo.yaml",
        "everything.yaml",
        "probes.yaml",
        "storefront-cutover.yaml",
    }


STEP = "rollback: {steps: [{id: s, title: S, manual: true}]"


@pytest.mark.parametrize(
    "wrong",
    [
        "titel: x",
        "code-word: Go",
        "window: {}",
        "window: {opens: T-1}",
        "window: {opens: T-1h, safety-floor: 5m}",
        "baseline: {over: 5m, min-samples: 5}",
        "messages: {gone: x}",
        "messages: {go: {next-update: 5m}}",
        "snippets: {a: {shell: sh}}",
        "env-vars: {A-B: {}}",
        "contacts: [{name: A}]",
        "metrics: [{name: A, comparator: =<, value: 1}]",
        "metrics: [{name: A, comparator: <, value: 1%}]",
        "criteria: [A]",
        "secrets: {a: {env: A, file: /a}}",
        "vars: {A: {}}",
        "vars: {a: {required: maybe}}",
        "probes: {A/b: {env: {name: A, from: conductor}}}",
        "probes: {a: {http: {url: 'http://h'}}}",
        "probes: {a: {http: {url: 'ftp://h'}, conditions: [x]}}",
        "probes: {a: {env: {name: A, from: elsewhere}}}",
        "probes: {a: {env: {name: A, from: conductor}, interval: 30}}",
        "probes: {a: {env: {name: A, from: conductor}, interval: 0s}}",
        "probes: {a: {env: {name: A, from: conductor}, failure-threshold: 0}}",
        "rollback: {budget: 5m}",
        "rollback: {steps: []}",
        "rollback: {steps: [{id: s, title: S}]}",
        "rollback: {steps: [{id: s, title: S, manual: true, wait: 5s}]}",
        "rollback: {steps: [{id: s, title: S, http: {url: 'ftp://h'}}]}",
        "rollback: {steps: [{id: s, title: S, command: {exec: []}}]}",
        f"{STEP}, authority: ops}}",
        f"{STEP}, triggers: [{{id: t}}]}}",
        f"{STEP}, triggers: [{{id: t, probes: [a], action: auto}}]}}",
        f"{STEP}, triggers: [{{id: t, probes: [a], action: stop}}]}}",
    ],
)
def test_what_the_schema_refuses_the_reader_refuses(problems: Told, wrong: str) -> None:
    document = yaml.safe_load(HEAD + wrong)
    assert list(VALIDATOR.iter_errors(document))
    assert problems(HEAD + wrong)


@pytest.mark.parametrize(
    "right",
    [
        "code-word: 123",
        "roles: {'1': x, datenbank-ä: 1.10, 漢字: yes}",
        "window: {hard-stop: T+0}",
        "snippets: {a: {text: true}}",
        "vars: {a: {required: 'true', example: 5}}",
        "rollback: {steps: [{id: s, title: 1, manual: true, expected: 1d2h3m4s5ms}]}",
    ],
)
def test_what_the_reader_takes_the_schema_takes(problems: Told, right: str) -> None:
    assert problems(HEAD + right) == []
    document = yaml.safe_load(HEAD + right)
    assert [error.message for error in VALIDATOR.iter_errors(document)] == []
