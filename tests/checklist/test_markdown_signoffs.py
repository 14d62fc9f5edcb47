"""Sign-offs: labelled blanks that somebody signs, and blanks that only look like it."""

from collections.abc import Callable

import pytest

from launchpad.checklist.load import Document
from launchpad.checklist.markdown.signing.signoffs import find_signoffs
from launchpad.checklist.markdown.tables import find_tables
from launchpad.checklist.markdown.tasks import find_tasks
from launchpad.checklist.markdown.tree import parse
from tests.checklist.signing import kinds, places, signing
from tests.checklist.soon import soon

Reading = Callable[[str], Document]


def signoffs(text: str) -> list[tuple[str, str]]:
    """Return the label of each sign-off behind an item, and the kinds of its blanks."""
    return [(slot.label, kinds(slot)) for slot in signing(f"- [ ] a\n\n{text}\n").slots]


@pytest.mark.parametrize(
    ("text", "label", "asked"),
    [
        ("**Initials**: ____ **Date**: ____", "", "initials date"),
        ("Initial ____ Date ____", "", "initials date"),
        ("- Initial: ___", "", "initials"),
        ("> Signed by: ____", "", "signature"),
        ("DBA's initials: ____, Date (UTC): ____", "DBA", "initials date"),
        ("**Switch Complete Time**: ____ **By**: ____", "Switch Complete", "time initials"),
        ("Move completed at: ____", "Move completed", "time"),
        (
            "**Go-Live Certified**: ___ **Date**: ___ **By**: ___",
            "Go-Live Certified",
            "name date initials",
        ),
        ("Release approved by: ____\nDate: ____", "Release approved", "name date"),
        ("Release approved by: ____  \n**Date:** ____  ", "Release approved", "name date"),
        ("Release approved by: ____\n\nDate: ____", "Release approved", "name date"),
        ("- Approved by: ____\n- Date: ____", "", "name date"),
        ("Name: ____\nSignature: ____\nDate: ____", "", "name signature date"),
        ("Print name: ____ Signature: ____", "", "name signature"),
        ("CTO: ____ Date: ____", "CTO", "name date"),
        ("Head of Sales: ____ Signature: ____ Date: ____", "Head of Sales", "name signature date"),
        ("Signature: ____ Title: ____ Date: ____", "", "signature date"),
        ("Sign-off: ____ Date/Time: ____", "", "signature datetime"),
        ("Verified by ____ on ____ at ____", "", "name date time"),
        ("Initials:____ Date:____", "", "initials date"),
        ("Initials: \\_\\_\\_ Date: \\_\\_\\_", "", "initials date"),
        ("Initials: ____ Date: __/__/____", "", "initials date"),
        ("Initials: ____ (two letters) Date: ____.", "", "initials date"),
        ("| Initials: ____ | Date: ____ |", "", "initials date"),
        ("[Initials: ____](https://example.org)", "", "initials"),
        ("\u270d Signature: ____", "", "signature"),
        ("- [ ] b\n\n  Initials: ____", "", "initials"),
        ("- **Initial**: ____\n- Date: ____", "", "initials date"),
        ("* Approved by: ____\n* Time: ____", "", "name time"),
        ("1. Approved by: ____\n2. Date: ____", "", "name date"),
        ("- release\n  - Verified by: ____\n  - Date: ____", "", "name date"),
        ("> 1. Signed off by: ____", "", "signature"),
        ("### Approved by: ____ Date: ____", "", "name date"),
        ("### Initials: ____ ###", "", "initials"),
        ("Approved by: ____ Date: ____\n---", "", "name date"),
        ("## Go-live approved by: ____\n\nDate: ____", "Go-live approved", "name date"),
        ("CTO approval: ____ Date: ____", "CTO", "name date"),
        ("Launch sign-off: ____ Date: ____", "Launch", "name date"),
        ("Sign here: ____ Sign-off date: ____", "", "signature date"),
        ("Approver: ____ Approved on: ____", "", "name date"),
        ("Initials\uff1a____ Date\uff1a____", "", "initials date"),
        ("Initials\uff08two\uff09\uff1a____", "", "initials"),
        ("Phone line tested. Initials: ____ Date: ____", "Phone line tested", "initials date"),
    ],
)
def test_a_sign_off_is_understood(text: str, label: str, asked: str) -> None:
    assert signoffs(text) == [(label, asked)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "CTO: ____ Date: ____\nCFO: ____ Date: ____",
            [("CTO", "name date"), ("CFO", "name date")],
        ),
        ("Approved by: ____\nVerified by: ____", [("", "name"), ("", "name")]),
        ("Initials: ____ Date: ____\nApproved by: ____", [("", "initials date"), ("", "name")]),
        ("Initials: ____\n\ntext\n\nDate: ____", [("", "initials")]),
        ("Initials: ____\ntext\nDate: ____", [("", "initials")]),
        ("Initials: ____\n\n---\n\nDate: ____", [("", "initials")]),
    ],
)
def test_sign_offs_are_told_apart(text: str, expected: list[tuple[str, str]]) -> None:
    assert signoffs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Unit tests pass (coverage: ___%)",
        "P95: ___ ms (threshold: 200 ms)",
        "P95: ___ ms (threshold: \u2264200ms)",
        "- P95: ___ ms\n- Error rate: ___ %",
        "Response time: ____ ms",
        "Open https://____.example",
        "Version: ____ Build: ____",
        "Version: ____",
        "Ticket: ____",
        "Start time: ____",
        "Due date: ____",
        "Launch date: ____",
        "Owner: ____",
        "Product: ____ Team: ____",
        "Backup file: ____",
        "CTO: ____",
        "Name: ____ Phone: ____",
        "Name: ____\nE-mail address: ____\nDate: ____",
        "## Contacts\n\nCTO: ____ Date: ____",
        "Move to ____ by ____",
        "Host name: ____ IP: ____",
        "Owner ____ Team ____",
        "Date\n____",
        "___",
        "___\n\n---",
        "_ _ _\n\n***",
        "__init__.py and some_snake_case by ___init___",
        "__Initials__ and ___Date___",
        "**Initials** and *Date*",
        "Initials: __",
        "`Initials: ____`",
        "```\nInitials: ____\n```",
        "<!-- Initials: ____ -->",
        "## H\n\n    Initials: ____",
        "![Initials: ____](a.png)",
        "host_name____x",
        "- [ ] Version: ____\n- [ ] CTO: ____\n- [ ] coverage: ___%",
        "### Version: ____",
    ],
)
def test_another_blank_is_no_sign_off(text: str) -> None:
    found = signing(f"- [ ] a\n\n{text}\n")
    assert (found.slots, found.warnings) == ((), ())


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("text\nDate: ____", 4, "\u201cDate\u201d looks like a sign-off"),
        ("Approval of the board: ____", 3, "\u201cApproval of the board\u201d looks like"),
        ("Needs approval: ____", 3, "\u201cNeeds approval\u201d looks like"),
        ("To be completed by: ____", 3, "\u201cTo be completed by\u201d looks like"),
        ("Signature/Date: ____", 3, "\u201cSignature/Date\u201d looks like"),
        ("Backup file: ____ Date: ____", 3, "\u201cDate\u201d looks like"),
        ("Product: ____ Date: ____", 3, "\u201cDate\u201d looks like"),
        ("Unterschrift: ____", 3, "\u201cUnterschrift\u201d looks like"),
        ("Approuv\u00e9 par : ____", 3, "\u201cApprouv\u00e9 par\u201d looks like"),
        ("Firma: ____", 3, "\u201cFirma\u201d looks like"),
        ("\u627f\u8a8d\uff1a____", 3, "\u201c\u627f\u8a8d\u201d looks like"),
        ("- [ ] Approved where: ____", 3, "\u201cApproved where\u201d inside an item"),
        ("- [ ] Date: ____", 3, "\u201cDate\u201d inside an item"),
        ("### Date: ____", 3, "\u201cDate\u201d inside a heading"),
        ("### Signature/Date: ____", 3, "\u201cSignature/Date\u201d inside a heading"),
    ],
)
def test_a_doubtful_blank_is_a_warning_and_never_a_guess(text: str, line: int, said: str) -> None:
    found = signing(f"- [ ] a\n\n{text}\n")
    assert found.slots == ()
    (warning,) = found.warnings
    assert warning.line == line
    assert said in warning.message


def test_a_blank_in_an_item_nobody_found_is_a_warning() -> None:
    found = find_signoffs(parse("plan.md", "- [ ] Approved by: ____"))
    assert found.slots == ()
    assert "inside an item is not filled in" in found.warnings[0].message


def test_a_sign_off_covers_what_stands_before_it_in_its_phase(reading: Reading) -> None:
    checklist = reading(
        "## A\n- [ ] a\n### S\n- [ ] b\n\nInitials: ___\n\n- [ ] c\n\nInitials: ___\n"
        "- [ ] d\n\n## B\nInitials: ___\n\n- [ ] e\n"
    ).checklist
    assert [(one.id, one.phase, one.line, one.items) for one in checklist.signoffs] == [
        ("a", "a", 6, ("a", "b")),
        ("a-2", "a", 10, ("c",)),
        ("b", "b", 14, ()),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "text",
    [
        "Initials: ____ Date: __/__/____",
        "  Initials: \\_\\_\\_ Date: \\_\\_\\_",
        "\\* a &amp; b \\_ (\\[) Initials: ____ on ____",
        "> - a lazy line||Initials: ____ Date: ____",
        "1. \tInitials: ____||   Date: ____  ",
        "- a||  - b||    > Initials: ____||    > Date: ____",
        "- [x] \tInitials: ____||  Date: ____",
        "- [ ] Initials: ____ Date: ____  ",
        "> 1) [ ] Initials: ____||>    Date: ____",
        "# Initials: ____ Date: ____ ##",
        "Initials: ____ Date: ____||---",
        "a||b||Initials: ____||Date: ____",
    ],
)
def test_a_blank_s_place_is_its_underscores(text: str, end: str) -> None:
    text = f"## P{end * 2}{text.replace('||', end)}{end}"
    (slot,) = signing(text).slots
    found = places(text, slot)
    assert len(found) == 2
    assert all(set(place) <= set("_\\/") and place.count("_") >= 3 for place in found)
    for blank in slot.blanks:
        assert "_" not in text[blank.span.start - 1] + text[blank.span.end : blank.span.end + 1]


@pytest.mark.parametrize(
    "text",
    [
        "Date: ____ " * 4_000,
        "Initials: ____ Date: ____\n" * 2_000,
        "a" + "-" * 50_000 + "a: ____",
        "(" * 50_000 + ": ____",
        "Approved " * 5_000 + "by: ____",
        "- [ ] " + "sign-off " * 5_000,
        "[Name" * 8_000 + "] ____",
        "[Name] " * 6_000,
        "## Approvals\n" + "- [ ] CTO: ____\n" * 2_000,
        "|Role|Signature|\n|-|-|\n" + "|CTO||\n" * 2_000,
    ],
)
def test_a_hostile_document_is_read_soon(text: str) -> None:
    with soon():
        tree = parse("plan.md", text)
        tables, entries = find_tables(tree), find_tasks(tree)
        find_signoffs(tree, tables, entries)


def test_a_numbered_step_with_its_own_initials_is_signed_itself() -> None:
    [slot] = signing("1. Stop A. Initials: ____\n").slots
    assert (slot.label, slot.item_line) == ("Stop A", 1)


def test_a_dash_leads_to_a_blank_where_people_sign() -> None:
    [slot] = signing("## Sign-off\n\nEngineering \u2014 ____\n").slots
    assert slot.role or slot.label == "Engineering"
    assert not signing("## Scope\n\nEngineering \u2014 ____\n").slots


def test_a_label_in_another_language_is_told_of() -> None:
    found = signing("**Gepr\u00fcft von:** ____\n")
    assert [warning.line for warning in found.warnings] == [1]
