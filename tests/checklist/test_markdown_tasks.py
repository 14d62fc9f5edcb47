"""Task-list items: exactly those that a GitHub reader sees."""

from collections.abc import Callable

import pytest

from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.load import Document
from launchpad.checklist.model import Item, Span

Reading = Callable[[str], Document]


def items(reading: Reading, text: str) -> list[Item]:
    return list(reading(text).checklist.items())


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] a",
        "* [x] a",
        "+ [X] a",
        "1. [ ] a",
        "7) [x] a",
        "   - [ ] a",
        "-   [ ] a",
        "- [ ]\ta",
        "- [x]  \n  a",
        "> - [ ] a",
        "- - [ ] a",
        "<details>\n\n- [ ] a\n\n</details>",
        "- [x] a\n\n[x]: https://example.org",
        "---\ntitle: t\n---\n- [ ] a",
        "---\n# No front matter\n- [ ] a\n---",
        "---\n- [ ] a",
        "---\nNote: no front matter\n- [ ] a\n\n---\n",
        "- [ ] a\r\n- plain\r\n",
        "text\r- [ ] a\r",
    ],
)
def test_a_task_is_an_item(reading: Reading, text: str) -> None:
    document = reading(text)
    (item,) = document.checklist.items()
    assert item.text == "a"
    assert item.box is not None
    box = document.source.readable[item.box.start - 1 : item.box.end + 1]
    assert box in {"[ ]", "[x]", "[X]"}
    assert item.checked == (box != "[ ]")


@pytest.mark.parametrize(
    "text",
    [
        "```\n- [ ] a\n```",
        "~~~ text\n- [ ] a",
        "- b\n  ```\n  - [ ] a\n  ```",
        "text\n\n    - [ ] a",
        "<!-- - [ ] a -->",
        "<!--\n\n- [ ] a\n\n-->",
        "<details>\n- [ ] a\n</details>",
        "- [ ] a\n  ---",
        "[ ] a",
        "- [] a",
        "- [y] a",
        "- [ ]a",
        "- [x](https://example.org) a",
        "-[ ] a",
        "- \\[ ] a",
        "- text\n  [ ] a",
        "-\n  [ ] a",
        "- # [ ] a",
        "| a |\n|---|\n| [ ] b |",
        "---\nnote: |\n  - [ ] a\n---\ntext",
    ],
)
def test_what_only_looks_like_a_task_is_none(reading: Reading, text: str) -> None:
    assert [item for item in items(reading, text) if item.kind == "task"] == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Decision: \u2610 GO \u2610 NO-GO", "decision"),
        ("Release: \u2610 Manual \u2611 Phased \u2610 Automatic", "release"),
        ("**Release**: [ ] Manual [x] Phased", "release"),
    ],
)
def test_boxes_on_a_tasks_own_line_are_part_of_its_words(
    reading: Reading, words: str, name: str
) -> None:
    document = reading(f"- [ ] {words}\n- [ ] other\n")
    first, _ = document.checklist.items()
    assert (first.id, first.text, first.kind) == (name, words.replace("**", ""), "task")
    assert (first.checked, first.choices) == (False, ())
    (warning,) = document.checklist.warnings
    assert warning.line == 1
    assert "are not filled in" in warning.message


@pytest.mark.parametrize(
    "text",
    [
        "[] typo",
        "[ x ] spaced",
        "[\u2713] check",
        "[~] half",
        "[-] cancelled",
        "[y] yes",
        "[ ]tight",
        "[ok] fine",
    ],
)
def test_what_only_looks_like_a_task_is_told_with_its_line(reading: Reading, text: str) -> None:
    for around in ("", "\n\u2610 a box elsewhere\n"):
        document = reading(f"- [ ] a\n- {text}\n{around}")
        warned = [one for one in document.checklist.warnings if "looks like a task" in one.message]
        assert [one.line for one in warned] == [2]
        assert f"\u201c{text}\u201d" in warned[0].message


@pytest.mark.parametrize(
    "text",
    [
        "[k] link",
        "[x](y) link",
        "[^1] note",
        "[1] first",
        "[QA] tests",
        "`[]` code",
        "\\[] a",
        "[ ] b",
    ],
)
def test_links_notes_and_abbreviations_look_like_no_task(reading: Reading, text: str) -> None:
    document = reading(f"- [ ] a\n- {text}\n\n[k]: http://a.example\n")
    assert document.checklist.warnings == ()


@pytest.mark.parametrize(
    ("markdown", "text", "label"),
    [
        ("**Label**: rest", "Label: rest", "Label"),
        ("**Label:** rest", "Label: rest", "Label"),
        ("__Label__ rest", "Label rest", "Label"),
        ("***Label*** rest", "Label rest", "Label"),
        ("**All of it**", "All of it", "All of it"),
        ("**A `b` [c](d)**: e", "A b c: e", "A b c"),
        ("rest **bold**", "rest bold", ""),
        ("`code` **bold**", "code bold", ""),
        ("run `a  b` and [a link](https://example.org) ~~now~~", "run a b and a link now", ""),
        ("![a picture](p.png) <https://example.org>", "a picture https://example.org", ""),
        ("a &amp; b \\* c", "a & b * c", ""),
        ("-", "-", ""),
        ("one<br>two <b>three</b><!-- no -->", "one two three", ""),
        ("send <admin-id> to <API_URL>", "send <admin-id> to <API_URL>", ""),
        ("folded\n  over  two\n  lines", "folded over two lines", ""),
        ("[/foo] [bold red]x[/]", "[/foo] [bold red]x[/]", ""),
        ("snake_case_name ____ left", "snake_case_name ____ left", ""),
        ("bell \x07 and \u202eback", "bell \u2407 and <U+202E>back", ""),
        ("a" * 10_000, "a" * 10_000, ""),
    ],
)
def test_an_item_says_what_a_reader_sees(
    reading: Reading, markdown: str, text: str, label: str
) -> None:
    (item,) = items(reading, f"- [ ] {markdown}\n")
    assert (item.text, item.label, item.box) == (text, label, Span(3, 4))


def test_items_within_items_know_how_deep_they_lie(reading: Reading) -> None:
    text = "- [ ] a\n  1. [ ] b\n     - plain\n       - [ ] c\n- plain\n  - [ ] d\n"
    assert [(item.text, item.depth) for item in items(reading, text)] == [
        ("a", 0),
        ("b", 1),
        ("c", 2),
        ("d", 0),
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("- [ ] a\n- [ ] b", [(1, 1), (2, 2)]),
        ("- [ ] a\n  still a\n\n\n- [ ] b", [(1, 2), (5, 5)]),
        ("- [ ] a\n  - why\n  - because\n\n## Next", [(1, 3)]),
        ("- [ ] a\n\n  ```\n  run\n\n  ```\n\n", [(1, 6)]),
        ("- [ ] a\n  - plain\n  - [ ] b\n    - more\n  - other", [(1, 2), (3, 4)]),
        ("- [ ] a\n  - [ ] b\n\n  after\n", [(1, 1), (2, 2)]),
        ("- [ ] a\r\n  lazy\r\n\r\ntext", [(1, 2)]),
        ("- [ ] a\nlazy\n", [(1, 2)]),
        ("- plain\n  - [ ] a\n- plain", [(2, 2)]),
    ],
)
def test_an_item_ends_before_the_items_within_it(
    reading: Reading, text: str, lines: list[tuple[int, int]]
) -> None:
    assert [(item.line, item.end_line) for item in items(reading, text)] == lines


@pytest.mark.parametrize("text", ["- " * 10_000 + "[ ] a", "> " * 10_000 + "- [ ] a"])
def test_a_document_nested_beyond_reading_is_refused_with_its_line(
    reading: Reading, text: str
) -> None:
    with pytest.raises(ChecklistError, match=r"plan\.md, line 3: .* nested too deeply"):
        reading(f"# A\n\n{text}\n\n- [ ] after\n")


def test_forty_nine_lists_in_each_other_are_read_and_no_more(reading: Reading) -> None:
    assert items(reading, f"{'- ' * 49}[ ] a\n")[0].text == "a"
    with pytest.raises(ChecklistError):
        reading(f"{'- ' * 50}[ ] a\n")


def test_depth_counts_every_item_around(reading: Reading) -> None:
    text = "\n".join(f"{'  ' * depth}- [ ] level" for depth in range(40))
    assert [item.depth for item in items(reading, text)] == list(range(40))


@pytest.mark.parametrize("text", ["[" * 5_000, "`" * 5_000, "*" * 5_000, "<" * 5_000, "_" * 5_000])
def test_runs_of_markup_are_only_text(reading: Reading, text: str) -> None:
    assert items(reading, f"so {text}\n\n- [ ] a\n")[0].text == "a"
