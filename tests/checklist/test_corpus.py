"""Checklists as teams write them: what a careful reader finds in each is found.

`documents/` holds them and `expected.yaml` what is in them, counted by hand.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.explain import explain
from launchpad.checklist.fill import fill
from launchpad.checklist.load import Document, load, read
from tests.checklist.corpus import DOCUMENTS, expectations

EXPECTED = expectations()
_COUNTED = (
    *("items", "checked", "phases", "other_boxes", "signoffs", "steps", "commands"),
    *("contacts", "metrics", "criteria"),
)
_OF_ROLLBACK = ("expected_s", "deadline_s")

# What is only compared where it is written, as it is found in what `check` says.
_PARTS: Mapping[str, Callable[[dict[str, Any]], Any]] = {
    "at_s": lambda said: [phase["at_s"] for phase in said["phases"]],
    "declared": lambda said: [_folded(phase["declared_state"]) for phase in said["phases"]],
    "phase_priorities": lambda said: [phase["priority"] for phase in said["phases"]],
    "expected_s": lambda said: [item["expected_s"] for item in _items(said)],
    "owners": lambda said: [item["owner"] for item in _items(said)],
    "priorities": lambda said: [item["priority"] for item in _items(said)],
    "statuses": lambda said: [item["status"] for item in _items(said)],
}


def _folded(text: str | None) -> str | None:
    return text.casefold() if text else None


def _items(said: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for phase in said["phases"] for item in phase["items"]]


def found(document: Document, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was found in a document, in the shape of an expectation."""
    said = explain(document)
    return {
        **{name: said["counts"][name] for name in _COUNTED},
        "env_vars": [one["name"] for one in said["env_vars"] if not one["optional"]],
        "optional_env_vars": [one["name"] for one in said["env_vars"] if one["optional"]],
        "roles": sorted(said["roles"]),
        "rollback": _rollback(said["rollback"], wanted.get("rollback") or {}),
        "warnings": [warning["line"] for warning in said["warnings"]],
        "damage": document.checklist.damage,
        **{name: part(said) for name, part in _PARTS.items() if name in wanted},
    }


def _rollback(said: dict[str, Any] | None, wanted: Mapping[str, Any]) -> dict[str, Any] | None:
    if said is None:
        return None
    return {
        "steps": len(said["steps"]),
        "budget_s": said["budget_s"],
        "triggers": len(said["triggers"]),
        **{name: [step[name] for step in said["steps"]] for name in _OF_ROLLBACK if name in wanted},
    }


def expected(name: str) -> dict[str, Any]:
    nothing: dict[str, Any] = {
        **dict.fromkeys(_COUNTED, 0),
        **{name: [] for name in ("env_vars", "optional_env_vars", "roles", "warnings")},
        "rollback": None,
        "damage": None,
    }
    wanted = nothing | {key: value for key, value in EXPECTED[name].items() if key != "shown"}
    return wanted | {"roles": sorted(wanted["roles"])}


def test_every_document_has_its_expectation() -> None:
    assert [path.name for path in DOCUMENTS] == sorted(EXPECTED)
    assert len(DOCUMENTS) >= 64


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_careful_reader_s_findings_are_found(path: Path) -> None:
    assert found(load(path), EXPECTED[path.name]) == expected(path.name)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_goes_back_to_the_same_bytes(path: Path) -> None:
    document = load(path)
    data = path.read_bytes()
    assert fill(document.source, document.checklist, results={}, blanks={}, appendix="") == data


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_with_a_launch_log_behind_it_holds_the_same_items(path: Path) -> None:
    document = load(path)
    log = "## Log\n\n- [x] \u2713 no item\n"
    exported = fill(document.source, document.checklist, results={}, blanks={}, appendix=log)
    again = read(source_from_bytes(path.name, exported))
    assert tuple(again.items()) == tuple(document.checklist.items())


def test_line_ends_and_bytes_are_as_their_authors_left_them() -> None:
    """The folder's `.gitattributes` keeps git from mending them."""
    bytes_of = {path.name[:2]: path.read_bytes() for path in DOCUMENTS}
    assert b"\r\n" in bytes_of["11"]
    assert b"\n" not in bytes_of["22"]
    assert bytes_of["21"].startswith(b"\xef\xbb\xbf")
    assert bytes_of["23"].startswith(b"\xff\xfe")
    assert bytes_of["67"].startswith(b"\xfe\xff")
    assert not bytes_of["26"].endswith(b"\n")
