"""Boxes of every kind filled in: they say what was recorded."""

import pytest

from launchpad.checklist.fill import fill
from launchpad.checklist.model import Blank, Result, SignOff, Span
from tests.checklist.boxing import boxed


def status(said: str) -> str:
    return f"|Task|Status|\n|-|-|\n|a|{said}|\n"


@pytest.mark.parametrize(
    ("box", "written"),
    [
        ("[ ] a", {None: "[ ] a", "passed": "[x] a", "failed": "[ ] a", "blocked": "[ ] a"}),
        ("[X] a", {None: "[ ] a", "passed": "[X] a", "failed": "[ ] a"}),
        ("- \u2610 a", {None: "- \u2610 a", "passed": "- \u2611 a", "failed": "- \u2610 a"}),
        ("- \u2611 a", {None: "- \u2610 a", "passed": "- \u2611 a", "failed": "- \u2610 a"}),
        ("- \u25a1 a", {None: "- \u25a1 a", "passed": "- \u2611 a"}),
        ("- \u2b1c\ufe0f a", {None: "- \u2b1c\ufe0f a", "passed": "- \u2611 a"}),
        ("- \u2612 a", {None: "- \u2612 a", "passed": "- \u2611 a", "failed": "- \u2612 a"}),
        (
            "R: \u2610 Pass \u2610 Fail",
            {
                "passed": "R: \u2611 Pass \u2610 Fail",
                "failed": "R: \u2610 Pass \u2611 Fail",
                "blocked": "R: \u2610 Pass \u2610 Fail",
            },
        ),
        (
            "R: [X] Pass [ ] Fail",
            {
                "passed": "R: [X] Pass [ ] Fail",
                "failed": "R: [ ] Pass [x] Fail",
                None: "R: [ ] Pass [ ] Fail",
            },
        ),
        (
            "S: \u2610 Open \u2705 Done",
            {None: "S: \u2611 Open \u2b1c Done", "passed": "S: \u2610 Open \u2705 Done"},
        ),
        (
            status("\u2705"),
            {
                "passed": status("\u2705"),
                "failed": status("\u274c"),
                None: status("\u2b1c"),
                "in-progress": status("\u23f3"),
            },
        ),
        (
            status("Pending"),
            {
                None: status("Pending"),
                "passed": status("Done"),
                "failed": status("Failed"),
                "blocked": status("Blocked"),
                "not-applicable": status("N/A"),
                "in-progress": status("In progress"),
            },
        ),
        (status("**TODO**"), {None: status("**TODO**"), "passed": status("**Done**")}),
        (status("complete"), {"passed": status("complete"), None: status("Pending")}),
        (
            status("\u2b1c Pending"),
            {
                "passed": status("\u2705 Done"),
                "failed": status("\u274c Failed"),
                None: status("\u2b1c Pending"),
            },
        ),
    ],
)
def test_a_box_says_what_was_recorded(box: str, written: dict[Result | None, str]) -> None:
    document = boxed(box.encode())
    (item,) = document.items
    for result, expected in written.items():
        assert document.filled({item.id: result}).decode() == expected
    assert document.filled({}).decode() == box


def test_a_status_is_written_in_the_document_s_own_words() -> None:
    document = boxed((status("Not started") + "|b|Complete|\n").encode())
    filled = document.filled({"a": "passed", "b": None})
    assert filled.decode() == status("Complete") + "|b|Not started|\n"


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("|a|   |", "AB", "|a| AB |"),
        ("|a||", "A|B", "|a| A\\|B |"),
        ("|a|[Name]|", "A \\", "|a|A \\\\ |"),
        ("|a|[Name]|", "Zo\u00eb", "|a|Zo\u00eb|"),
    ],
)
def test_a_blank_in_a_table_stays_in_its_cell(text: str, value: str, written: str) -> None:
    span = Span(3, len(text) - 1)
    slot = SignOff("s", "S", "p", 1, (), (Blank("name", "Name", span),))
    document = boxed(text.encode(), (slot,))
    data = fill(
        document.source,
        document.checklist,
        results={},
        blanks={"s": {"name": value}},
        appendix="",
    )
    assert data.decode() == written
