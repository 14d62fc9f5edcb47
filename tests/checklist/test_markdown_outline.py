"""Phases and sections, and what lies where."""

from collections.abc import Callable

import pytest

from launchpad.checklist.load import Document

Reading = Callable[[str], Document]

ITEM = "- [ ] a\n\n"
SLOT = "Signature: ____\n\n"


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        # The shallowest level below the title that carries items.
        (f"# T\n## A\n{ITEM}## B\n{ITEM}", [("A", 1), ("B", 1)]),
        (f"# T\n## A\n### A1\n{ITEM}### A2\n{ITEM}## B\n{ITEM}", [("A", 2), ("B", 1)]),
        (f"# T\n## Notes\ntext\n\n## A\n{ITEM}", [("A", 1)]),
        (f"# T\n### A\n{ITEM}### B\n{ITEM}", [("A", 1), ("B", 1)]),
        # One heading that holds everything is no phase, if those below it divide it.
        (f"# T\n## All\n### A\n{ITEM}### B\n{ITEM}", [("A", 1), ("B", 1)]),
        (f"# T\n## All\n### More\n#### A\n{ITEM}#### B\n{ITEM}", [("A", 1), ("B", 1)]),
        (f"# T\n## All\n{ITEM}### A\n{ITEM}### B\n{ITEM}", [("All", 1), ("A", 1), ("B", 1)]),
        (f"# T\n## All\n### A\n{ITEM}", [("All", 1)]),
        (f"## All\n{ITEM}### A\n#### X\n{ITEM}#### Y\n{ITEM}", [("All", 3)]),
        (f"# T\n## All\n### A\n{ITEM}## Sign\n{SLOT}", [("All", 1), ("Sign", 0)]),
        # Titles only.
        (f"# A\n{ITEM}# B\n{ITEM}", [("A", 1), ("B", 1)]),
        (f"# A\n{ITEM}## Notes\ntext\n", [("A", 1)]),
        # What lies under no such heading.
        (f"# T\n{ITEM}## A\n{ITEM}", [("T", 1), ("A", 1)]),
        (f"{ITEM}# T\n## A\n{ITEM}", [("T", 1), ("A", 1)]),
        (f"# T\n### X\n{ITEM}## A\n{ITEM}# U\n{ITEM}", [("X", 1), ("A", 1), ("U", 1)]),
        (f"{ITEM}{ITEM}", [("plan", 2)]),
        # Headings in quotes and lists divide nothing; setext headings do.
        (f"## A\n> ## Q\n\n{ITEM}- ## L\n\n{ITEM}", [("A", 2)]),
        (f"A\n---\n{ITEM}B\n---\n{ITEM}", [("A", 1), ("B", 1)]),
        (f"##\n{ITEM}## B\n{ITEM}", [("B", 1), ("B", 1)]),
        # Nothing to do.
        ("# T\n## A\n## B\n### C\n", [("A", 0), ("B", 0)]),
        ("# T\ntext\n", [("T", 0)]),
        ("text\n", []),
    ],
)
def test_a_document_is_divided_where_its_items_are(
    reading: Reading, text: str, phases: list[tuple[str, int]]
) -> None:
    found = reading(text).checklist.phases
    assert [(phase.title, len(phase.items)) for phase in found] == phases


def test_items_know_their_innermost_section_and_a_sign_off_alone_makes_none(
    reading: Reading,
) -> None:
    checklist = reading(
        f"# T\n## A\n{ITEM}### S\n{ITEM}#### Deep\n{ITEM}"
        f"### Sign\nInitials: ___\n\n## B\n### S\n{ITEM}"
    ).checklist
    assert [(s.id, s.title, s.phase, s.line) for s in checklist.sections] == [
        ("s", "S", "a", 5),
        ("deep", "Deep", "a", 8),
        ("s-2", "S", "b", 15),
    ]
    assert [item.section for item in checklist.items()] == [None, "s", "deep", "s-2"]


def test_phases_have_their_heading_s_line(reading: Reading) -> None:
    phases = reading(f"\n{ITEM}# T\n\n## A **b** `c`\n{ITEM}").checklist.phases
    assert [(phase.id, phase.title, phase.line) for phase in phases] == [
        ("t", "T", 2),
        ("a-b-c", "A b c", 6),
    ]


def test_a_document_without_an_item_opens_with_a_warning(reading: Reading) -> None:
    warnings = reading("# T\n## A\n").checklist.warnings
    assert [(warning.line, warning.message[:13]) for warning in warnings] == [(1, "no item found")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("## A\n# T *it*\n# U\n", "T it"),
        ("### A\n## B\n", "A"),
        ("#\n## A\n", "A"),
        ('---\ntitle: "From: above"\n---\ntext', "From: above"),
        ("---\ntitle: 'quoted'\n---\ntext", "quoted"),
        ("---\r\nother: 1\r\ntitle: Plain  \r\n---\r\ntext", "Plain"),
        ("---\ntitle:\n---\ntext", "plan"),
        ("text", "plan"),
        ("# \x1b[2Jclear", "\u241b[2Jclear"),
    ],
)
def test_a_document_s_title(reading: Reading, text: str, title: str) -> None:
    assert reading(text).checklist.title == title
