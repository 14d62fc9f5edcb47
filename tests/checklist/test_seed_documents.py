"""The five documents the team came with: what must be found in them, and that they go back out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.fill import fill
from launchpad.checklist.load import load, read

Seed = Callable[[str], Path]
NUMBERS = ("000", "001", "002", "003", "004")


@pytest.mark.parametrize(
    ("number", "items", "checked", "phases", "damage"),
    [
        ("000", 28, 0, 5, None),
        ("001", 170, 0, 10, "cp1252"),
        ("002", 124, 63, 8, "mac_roman"),
        ("003", 78, 0, 10, None),
        ("004", 22, 8, 7, None),
    ],
)
def test_a_seed_document_opens_as_it_is(
    seed: Seed, number: str, items: int, checked: int, phases: int, damage: str | None
) -> None:
    checklist = load(seed(number)).checklist
    found = list(checklist.items())
    assert len(found) == items
    assert sum(item.checked for item in found) == checked
    assert len(checklist.phases) == phases
    assert checklist.damage == damage
    assert checklist.warnings == ()


def test_the_deployment_document_has_one_final_approval(seed: Seed) -> None:
    signoffs = load(seed("001")).checklist.signoffs
    assert [[blank.kind for blank in signoff.blanks] for signoff in signoffs] == [["name", "date"]]


def test_the_cutover_document_has_ten_sign_offs(seed: Seed) -> None:
    checklist = load(seed("003")).checklist
    kinds = [tuple(blank.kind for blank in signoff.blanks) for signoff in checklist.signoffs]
    assert kinds == [
        *[("initials", "date")] * 7,
        ("time", "initials"),
        ("time", "initials"),
        ("name", "date", "initials"),
    ]
    assert [signoff.label for signoff in checklist.signoffs[7:]] == [
        "Cutover Complete",
        "Rollback Complete",
        "Production Launch Certified",
    ]
    assert [len(signoff.items) for signoff in checklist.signoffs] == [
        *(19, 8, 5, 10, 4, 10, 11),
        *(6, 0, 5),
    ]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_seed_document_goes_back_to_the_same_bytes(seed: Seed, number: str) -> None:
    document = load(seed(number))
    data = seed(number).read_bytes()
    untouched = fill(document.source, document.checklist, ticked={}, blanks={}, appendix="")
    assert untouched == data
    logged = fill(document.source, document.checklist, ticked={}, blanks={}, appendix="# Log")
    assert logged.startswith(data)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_filled_in_seed_document_reads_as_the_same_items(seed: Seed, number: str) -> None:
    document = load(seed(number))
    items = list(document.checklist.items())
    ticked = {item.id: index % 2 == 0 for index, item in enumerate(items)}
    blanks = {
        signoff.id: {blank.kind: "Zo\u00eb *B* \u201d 10:00Z" for blank in signoff.blanks}
        for signoff in document.checklist.signoffs
    }
    exported = fill(
        document.source,
        document.checklist,
        ticked=ticked,
        blanks=blanks,
        appendix="## Log\n\n- [x] not an item\n",
    )
    again = read(source_from_bytes(document.source.name, exported))
    assert [replace(item, box=None) for item in again.items()] == [
        replace(item, box=None, checked=ticked[item.id]) for item in items
    ]
    assert again.damage == document.checklist.damage
