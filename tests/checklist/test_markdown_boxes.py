"""Boxes that are no GFM tasks: every kind that people draw, and what only looks like one."""

import pytest

from launchpad.checklist.markdown.boxes.tasks import without_boxes
from launchpad.checklist.markdown.item_names import item_name
from launchpad.checklist.markdown.tasks import find_tasks
from launchpad.checklist.markdown.tree import parse
from tests.checklist.boxing import boxes, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- \u2b1c **Pool**: drained", ["glyph Pool: drained -<\u2b1c>"]),
        ("- \u2610 drain", ["glyph drain -<\u2610>"]),
        ("* \u25a1 drain", ["glyph drain -<\u25a1>"]),
        ("+ \u2611 drain", ["glyph drain +<\u2611>"]),
        ("1. \u25fb\ufe0f drain", ["glyph drain -<\u25fb>"]),
        ("2) \u25a2 drain", ["glyph drain -<\u25a2>"]),
        ("- \U0001f532 drain", ["glyph drain -<\U0001f532>"]),
        ("- **\u2610 Pool**: drained", ["glyph Pool: drained -<\u2610>"]),
        ("- \u2610 `\u2610` stays code", ["glyph \u2610 stays code -<\u2610>"]),
        ("> - \u2610 quoted\r\n> - \u2611 too", ["glyph quoted -<\u2610>", "glyph too +<\u2611>"]),
        ("- \u2610 [plan](http://a.example/\u2610) b", ["glyph plan b -"]),
        (
            "- \u2b1c a\n- \u2705 b\n- \u274c c",
            ["glyph a -<\u2b1c>", "glyph b +<\u2705>", "glyph c -<\u274c>"],
        ),
        (
            "- \u2610 a\n  - \u2610 b\n    - [ ] c\n      - \u2610 d",
            ["glyph a -<\u2610>", ">glyph b -<\u2610>", ">>>glyph d -<\u2610>"],
        ),
        ("- [ ] a\n  - plain\n    - \u2610 b", [">glyph b -<\u2610>"]),
        ("- \u2610 all green \u2705 first", ["glyph all green \u2705 first -<\u2610>"]),
        ("\u2610 a\n\u2611 b", ["glyph a -<\u2610>", "glyph b +<\u2611>"]),
        ("Before:\n\u2610 a  \n\u2610 b", ["glyph a -<\u2610>", "glyph b -<\u2610>"]),
        ("\u2610 a<br>\u2610 b", ["glyph a -<\u2610>", "glyph b -<\u2610>"]),
        ("[ ] a\n[x] b", ["inline a -< >", "inline b +<x>"]),
        ("- text\n  [X] b", ["inline b +<X>"]),
        ("[x] b\n\n[x]: http://a.example", ["inline b +<x>"]),
        ("- [ ] Doors:\n  [ ] a\n  [x] b", [">inline a -< >", ">inline b +<x>"]),
        ("\u2610 `x\ny` a\n\u2610 b", ["glyph x y a -<\u2610>", "glyph b -<\u2610>"]),
    ],
)
def test_a_line_or_bullet_that_starts_with_a_box_is_an_item(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("line", "text", "ticked"),
    [
        ("Status: \u2610 Not Started / \u2610 In Progress / \u2611 Complete", "Status", "passed"),
        ("Decision: \u2610 GO / \u2610 NO-GO", "Decision", None),
        ("**Result**: \u2611 Pass \u2610 Fail", "Result", "passed"),
        ("**Result:** [ ] Pass [x] Fail", "Result", "failed"),
        ("Result: [X] Pass | [ ] Fail | [ ] N/A", "Result", "passed"),
        ("Ready? ( ) Yes (x) No", "Ready?", "failed"),
        ("State \u2b1c Pending, \u2b1c Done, \u2705 Blocked", "State", "blocked"),
        ("Outcome: \u2612 Yes \u2610 No", "Outcome", "passed"),
        ("Ergebnis: \u2610 Bestanden \u2611 Nicht bestanden", "Ergebnis", "failed"),
        (
            "\u78ba\u8a8d\uff1a\u2611 \u306f\u3044 \u2610 \u3044\u3044\u3048",
            "\u78ba\u8a8d",
            "passed",
        ),
        ("Vote: \u2611 Go \u2022 \u2610 No Go \u2022 \u2610 Hold (say why)", "Vote", "passed"),
        ("Result: Pass [x] Fail [ ]", "Result", "passed"),
        ("Signed: \u2610 Yes \u2611 No (why: ____)", "Signed", "failed"),
    ],
)
def test_outcomes_beside_each_other_are_one_item(line: str, text: str, ticked: str | None) -> None:
    tree, (entry,), doubts = boxes(f"{line}\n")
    assert (entry.kind, entry.text, entry.box, doubts) == ("inline", text, None, ())
    assert len({choice.result for choice in entry.choices}) == len(entry.choices)
    marks = [tree.text[choice.box.start : choice.box.end] for choice in entry.choices]
    chosen = [
        choice.result
        for choice, mark in zip(entry.choices, marks, strict=True)
        if mark not in {" ", "\u2610", "\u2b1c"}
    ]
    assert chosen == ([ticked] if ticked else [])
    assert entry.checked == (ticked == "passed")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Go?\n\u2610 Yes\n\u2610 No", "inline Go? {Yes=passed<\u2610>, No=failed<\u2610>} -"),
        (
            "**Vote:**\n\n- \u2611 GO\n- \u2610 NO-GO",
            "inline Vote {GO=passed<\u2611>, NO-GO=failed<\u2610>} +",
        ),
        (
            "## Smoke\n\nMany words.\n\n\u2610 Pass \u2610 Fail",
            "inline Smoke {Pass=passed<\u2610>, Fail=failed<\u2610>} -",
        ),
        (
            "- [ ] Restore\n  - \u2610 Pass \u2610 Fail",
            ">inline Restore {Pass=passed<\u2610>, Fail=failed<\u2610>} -",
        ),
        (
            "\u2610 Pass \u2610 Fail",
            "inline Pass / Fail {Pass=passed<\u2610>, Fail=failed<\u2610>} -",
        ),
    ],
)
def test_outcomes_are_named_after_what_stands_before_them(text: str, expected: str) -> None:
    assert told(text) == [expected]


def test_an_item_and_its_outcomes_on_one_line() -> None:
    assert told("- \u2610 Restore: \u2610 Pass \u2611 Fail") == [
        "glyph Restore: -<\u2610>",
        ">inline Restore {Pass=passed<\u2610>, Fail=failed<\u2611>} -",
    ]


@pytest.mark.parametrize(
    ("lead", "roll_call"),
    [
        ("**Cutover Team Present**:", "Cutover Team Present"),
        ("People on the bridge:", "People on the bridge"),
        ("Roll call:", "Roll call"),
        ("Quorum:", "Quorum"),
        ("Attendees:", "Attendees"),
        ("**Present:**", "Present"),
        ("Everyone is online:", "Everyone is online"),
        ("Anwesend:", "Anwesend"),
        ("\u51fa\u5e2d\u8005\uff1a", "\u51fa\u5e2d\u8005"),
        ("Headers present:", ""),
        ("Feature online:", ""),
        ("Regions:", ""),
        ("On-call rota published in:", ""),
    ],
)
def test_boxes_behind_words_are_items_and_perhaps_a_roll_call(lead: str, roll_call: str) -> None:
    _, entries, doubts = boxes(f"{lead} [ ] Data Admin [x] Network, [ ] Ops / \u2610 Desk")
    assert [(entry.text, entry.checked) for entry in entries] == [
        ("Data Admin", False),
        ("Network", True),
        ("Ops", False),
        ("Desk", False),
    ]
    assert {entry.roll_call for entry in entries} == {roll_call}
    assert doubts == ()


@pytest.mark.parametrize(
    "text",
    [
        "- \u2705 Fast\n- \u274c Slow",
        "\u2705 Fast",
        "## \u2705 Storage",
        "All green \u2705 today",
        "```\n- \u2610 a\n\u2610 b\n```",
        "<!-- \u2610 a -->",
        "<div>\n\u2610 a\n</div>",
        "text `\u2610 a` text",
        "`\u2610` is open",
        "- `[ ]` a",
        "Tick each [x] when done",
        "Mark with [x] or [ ] as you go",
        "see a[x] and b[ ] there",
        "[x](http://a.example) text",
        "[x][y] text",
        "\\[ ] text",
        "[] text",
        "[y] text",
        "- [ ] a plain task",
        "- [ ] the chart shows,\n  [ ] in white, what is open",
        "- [ ] \u2610 a task's box is its own",
        "Legend: \u2610 open, \u2611 done",
        "**Status key:** \u2610 Pending \u2611 Done \u2612 Failed",
        "\u2b1c Not started\n\u2705 Done",
        "- \u2705 Pass\n- \u274c Fail",
        "\u2705 Yes \u274c No",
        "|Feature|Free|Team|\n|-|-|-|\n|a|\u2705|\u274c|",
        "|Region|Status|\n|-|-|\n|a|Pending|\n|b|us-east|",
        "|Sign|Meaning|\n|-|-|\n|\u2b1c|Not started|\n|\u2705|Done|",
        "|Code|Meaning|\n|-|-|\n|200|OK|",
        "|Task|Done|\n|-|-|\n| | \u2610 |",
    ],
)
def test_what_only_looks_like_a_box_is_none(text: str) -> None:
    _, entries, doubts = boxes(text)
    assert (entries, doubts) == ((), ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a\n\nGo: \u2610 Yes \u2610 If the moon is full",
            "the box before \u201cYes\u201d looks like an item",
        ),
        ("a\n\nGo: \u2611 Yes \u2611 No", "more than one box is ticked"),
        ("a\n\n- \u2612 drain", "may say done or failed"),
        ("a\n\n- \u2610", "a box without words"),
        ("a\n\n- [ ] ", "a box without words"),
        ("a\n\n\u2610 see [a](http://a.example/\u2610)", "cannot be filled in"),
        ("a\n\n|Test|Pass|Fail|\n|-|-|-|\n|a| | |", "no boxes: they are no items"),
        ("\n\n|Task|Done|\n|-|-|\n| | \u2611 |", "no words"),
    ],
)
def test_what_is_not_understood_is_a_warning(text: str, message: str) -> None:
    _, entries, (doubt,) = boxes(text)
    assert message in doubt.message
    assert doubt.line >= 3
    assert not any(entry.checked for entry in entries)


@pytest.mark.parametrize(
    ("task", "called"),
    [
        ("- [ ] Restore: \u2610 Pass \u2610 Fail", "Restore"),
        ("- [ ] **Team present**: [ ] Data [x] Net", "Team present"),
        ("- [ ] Restore\n  \u2610 first\n  \u2610 second", "Restore"),
        ("- [ ] Press \u2705 to confirm", "Press \u2705 to confirm"),
        ("- [ ] \u2610 drawn as well", "\u2610 drawn as well"),
        ("- [ ] plain", "plain"),
        ("- [ ] shown,\n  [x] and shown", "shown, [x] and shown"),
        ("- [ ] Doors:\n  [ ] north\n  [x] south", "Doors"),
        ("- [ ] **Doors \u2610 north \u2610 south**: shut", "Doors"),
        ("- [ ] [ ] a [x] b", "[ ] a"),
        ("- [ ] [ ] Pass [x] Fail", "Pass / Fail"),
        ("- [ ] [ ] Pass\n  [x] Fail", "Pass / Fail"),
        ("- [ ] Doors\n  [ ] Pass\n  [x] Fail", "Doors"),
        ("- [ ] \u6249\uff1a\n  [x] \u5317", "\u6249"),
    ],
)
def test_a_task_is_called_by_the_words_before_the_boxes_in_it(task: str, called: str) -> None:
    tree = parse("plan.md", task)
    (entry,) = without_boxes(tree, find_tasks(tree))
    assert item_name(entry.label, entry.text) == called
    assert entry.text.startswith(entry.label)


def test_lines_that_are_something_else_are_passed_over() -> None:
    text = "- \u2610 a\n- \u2610 b\n\n\u2610 c\n\n|Task|Done|\n|-|-|\n|d|\u2610|\n|e|\u2610|\n"
    _, entries, _ = boxes(text, frozenset({1, 4, 8}))
    assert [entry.text for entry in entries] == ["b", "e"]


def test_an_item_ends_before_the_items_within_it() -> None:
    text = "- \u2610 a\n  - plain\n\n  ```\n  run\n  ```\n  - \u2610 b\n    more\n"
    text += "\n\u2610 c\n  more\n\u2610 d\n"
    _, entries, _ = boxes(text)
    assert [(entry.text, entry.line, entry.end_line) for entry in entries] == [
        ("a", 1, 6),
        ("b more", 7, 8),
        ("c more", 10, 11),
        ("d", 12, 12),
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("# Plan\n\n- \u2610 Yes \u2610 No: backups verified", "backups verified"),
        ("\u2610 Yes \u2610 No: backups verified", "backups verified"),
        ("**Backups?**\n\n\u2610 Yes \u2610 No: say why", "Backups?"),
        ("## Backups?\n\n\u2610 Yes \u2610 No: say why", "Backups?"),
        ("Backups: \u2610 Yes \u2610 No: say why", "Backups"),
        ("## Backups\n\n\u2610 Yes \u2610 No: ____", "Backups"),
    ],
)
def test_outcomes_without_words_before_them_are_named_after_those_behind(
    text: str, named: str
) -> None:
    _, (entry,), _ = boxes(f"{text}\n")
    assert (entry.text, len(entry.choices)) == (named, 2)
