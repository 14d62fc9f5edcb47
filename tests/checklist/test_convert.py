"""A checklist that is converted means the same, and its probes are there for review."""

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from launchpad.checklist.converted.document import convert
from launchpad.checklist.converted.proposals import Proposals
from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.explain import explain
from launchpad.checklist.load import Document, load, read
from launchpad.checklist.markdown.rollback.trigger_words import understood
from launchpad.checklist.model import Checklist
from tests.checklist.conftest import Reading
from tests.checklist.made_up import checklists

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted((ROOT / "checklists").glob("*.md")) + sorted(
    (ROOT / "tests" / "checklist" / "documents").glob("*.md")
)
SEEDS = ("000", "001", "002", "003", "004")
# Where something stands, and what only the document that it was read from has.
_PLACES = {"line", "end_line", "box", "span", "choices"}
_OF_THE_FILE = {"sha256", "format", "encoding_repaired", "warnings"}


def converted(document: Document) -> tuple[Document, Proposals]:
    text, proposals = convert(document)
    source = source_from_bytes("plan.yaml", text.encode())
    return Document(source, read(source)), proposals


def of(checklist: Checklist) -> Document:
    return Document(source_from_bytes("plan.md", b"# Plan\n"), checklist)


def without(value: Any, names: set[str]) -> Any:
    if isinstance(value, dict):
        return {key: without(one, names) for key, one in value.items() if key not in names}
    if isinstance(value, list | tuple):
        return [without(one, names) for one in value]
    return value


def explained(document: Document, proposals: Proposals | None = None) -> dict[str, Any]:
    """Return what is explained of a document but for places, the file, and what is proposed."""
    said = without(explain(document), _OF_THE_FILE | {"line"})
    for item in (item for phase in said["phases"] for item in phase["items"]):
        if proposals and item["id"] in proposals.of_items:
            item["probe"] = None
    said["counts"]["probes"] -= proposals.count if proposals else 0
    if proposals and said["rollback"]:
        for trigger in said["rollback"]["triggers"]:
            trigger["understood"] &= was_understood(trigger["text"])
    return dict(said)


def was_understood(text: str) -> bool:
    """Say whether a trigger was understood without probes: how long it lasts takes them."""
    said = understood(text)
    return said is not None and said.timed.lasts_ms is None


def kept(checklist: Checklist, proposals: Proposals | None = None) -> Any:
    """Return everything of the model's values but for places, the file, and what is proposed."""
    said = without(asdict(checklist), _PLACES | _OF_THE_FILE | {"damage"})
    for blank in (blank for signoff in said["signoffs"] for blank in signoff["blanks"]):
        del blank["label"]
    if proposals:
        added = {*proposals.of_items, *(one.probe.id for one in proposals.others)}
        said["probes"] = [one for one in said["probes"] if one["id"] not in added]
        own = {variable.name for variable, _ in proposals.vars}
        said["vars"] = [one for one in said["vars"] if one["name"] not in own]
        for item in (item for phase in said["phases"] for item in phase["items"]):
            if item["probe"] in proposals.of_items:
                item["probe"] = None
        if proposals.triggers.baseline:
            said["baseline"] = None
        for trigger in said["rollback"]["triggers"] if said["rollback"] else ():
            if proposals.triggers.each[trigger["id"]].trigger.probes:
                trigger["probes"] = ()
    return said


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(checklists())
def test_whatever_a_document_says_is_said_in_the_native_format(checklist: Checklist) -> None:
    there, proposals = converted(of(checklist))
    assert kept(there.checklist, proposals) == kept(checklist)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_means_the_same_once_converted(path: Path) -> None:
    document = load(path)
    there, proposals = converted(document)
    assert explained(there, proposals) == explained(document)


@pytest.mark.parametrize("number", SEEDS)
def test_a_seed_document_means_the_same_once_converted(
    number: str, seed: Callable[[str], Path]
) -> None:
    document = load(seed(number))
    there, proposals = converted(document)
    assert explained(there, proposals) == explained(document)


def test_what_a_document_says_in_native_parts_is_kept_too() -> None:
    source = source_from_bytes(
        "plan.yaml", (ROOT / "checklists" / "storefront-cutover.yaml").read_bytes()
    )
    checklist = read(source)
    there, proposals = converted(of(replace(checklist, format="markdown")))
    assert proposals.count == 0
    ours, theirs = kept(there.checklist), kept(checklist)
    # Inline probes become named ones; their order is no part of what they mean.
    for said in (ours, theirs):
        said["probes"].sort(key=lambda probe: probe["id"])
    assert ours == theirs


def test_the_file_is_written_as_a_person_would(reading: Reading) -> None:
    document = reading(
        "# Harbour opening\n\n## Berth\n\n- [ ] **Ropes**: are ready\n  - [x] the long one\n\n"
        "**Initial**: ____ **Date**: ____\n\n## Sea\n\n- [ ] Ünïcode 🚢: all's well\n"
    )
    assert (
        convert(document)[0]
        == """\
# Converted from plan.md, which this file does not need.
# What is proposed, or was not understood, is marked "review:".
launchpad: 1
title: Harbour opening
code-word: harbour

phases:
  - id: berth
    title: Berth
    items:
      - id: ropes
        text: 'Ropes: are ready'
        label: Ropes
        items:
          - {id: the-long-one, text: the long one, checked: true}
    sign-off: {id: berth, label: Berth, fields: [initials, date]}

  - id: sea
    title: Sea
    items:
      - {id: ünïcode-all-s-well, text: 'Ünïcode 🚢: all''s well'}
"""
    )


def test_a_warning_becomes_something_to_review(reading: Reading) -> None:
    document = reading("# Plan\n\n## A\n\n- [ ] one\n\n<!-- launchpad: launch log -->\nold\n")
    assert (
        "# review: line 7 of plan.md: an earlier export's launch log is left out"
        in (convert(document)[0])
    )


def test_a_choice_that_is_left_out_becomes_something_to_review(reading: Reading) -> None:
    document = reading("# Plan\n\n## A\n\nVote: \u2610 GO \u2610 NO-GO\n")
    text, _ = convert(document)
    assert "# review: the choice between GO / NO-GO is left out: this item has one box" in text
    there, _ = converted(document)
    assert [item.id for item in there.checklist.items()] == ["vote"]
