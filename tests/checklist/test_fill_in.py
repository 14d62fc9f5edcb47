"""A document filled in: boxes, blanks and a log behind it; every other byte as it was."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.fill import fill
from launchpad.checklist.load import Document, read
from launchpad.checklist.model import BlankKind, Result

Reading = Callable[[str], Document]

MARKER = "<!-- launchpad: launch log -->"


def filled(
    document: Document,
    results: dict[str, Result | None] | None = None,
    blanks: dict[str, dict[BlankKind, str]] | None = None,
    appendix: str = "",
) -> str:
    data = fill(
        document.source,
        document.checklist,
        results=results or {},
        blanks=blanks or {},
        appendix=appendix,
    )
    return data.decode()


def test_only_the_box_changes(reading: Reading) -> None:
    text = "* [ ]\ta\r\n- [X] b\r- [x] c\n> 1. [X] d"
    document = reading(text)
    assert filled(document, {"a": "passed", "b": "passed", "c": None, "gone": "passed"}) == (
        "* [x]\ta\r\n- [X] b\r- [ ] c\n> 1. [X] d"
    )
    assert filled(document, {"d": "failed"}) == text[:-4] + " ] d"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("AB", "AB"),
        ("2026-11-20 22:04Z", "2026-11-20 22:04Z"),
        ("*A* _B_ [c](d) `e` <f> ~g~ & \\", r"\*A\* \_B\_ \[c\](d) \`e\` \<f\> \~g\~ \& " + "\\\\"),
        ("two\nlines\x1b", "two lines\u241b"),
        ("  ", "____"),
    ],
)
def test_a_blank_becomes_its_value(reading: Reading, value: str, written: str) -> None:
    document = reading("## P\n\nInitials: ____ Date: \\_\\_\\_.\n")
    text = filled(document, blanks={"p": {"initials": value, "name": "unused"}, "q": {}})
    assert text == f"## P\n\nInitials: {written} Date: \\_\\_\\_.\n"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_encoding_and_byte_order_mark_are_kept(codec: str) -> None:
    text = "- [ ] \u00e9\r\n\r\nName: ____ \u2713"
    source = source_from_bytes("a.md", text.encode(codec))
    checklist = read(source)
    data = fill(
        source,
        checklist,
        results={"\u00e9": "passed"},
        blanks={"a": {"name": "Zo\u00eb"}},
        appendix="",
    )
    assert data == text.replace("[ ]", "[x]").replace("____", "Zo\u00eb").encode(codec)


def test_damage_is_kept() -> None:
    text = "- [ ] \u2705 on\n\nName: ____"
    source = source_from_bytes("a.md", text.encode().decode("cp1252").encode())
    data = fill(
        source,
        read(source),
        results={"on": "passed"},
        blanks={"a": {"name": "Zo\u00eb"}},
        appendix="",
    )
    expected = text.replace("[ ]", "[x]").replace("____", "Zo\u00eb")
    assert data.decode().encode("cp1252").decode() == expected


def test_the_reading_s_own_view_of_the_damage_counts() -> None:
    """A log may hold a reading by a version that repaired less than this one does."""
    text = "\u2705 x\n\n- [ ] a".encode().decode("cp1252")
    source = source_from_bytes("a.md", text.encode())
    checklist = read(replace(source, damage=None))
    data = fill(source, checklist, results={"a": "passed"}, blanks={}, appendix="")
    assert data.decode() == text.replace("[ ]", "[x]")


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("- [ ] a\n", "\n"),
        ("- [ ] a", "\n\n"),
        ("text\r\n- [ ] a", "\r\n\r\n"),
        ("- [ ] a\r", "\r"),
        ("- [ ] a\n\n```sh\nrun\n", "\n```\n\n"),
        ("- [ ] a\n\n~~~~~\nrun", "\n\n~~~~~\n\n"),
        ("- [ ] a\n\n<!-- open", "\n\n-->\n\n"),
        ("- [ ] a\n\n<pre>\nopen\n", "\n</pre>\n\n"),
        ("- [ ] a\n\n<details>\n", "\n"),
        ("- [ ] a\n\n<?php\n", "\n?>\n\n"),
        ("- [ ] a\n\n<![CDATA[\n", "\n]]>\n\n"),
        ("- [ ] a\n\n<!DOCTYPE\n", "\n>\n\n"),
        ("- [ ] a\n  ```\n  run", "\n\n"),
        ("> ```\n> run", "\n\n"),
        ("- <!-- a\n", "\n"),
        ("---\ntitle: T\n\n- [ ] a", "\n\n"),
    ],
)
def test_the_log_follows_as_markdown_whatever_the_document_ends_in(
    reading: Reading, text: str, between: str
) -> None:
    document = reading(text)
    exported = filled(document, appendix="## Log\n\n- [x] no item\n\n---\n")
    end = re.findall(r"\r\n?|\n", between)[0]
    log = end.join([MARKER, "", "## Log", "", "- [x] no item", "", "---", ""])
    assert exported == text + between + log
    again = reading(exported).checklist
    assert list(again.items()) == list(document.checklist.items())
    assert again.warnings[-1].message == "an earlier export's launch log is left out from here"
    assert exported.splitlines()[again.warnings[-1].line - 1] == MARKER


def test_a_link_defined_in_the_log_changes_no_item(reading: Reading) -> None:
    document = reading("- [ ] see [the plan][p]\n")
    exported = filled(document, appendix="[p]: https://example.org\n")
    assert list(reading(exported).checklist.items()) == list(document.checklist.items())


def test_an_export_can_be_filled_in_again(reading: Reading) -> None:
    first = filled(reading("- [ ] a\n"), appendix="first")
    second = filled(reading(first), {"a": "passed"}, appendix="second")
    assert second.startswith(first.replace("[ ]", "[x]"))
    assert [item.checked for item in reading(second).checklist.items()] == [True]


def test_a_marker_in_a_fence_is_only_text(reading: Reading) -> None:
    checklist = reading(f"```\n{MARKER}\n```\n\n- [ ] a\n").checklist
    assert (len(list(checklist.items())), checklist.warnings) == (1, ())


def test_control_characters_never_reach_the_log(reading: Reading) -> None:
    assert filled(reading("- [ ] a\n"), appendix="\x1b[2J\tx\0").endswith("\u241b[2J\tx\u2400\n")
