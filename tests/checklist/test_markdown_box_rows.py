"""Rows of tables that can be ticked, and how long it takes to look for boxes."""

import pytest

from launchpad.checklist.markdown.boxes.boxes import find_boxes
from launchpad.checklist.markdown.tables import find_tables
from launchpad.checklist.markdown.tree import parse
from tests.checklist.boxing import told
from tests.checklist.soon import soon


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "|#|Test|Result|\n|-|-|-|\n|1|**Log in**: works|\u2610 Pass \u2611 Fail|",
            ["table Log in: works {Pass=passed<\u2610>, Fail=failed<\u2611>} -"],
        ),
        (
            "|Test|Pass|Fail|N/A|\n|-|-|-|-|\n|Buy|[x]|[ ]|[ ]|",
            ["table Buy {Pass=passed<x>, Fail=failed< >, N/A=not-applicable< >} +"],
        ),
        (
            "|Test|Result|\n|-|-|\n|Buy|\u2610 Pass<br>\u2610 Fail|",
            ["table Buy {Pass=passed<\u2610>, Fail=failed<\u2610>} -"],
        ),
        (
            "|Item|Status|\n|-|-|\n|a|\u2b1c|\n|b|\u2705|\n|c|\u274c|\n|d|\u23f3|",
            ["table a -<\u2b1c>", "table b +<\u2705>", "table c -<\u274c>", "table d -<\u23f3>"],
        ),
        ("||Task|\n|-|-|\n|[ ]|a|\n|[x]|b|", ["table a -< >", "table b +<x>"]),
        (
            "|Task|By|\n|-|-|\n|\u2610 a \\| b|\u2610|",
            ["table a | b -<\u2610>", "table a | b: By -<\u2610>"],
        ),
        ("|Task|Done?|\n|-|-|\n|[ ] a|x|", ["table a -< >"]),
        (
            "|Task|Status|\n|-|-|\n|a|Pending|\n|b|**Done**|\n|c|N/A|\n|d||\n|e|-|",
            ["table a -<Pending>", "table b +<Done>", "table c -<N/A>"],
        ),
        (
            "|Task|Status|\n|-|-|\n|a|\u2705 Done|\n|b|\u2b1c Not started|\n|c|\u274c Failed|",
            ["table a +<\u2705 Done>", "table b -<\u2b1c Not started>", "table c -<\u274c Failed>"],
        ),
        ("|Task|Status|\n|-|-|\n|a|\u274c Done|", ["table a -<\u274c Done>"]),
        (
            "|Aufgabe|Stand|\n|-|-|\n|a|offen|\n|b|erledigt|",
            ["table a -<offen>", "table b +<erledigt>"],
        ),
        (
            "|Time|Task|Done|\n|-|-|-|\n|T-30 min|a|\u2610|\n|09:00|b|\u2611|",
            ["table a -<\u2610>", "table b +<\u2611>"],
        ),
        (
            "|Task|Dev|Live|\n|-|-|-|\n|a|\u2610|\u2611|",
            ["table a: Dev -<\u2610>", "table a: Live +<\u2611>"],
        ),
        ("|Task|OK|State|\n|-|-|-|\n|a|\u2610|Pending|", ["table a -<\u2610>"]),
        ("> |Task|Done|\r\n> |-|-|\r\n> |a|\u2610|\r\n", ["table a -<\u2610>"]),
        ("- [ ] x\n\n  |Task|Done|\n  |-|-|\n  |a|\u2610|", [">table a -<\u2610>"]),
        ("|Task|Fail|\n|-|-|\n|a|\u2610|", ["table a {Fail=failed<\u2610>} -"]),
    ],
)
def test_a_row_with_a_box_or_a_status_is_an_item(table: str, expected: list[str]) -> None:
    assert told(table) == expected


@pytest.mark.parametrize(
    "hostile",
    [
        "\u2610 a\n" * 8_000,
        "\u2610 " * 20_000,
        "P: " + "[ ] a " * 8_000,
        "[ " * 20_000,
        "- \u2610 Yes \u2610 No\n" * 2_500,
        "\u2610 Yes \u2610 No\n\n" * 2_500,
        "|Task|Done|\n|-|-|\n" + "|a|\u2610|\n" * 2_500,
        "|Task|Done|\n|-|-|\n|" + "\u2610 a " * 10_000 + "|x|",
        "a " * 20_000 + "\u2610 b",
    ],
)
def test_hostile_lines_are_read_in_linear_time(hostile: str) -> None:
    tree = parse("plan.md", hostile)
    tables = find_tables(tree)
    with soon():
        find_boxes(tree, tables, ())
