"""A checklist with every key of the format: read without a problem, and kept whole by a log."""

from pathlib import Path

import msgspec
import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.explain import explain
from launchpad.checklist.load import Document
from launchpad.checklist.model import Checklist
from tests.native.conftest import read_text
from tests.native.test_yaml_model import leaves

EVERYTHING = (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    return read_text(EVERYTHING)


def test_nothing_that_is_written_is_lost(checklist: Checklist) -> None:
    """Each value of the model differs from what it is where nothing is written."""
    nothing = read_text("launchpad: 1\ntitle: T\nphases: [{id: a, title: A}]\n")
    names = {name for name in Checklist.__dataclass_fields__ if name not in {"format", "damage"}}
    assert [name for name in names if getattr(checklist, name) == getattr(nothing, name)] == []


def test_it_survives_the_json_of_a_log(checklist: Checklist) -> None:
    kept = msgspec.json.encode(checklist)
    assert msgspec.json.decode(kept, type=Checklist) == checklist
    assert not [value for value in leaves(msgspec.json.decode(kept)) if isinstance(value, float)]


def test_what_nothing_acts_on_is_warned_about_in_the_order_of_the_file(
    checklist: Checklist,
) -> None:
    named = [warning.message.split("`")[1] for warning in checklist.warnings]
    assert named == [
        *("messages", "waiver"),
    ]
    lines = [warning.line for warning in checklist.warnings]
    assert lines == sorted(lines)
    written = EVERYTHING.splitlines()
    assert all(f"{name}:" in written[line - 1] for name, line in zip(named, lines, strict=True))


def test_it_is_explained(checklist: Checklist) -> None:
    document = Document(source_from_bytes("plan.yaml", EVERYTHING.encode()), checklist)
    explained = explain(document)
    assert explained["counts"]["items"] == 5
    assert [signoff["fields"] for signoff in explained["signoffs"]] == [
        ["initials", "name", "date", "time", "signature", "meaning"],
        [],
    ]
    assert [trigger["understood"] for trigger in explained["rollback"]["triggers"]] == [True, False]
