"""What an item is called: the same words before and after its blanks are filled in."""

from collections.abc import Callable

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.fill import fill
from launchpad.checklist.load import Document, read
from launchpad.checklist.markdown.item_names import item_name

Reading = Callable[[str], Document]


@pytest.mark.parametrize(
    ("label", "text", "name"),
    [
        ("", "Switch the queue", "Switch the queue"),
        ("Queue", "Queue: switch it", "Queue"),
        ("Queue", "Queue: switched by: ____", "Queue"),
        ("", "Queue: switch it over", "Queue: switch it over"),
        ("", "Queue moved. Date: ____ By: ____", "Queue moved. Date"),
        ("", "Queue moved. Date: 2026-01-01 By: AB", "Queue moved. Date"),
        ("", "Queue moved \u2014 initials\uff1aAB", "Queue moved \u2014 initials"),
        ("", "Queue moved. Date/Time : 10:00", "Queue moved. Date/Time "),
        ("", "Queue moved. Sign-off: AB", "Queue moved. Sign-off"),
        ("", "Approved by: Ada B", "Approved by"),
        ("", "DBA: Ada B Date: 2026-01-01", "DBA"),
        ("", "QA lead (night): Ada", "QA lead (night)"),
        ("", "Moved at 10:30: all well", "Moved at 10:30: all well"),
        ("", "Queue moved. Date ____", "Queue moved. Date ____"),
        ("", "Standby: nobody", "Standby: nobody"),
        ("", f"{'a: ' * 8}Date: b", f"{'a: ' * 8}Date: b"),
        ("", "", ""),
        ("", ":", ":"),
        ("", ":" * 100_000, ":" * 100_000),
    ],
)
def test_an_item_is_named_by_what_stands_before_a_blank(label: str, text: str, name: str) -> None:
    assert item_name(label, text) == name


@pytest.mark.parametrize(
    "item",
    [
        "- [ ] Queue moved. Date: ____ By: ____",
        "- [ ] Queue moved\n  Initials: ____ Date: __/__/____",
        "- [ ] Queue moved\nApproved by: \\_\\_\\_",
        "- [ ] Queue moved; approved by: [Name] on: [Date]",
        "- [ ] Approved by: ____ Date: ____",
        "- [ ] **CTO**: ____ Date: ____",
        "- [ ] CTO: ____ Date: ____",
        "- [ ] **QA lead** Initials ____ Date ____",
        "- [ ] **Queue** moved\n\n  Initials: ____",
        "- [ ] Queue\n  - Initials: ____\n  - Date: ____",
        "- \u2610 Queue moved. Initials: ____ Date: ____",
        "\u2610 Queue moved. Initials: ____ Date: ____\n\u2610 other",
    ],
)
def test_a_blank_of_an_item_is_filled_in_without_renaming_it(reading: Reading, item: str) -> None:
    document = reading(f"## Launch\n\n{item}\n")
    checklist = document.checklist
    assert [warning.message for warning in checklist.warnings] == []
    again = read(source_from_bytes("plan.md", filled(document)))
    assert "AB" in filled(document).decode()
    assert [one.id for one in again.items()] == [one.id for one in checklist.items()]
    assert [one.label for one in again.items()] == [one.label for one in checklist.items()]


@pytest.mark.parametrize(
    "item",
    [
        "- [ ] **CTO ____** agrees. Date: ____",
        "- [ ] Queue moved to ____. Initials: ____",
        "- \u2610 Queue moved to ____. Initials: ____",
    ],
)
def test_a_blank_that_would_rename_its_item_is_left_and_said(reading: Reading, item: str) -> None:
    document = reading(f"## Launch\n\n{item}\n")
    assert filled(document).decode() == document.source.readable
    assert "inside an item is not filled in" in document.checklist.warnings[0].message
    assert document.checklist.warnings[0].line == 3


def filled(document: Document) -> bytes:
    """Return a document with everything that can be filled in."""
    checklist = document.checklist
    blanks = {one.id: {blank.kind: "AB" for blank in one.blanks} for one in checklist.signoffs}
    return fill(document.source, checklist, results={}, blanks=blanks, appendix="")


def test_an_item_that_would_be_signed_nowhere_is_no_sign_off(reading: Reading) -> None:
    checklist = reading("- [ ] d \u2014 initials ___ time ___\n").checklist
    assert not checklist.signoffs
    assert [warning.line for warning in checklist.warnings] == [1, 1]
