"""Tables that people sign, and the many tables with a name or a date that nobody signs."""

import pytest

from tests.checklist.signing import kinds, places, signing


def table(*rows: str) -> str:
    """Write a table: its head, the line below that, its rows."""
    head, *body = rows
    return "\n".join([head, "|" + "-|" * (head.count("|") - 1), *body])


@pytest.mark.parametrize(
    ("head", "row", "label", "role", "asked"),
    [
        ("Role|Name|Signature|Date", "CTO||||", "CTO", "CTO", "name signature date"),
        ("Role|Name|Signature|Date", "CTO|Ann|||", "CTO", "CTO", "signature date"),
        (
            "Role|Signature|Date|Name",
            "CTO|____|__/__/____|____",
            "CTO",
            "CTO",
            "signature date name",
        ),
        (
            "Role|Name|Signature|Date",
            "**CTO**|[Name]|[Sign here]|TBD",
            "CTO",
            "CTO",
            "name signature date",
        ),
        ("Role|Signature", "Board of trade| ", "Board of trade", "Board of trade", "signature"),
        ("Role|Approver|Initials|Time (UTC)", "DBA| | | ", "DBA", "DBA", "name initials time"),
        ("Job title|Name|Sign-off|Notes", "QA lead||| ", "QA lead", "QA lead", "name signature"),
        ("Item|Approver|Status|Time", "Database| | | ", "Database", "", "name meaning time"),
        ("Item|Approver|Status|Time", "Database| |Pending| ", "Database", "", "name time"),
        (
            "Team|Approved (Y/N)|Approver|Date",
            "Payments| | | ",
            "Payments",
            "",
            "meaning name date",
        ),
        ("Team|Approved (Y/N)|Approver|Date", "Payments|\u2610| | ", "Payments", "", "name date"),
        ("Approval|Name|Date", "Release board| | ", "Release board", "Release board", "name date"),
        ("Approval|Name|Date", "Budget| | ", "Budget", "", "name date"),
        ("Sign-off|Name|Time", "Schema| | ", "Schema", "", "name time"),
        ("Area|Approved by|Approval date", "API| | ", "API", "", "name date"),
        ("Area|Signed off by|Date signed", "API| | ", "API", "", "signature date"),
        ("Area|Signed|Date/Time", "API| | ", "API", "", "signature datetime"),
        ("Name|Role|Approved?|Date", " |CTO| | ", "CTO", "CTO", "name meaning date"),
        ("Step|Performed by|Time", "Stop A| | ", "Stop A", "", "name time"),
        ("Name|Role|E-mail|Signature", "Ann|CTO|a@b.example| ", "Ann", "CTO", "signature"),
        ("Name|Role|Signature", " |CTO| ", "CTO", "CTO", "name signature"),
        ("Name|Signature|Date", "Ann| | ", "Ann", "", "signature date"),
        ("Name|Signature|Date", "____|____|____", "", "", "name signature date"),
        ("Approver|Decision|Date", "CTO| | ", "CTO", "", "meaning date"),
        ("Phase|Owner|Due date|Sign-off", "Beta|Ann|May| ", "Beta", "", "signature"),
        ("Component|Version|Approver", "API|1.0| ", "API", "", "name"),
        ("Stakeholder|Signature", "Sponsor|\\_\\_\\_\\_", "Sponsor", "Sponsor", "signature"),
        ("Role|Signed", "CTO|[ ]", "CTO", "CTO", ""),
        ("**Role**|*Signature*|`Date`", "CTO| |&nbsp;", "CTO", "CTO", "signature date"),
    ],
)
def test_a_row_is_a_sign_off(head: str, row: str, label: str, role: str, asked: str) -> None:
    found = signing(table(f"|{head}|", f"|{row}|"))
    assert [(slot.label, slot.role, kinds(slot), slot.line) for slot in found.slots] == [
        (label, role, asked, 3)
    ]
    assert found.warnings == ()
    assert found.taken == {1, 3}


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Milestone|Date", "Beta| "),
        ("Milestone|Owner|Due date", "Beta| | "),
        ("Name|Phone|E-mail", "Ann| | "),
        ("Role|Name|Contact", "DBA|[Name]|[Phone]"),
        ("Task|Owner|Status|Date", "Deploy| | | "),
        ("Feature|Owner|Approved", "Search| | "),
        ("Test|Expected|Actual|Date", "Login|200| | "),
        ("Test|Result|Tested by", "Login| | "),
        ("Variable|Name|Value", "A| | "),
        ("Version|Date|Author|Approved by", "1.0| | | "),
        ("Date|Revision|Description|Approver", "May|2| | "),
        ("Rev.|Approved by", "2| "),
        ("Signed URL|Time", "/a| "),
        ("Design|Signature algorithm", "A| "),
        ("Metric|Target|Value", "P95|200 ms|___"),
    ],
)
def test_a_table_with_a_name_or_a_date_is_not_signed(head: str, row: str) -> None:
    found = signing(table(f"|{head}|", f"|{row}|"))
    assert (found.slots, found.warnings, found.taken) == ((), (), frozenset())


def test_signed_and_spare_rows_are_passed_over() -> None:
    found = signing(
        table("|Role|Name|Signature|", "|CTO|Ann|AB|", "|CFO| | |", "| | | |", "|CIO|Bo|\u2611|")
    )
    assert [(slot.label, slot.line) for slot in found.slots] == [("CFO", 4)]
    assert found.taken == {1, 3, 4, 5, 6}
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("text", "line", "said", "asked"),
    [
        (table("|Role|Name|Signature|", "|CTO|Ann|"), 3, "before its \u201cSignature\u201d", [""]),
        (table("|Name|Signature|Date|", "| | | |"), 1, "nowhere what is signed", []),
        (
            table("|Item|Approver|Approved by|", "|API| | |"),
            3,
            "\u201cApproved by\u201d in a table is not filled in",
            ["name"],
        ),
        (
            table("|Prepared by|Reviewed by|Approver|", "|Ann|____| |"),
            3,
            "\u201cReviewed by\u201d in a table",
            ["name"],
        ),
        (table("|Test|Tested by|", "|a|____|"), 3, "\u201cTested by\u201d in a table", []),
        (table("|Test|Notes|", "|a|Initials: ____|"), 3, "\u201cInitials\u201d in a table", []),
        (table("|A|B|C|", "|Approved by|____|c|"), 3, "\u201cApproved by\u201d in a table", []),
    ],
)
def test_what_cannot_be_written_is_a_warning(
    text: str, line: int, said: str, asked: list[str]
) -> None:
    found = signing(text)
    assert [kinds(slot) for slot in found.slots] == asked
    (warning,) = found.warnings
    assert warning.line == line
    assert said in warning.message


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("|Approved by| |", "|Date|____|"), [("", "name date")]),
        (("|**Name**| |", "|**Signature:**| |", "|**Date:**| |"), [("", "name signature date")]),
        (
            ("|Version|1.0|", "|Release approved by| |", "|Date| |"),
            [("Release approved", "name date")],
        ),
        (
            ("|Approved by| |", "|Date| |", "|Verified by| |", "|Date| |"),
            [("", "name date"), ("", "name date")],
        ),
        (("|Name| |", "|Date| |"), []),
        (("|Approved by|Ann|", "|Date|May|"), []),
    ],
)
def test_a_table_of_labels_and_blanks_is_a_form(
    rows: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    found = signing(table("|Field|Value|", *rows))
    assert [(slot.label, kinds(slot)) for slot in found.slots] == expected
    assert bool(found.taken) == bool(expected)
    assert found.warnings == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("indent", ["", "> ", "- a\n\n  ", "> 1. a\n>\n>    "])
def test_a_cell_s_place_is_what_stands_in_it(indent: str, end: str) -> None:
    margin = " " * 2 if indent.startswith("-") else indent.rsplit("\n", maxsplit=1)[-1]
    rows = table(
        "|Item|Name|Signature|Date|Time|", "| a \\| `b\\|c` |[Name]|  ____ |TBD|   |"
    ).split("\n")
    text = (indent + f"\n{margin}".join(rows)).replace("\n", end)
    (slot,) = signing(text).slots
    assert places(text, slot) == ["[Name]", "____", "TBD", "   "]


def test_a_filled_in_table_is_still_the_same_table() -> None:
    text = table("|Item|Approver|Date|", "|API||[Date]|") + "\n"
    (slot,) = signing(text).slots
    for blank in reversed(slot.blanks):
        text = text[: blank.span.start] + "x" + text[blank.span.end :]
    assert text.endswith("|API|x|x|\n")
    assert signing(text).slots == ()


def test_rows_to_tick_are_signed_each_for_itself() -> None:
    text = table(
        "| # | Check | Done | Initials | Time |",
        "| 1 | DB backup | [ ] | | |",
        "| 2 | Stop app | \u2610 Pass \u2610 Fail | ____ | |",
        "| 3 | Tell them | | | |",
    )
    found = signing(text)
    assert [(slot.label, slot.role, kinds(slot), slot.item_line) for slot in found.slots] == [
        ("DB backup", "", "initials time", 3),
        ("Stop app", "", "initials time", 4),
    ]
    assert [warning.line for warning in found.warnings] == [5]
    assert not found.taken


def test_a_choice_in_a_row_to_sign_is_told_of() -> None:
    head = "| Approver | Role | Decision | Date |"
    found = signing(table(head, "| Ann | CTO | \u2610 Approve \u2610 Reject | |"))
    assert [(slot.role, kinds(slot)) for slot in found.slots] == [("CTO", "date")]
    assert [warning.message for warning in found.warnings] == [
        "the choice under \u201cDecision\u201d is not filled in"
    ]


@pytest.mark.parametrize("head", ["Rolle|Name|Unterschrift|Datum", "Fonction|Nom|Visa|Date"])
def test_a_table_to_sign_in_another_language_is_told_of(head: str) -> None:
    found = signing(table(f"|{head}|", "|Leiter| | | |", "|Technik| | | |"))
    assert not found.slots
    assert [warning.line for warning in found.warnings] == [1]
