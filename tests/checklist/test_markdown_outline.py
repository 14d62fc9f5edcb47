"""Phases and sections, and what lies where."""

from collections.abc import Callable
from pathlib import Path

import pytest

from launchpad.checklist.load import Document, load
from launchpad.checklist.markdown.outline.headings import Heading, find_headings
from launchpad.checklist.markdown.outline.outline import arrange
from launchpad.checklist.markdown.tree import parse
from tests.checklist.soon import soon

Reading = Callable[[str], Document]

DAY = 86_400_000
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
        (f"# A\n{ITEM}## X\n{ITEM}## Y\n{ITEM}# B\n{ITEM}", [("A", 3), ("B", 1)]),
        (f"# T\n## A\n{ITEM}# Second\n## B\n{ITEM}### X\n{ITEM}", [("A", 1), ("B", 2)]),
        (f"Title\n===\nA\n---\n{ITEM}B\n---\n{ITEM}", [("A", 1), ("B", 1)]),
        (f"# T\n###### A\n{ITEM}###### B\n{ITEM}", [("A", 1), ("B", 1)]),
        # What lies under no such heading.
        (f"# T\n{ITEM}## A\n{ITEM}", [("T", 1), ("A", 1)]),
        (f"{ITEM}# T\n## A\n{ITEM}", [("T", 1), ("A", 1)]),
        (f"# T\n### X\n{ITEM}## A\n{ITEM}# U\n{ITEM}", [("X", 1), ("A", 1), ("U", 1)]),
        (f"{ITEM}{ITEM}", [("plan", 2)]),
        # Headings in quotes and lists divide nothing; setext headings do.
        (f"## A\n> ## Q\n\n{ITEM}- ## L\n\n{ITEM}", [("A", 2)]),
        (f"A\n---\n{ITEM}B\n---\n{ITEM}", [("A", 1), ("B", 1)]),
        (f"##\n{ITEM}## B\n{ITEM}", [("B", 1), ("B", 1)]),
        (f"## A\n<details><summary>More</summary>\n\n{ITEM}</details>\n\n{ITEM}", [("A", 2)]),
        # Bold lines are headings below all others.
        (f"**A**\n\n{ITEM}**B**\n\n{ITEM}", [("A", 1), ("B", 1)]),
        (f"# T\n**A:**\n{ITEM}**B** (later)\n{ITEM}", [("A", 1), ("B (later)", 1)]),
        (f"# T\n## All\n**A**\n{ITEM}**B**\n{ITEM}", [("A", 1), ("B", 1)]),
        (f"# T\n## A\n**X**\n{ITEM}**Y**\n{ITEM}## B\n{ITEM}", [("A", 2), ("B", 1)]),
        # A launch time of its own makes a phase, wherever it stands.
        (
            f"## A\n{ITEM}## B\n**T-30 min**\n{ITEM}**T-0**\n{ITEM}",
            [("A", 1), ("T-30 min", 1), ("T-0", 1)],
        ),
        (
            f"## A\n{ITEM}## B\n{ITEM}### Checks (T-1h)\n{ITEM}### Rest\n{ITEM}",
            [("A", 1), ("B", 2), ("Checks (T-1h)", 1)],
        ),
        (
            f"## A\n{ITEM}## B\n**Launch day**\n\n**X**\n{ITEM}**Y**\n{ITEM}**T+1h**\n{ITEM}",
            [("A", 1), ("Launch day", 2), ("T+1h", 1)],
        ),
        (
            f"## A\n{ITEM}## B\n**T-1h**\n{ITEM}**X**\n{ITEM}",
            [("A", 1), ("T-1h", 1), ("B", 1)],
        ),
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
        (f"**A**\n\ntext\n\n**B**\n{ITEM}", "A"),
        (f"**A**\n{ITEM}**B**\n{ITEM}", "plan"),
        (f"**A**\n{ITEM}## B\n{ITEM}", "B"),
        (f"---\ntitle: Front\n---\n**A**\n\ntext\n\n**B**\n{ITEM}", "Front"),
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


def test_a_heading_that_is_an_item_lies_where_the_heading_lies() -> None:
    headings = (Heading(1, "T", 1), Heading(2, "A", 2), Heading(3, "X", 4), Heading(2, "B", 9))
    outline = arrange("T", headings, [3, 4, 6, 9], [])
    places = {
        line: (outline.phases[place.phase].title, place.section)
        for line, place in outline.places.items()
    }
    assert places == {3: ("A", None), 4: ("A", None), 6: ("A", 0), 9: ("B", None)}


def test_the_deployment_document_s_launch_is_three_phases(seed: Callable[[str], Path]) -> None:
    phases = load(seed("001")).checklist.phases
    headings = find_headings(parse("plan.md", load(seed("001")).source.readable))
    timed = [(one.at_ms, one.until_ms) for one in headings if one.timed]
    assert timed == [(-DAY, None), (0, None), (0, DAY)]
    lines = [one.line for one in headings if one.timed]
    assert [len(phase.items) for phase in phases if phase.line in lines] == [5, 6, 4]
    assert all(phase.items for phase in phases)


@pytest.mark.parametrize(
    "piece",
    [
        "## A (T-30)\n- [ ] a\n",
        "**A**\n- [ ] a\n\n",
        "**A**\n\n",
        "# A\n",
        "**if**\n- a\n\n",
    ],
)
def test_thousands_of_headings_are_divided_in_no_time(piece: str) -> None:
    tree = parse("plan.md", piece * 3_000)
    items = range(2, piece.count("\n") * 3_000, piece.count("\n"))
    with soon():
        arrange("T", find_headings(tree), items, [])


def test_a_documents_own_title_comes_before_its_deeper_headings(reading: Reading) -> None:
    text = "---\ntitle: Harbour\n---\n### Before\n\n- [ ] a\n"
    assert reading(text).checklist.title == "Harbour"
