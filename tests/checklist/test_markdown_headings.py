"""Headings, the bold lines that are used as such, and what they say of their part."""

from collections.abc import Callable
from pathlib import Path

import pytest

from launchpad.checklist.load import load
from launchpad.checklist.markdown.outline.headings import Heading, find_headings, heading_doubts
from launchpad.checklist.markdown.tree import parse
from tests.checklist.soon import soon

HOUR = 3_600_000
ITEM = "- [ ] a\n\n"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (f"**Storage**\n\n{ITEM}", ["Storage"]),
        (f"__Storage__\n\n{ITEM}", ["Storage"]),
        (f"***Storage***\n\n{ITEM}", ["Storage"]),
        (f"**Storage:**\n{ITEM}", ["Storage"]),
        (f"**Storage**:\n{ITEM}", ["Storage"]),
        (f"**Storage**\uff1a\n{ITEM}", ["Storage"]),
        (f"**Storage** (two days)\n{ITEM}", ["Storage (two days)"]),
        (f"**Storage** (two days):\n{ITEM}", ["Storage (two days)"]),
        (f"\U0001f4be **Storage** \u2705\n\n{ITEM}", ["\U0001f4be Storage \u2705"]),
        (f"**Storage and `cache`**\n\n{ITEM}", ["Storage and cache"]),
        (f"**1. Storage**\n\n{ITEM}", ["1. Storage"]),
        (f"**Storage**\nBoth of them.\n\n{ITEM}", ["Storage"]),
        (f"Both of them.\n**Storage**\n{ITEM}", ["Storage"]),
        (f"**Storage**\n\nBoth of them.\n\n{ITEM}", ["Storage"]),
        ("**Storage**\n\n- plain\n", ["Storage"]),
        ("**Storage**\n\n1. first\n", ["Storage"]),
        ("**Storage**\n```sh\nls\n```\n", ["Storage"]),
        ("**Storage**\n\n| a |\n|-|\n| b |\n", ["Storage"]),
        ("**Storage**\n\n> - [ ] a\n", ["Storage"]),
        ("**Storage**\n\u2610 one\n\u2610 two\n**Cache**\n\u2610 three\n", ["Storage", "Cache"]),
        (f"**Is:**\n\n**Storage**\n\n{ITEM}", ["Storage"]),
        (f"**T-30**\n\n**Storage**\n\n{ITEM}", ["T-30", "Storage"]),
        # No headings.
        ("**Storage**\n", []),
        ("**Storage**\n\nis full\n\n## A\n- a\n", ["A"]),
        (f"**Storage**\n\n---\n\n{ITEM}", []),
        (f"**Look at the storage first.**\n\n{ITEM}", []),
        (f"**Good luck! \U0001f680**\n\n{ITEM}", []),
        (f"**Is it full?**\n\n{ITEM}", []),
        (f"**{'long ' * 25}**\n\n{ITEM}", []),
        (f"**Owner**: Ada\n\n{ITEM}", []),
        (f"**Owner:** Ada\n\n{ITEM}", []),
        (f"**Owner: Ada**\n\n{ITEM}", []),
        (f"**Version 1.2**\n\n{ITEM}", []),
        (f"**Last updated** (today)\n\n{ITEM}", []),
        (f"**Initials**: ____\n\n{ITEM}", []),
        (f"**Date** (____)\n\n{ITEM}", []),
        (f"**Team**: [ ] A [ ] B\n\n{ITEM}", []),
        (f"**One** and **two**\n\n{ITEM}", []),
        (f"The **storage**\n\n{ITEM}", []),
        (f"**Expected results:**\n\n{ITEM}", []),
        (f"**Note:**\n\n{ITEM}", []),
        (f"**Storage**\n\n**Note:**\n\n{ITEM}", ["Storage"]),
        (f"**Rollback triggers**\n\n{ITEM}", []),
        (f"**Rollback authority:**\n\n{ITEM}", []),
        (f"## Rollback plan\n**Trigger conditions**\n{ITEM}", ["Rollback plan"]),
        (f"## Alerts\n**Trigger conditions**\n{ITEM}", ["Alerts", "Trigger conditions"]),
        (f"- **Storage**\n  - [ ] a\n\n{ITEM}", []),
        (f"> **Storage**\n\n{ITEM}", []),
    ],
)
def test_a_bold_line_with_something_to_do_beneath_is_a_heading(
    text: str, titles: list[str]
) -> None:
    assert [heading.title for heading in find_headings(parse("plan.md", text))] == titles


def test_a_heading_knows_its_time_and_its_priority() -> None:
    text = (
        f"# T\n## Storage (P0)\n{ITEM}## Checks (T-60 to T-30)\n{ITEM}"
        f"## Launch\n**Launch day:**\n{ITEM}"
    )
    assert find_headings(parse("plan.md", text)) == (
        Heading(1, "T", 1),
        Heading(2, "Storage (P0)", 2, priority="P0"),
        Heading(2, "Checks (T-60 to T-30)", 5, at_ms=-HOUR, until_ms=-HOUR // 2),
        Heading(2, "Launch", 8),
        Heading(7, "Launch day", 9, at_ms=0),
    )


def test_in_a_rollback_the_first_minutes_are_not_those_after_the_launch() -> None:
    text = f"## Rollback plan\n### First 15 minutes\n{ITEM}**T+5 min**\n{ITEM}## T+5 min\n{ITEM}"
    headings = find_headings(parse("plan.md", text))
    assert [heading.timed for heading in headings] == [False, False, False, True]


def test_a_time_that_was_not_understood_is_a_warning_with_its_line() -> None:
    headings = find_headings(parse("plan.md", f"# T\n\n## Checks (T-3 months)\n{ITEM}"))
    assert [
        (warning.line, "T-3 months" in warning.message) for warning in heading_doubts(headings)
    ] == [(3, True)]


def test_the_cutover_document_s_phases_have_their_times(seed: Callable[[str], Path]) -> None:
    headings = find_headings(parse("plan.md", load(seed("003")).source.readable))
    timed = [(one.level, one.at_ms, one.until_ms) for one in headings if one.timed]
    assert timed == [(2, -HOUR // 2, None), (2, 0, None), (2, HOUR // 2, None)]


@pytest.mark.parametrize("number", ["000", "002", "004"])
def test_headings_without_a_time_get_none(seed: Callable[[str], Path], number: str) -> None:
    headings = find_headings(parse("plan.md", load(seed(number)).source.readable))
    assert not any(one.timed or one.doubts for one in headings)


def test_the_delivery_document_s_phases_have_priorities(seed: Callable[[str], Path]) -> None:
    headings = find_headings(parse("plan.md", load(seed("000")).source.readable))
    said = [one.priority for one in headings if one.priority]
    assert said == ["must-have"] * 3 + ["future must-have"] * 2


@pytest.mark.parametrize(
    "piece", ["back ", "(", "1h", "- 1h ", "**", "** ", "*a", "__ ", ".", "T-1 "]
)
def test_a_hostile_title_takes_no_longer_than_its_length(piece: str) -> None:
    line = piece * (20_000 // len(piece))
    trees = [parse("plan.md", text) for text in (f"# {line}\n\n- a", f"**a{line}a**\n\n- a")]
    with soon():
        for tree in trees:
            find_headings(tree)


@pytest.mark.parametrize(
    ("titles", "minutes"),
    [
        (["T-14", "T-7", "T-1 day"], [None, None, -24 * 60]),
        (["T-30", "T-10", "T-0"], [-30, -10, 0]),
        (["T-7 days", "T-60", "T-0", "T+30"], [-7 * 24 * 60, -60, 0, 30]),
        (["T+15", "T-0"], [None, 0]),
    ],
)
def test_a_time_without_a_unit_before_an_earlier_one_is_not_guessed(
    titles: list[str], minutes: list[int | None]
) -> None:
    headings = find_headings(parse("plan.md", "".join(f"## {one}\n\n{ITEM}" for one in titles)))
    found = [None if one.at_ms is None else one.at_ms // 60_000 for one in headings]
    assert found == minutes
    assert len(heading_doubts(headings)) == minutes.count(None)
