"""What people are told of one thing in a document."""

from dataclasses import replace

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.load import Document
from launchpad.checklist.model import (
    Blank,
    Checklist,
    Choice,
    Contact,
    Item,
    Phase,
    ReadingWarning,
    Section,
    SignOff,
    Snippet,
    Span,
)
from launchpad.checklist.told.document import tell
from tests.checklist.test_told import shown

GO_OR_NOT = (Choice("Go", "passed", Span(0, 1)), Choice("No", None, Span(1, 2)))


def document(checklist: Checklist) -> Document:
    return Document(source_from_bytes("plan.md", b"# Plan\n"), checklist)


def of_items(*items: Item, **changed: object) -> Document:
    """Return a document with one phase that holds these items."""
    checklist = Checklist(
        title="Plan",
        format="markdown",
        code_word="plan",
        damage=None,
        phases=(Phase("quay", "Quay", 3, items),),
        sections=(),
        signoffs=(),
        warnings=(),
    )
    return document(replace(checklist, **changed))  # type: ignore[arg-type]


def item(name: str, line: int, **changed: object) -> Item:
    plain = Item(name, name, "", False, line, line, 0, "task", None, None)
    return replace(plain, **changed)  # type: ignore[arg-type]


def test_the_end_says_what_was_not_understood_and_counts() -> None:
    warnings = (ReadingWarning(30, "the time “soonish” was not understood"),)
    *_, title, warning, counts = tell(of_items(item("ropes", 5, checked=True), warnings=warnings))
    assert title.text == "not understood, or to be looked at"
    assert (warning.kind, warning.line) == ("warning", 30)
    assert warning.text == "warning: the time “soonish” was not understood"
    assert counts.text == "plan.md: 1 item, 1 ticked, 1 phase, 0 sign-offs, 1 warning"


def test_without_warnings_nothing_is_claimed_beside_their_number() -> None:
    lines = list(tell(of_items(item("ropes", 5))))
    assert "warning" not in {line.kind for line in lines}
    assert lines[-1].text.endswith("0 warnings")


def test_a_repaired_encoding_is_said() -> None:
    assert any("decoded as cp1252" in line for line in shown(tell(of_items(damage="cp1252"))))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"kind": "table"}, "table box"),
        ({"kind": "inline", "optional": True}, "inline box; optional"),
        ({"kind": "table", "choices": GO_OR_NOT}, "table box; one of: Go / No"),
        ({"point_of_no_return": True}, "point of no return"),
        ({"waiver_role": "pilot"}, "may be waived by pilot"),
    ],
)
def test_what_an_item_is_stands_below_it(changed: dict[str, object], told: str) -> None:
    lines = shown(tell(of_items(item("ropes", 5, **changed))))
    assert f"L5         {told}" in lines


def test_an_entry_without_a_box_has_none() -> None:
    assert "L5     --- ropes [ropes]" in shown(tell(of_items(item("ropes", 5, kind="step"))))


@pytest.mark.parametrize(
    ("covered", "told"),
    [
        (("a",), "covers L4"),
        (("a", "b", "c"), "covers L4 to L6"),
        (("a", "c", "d"), "covers L4, L6 to L7"),
        (("b", "d"), "covers L5, L7"),
    ],
)
def test_a_sign_off_says_what_it_covers(covered: tuple[str, ...], told: str) -> None:
    items = [item(name, line) for line, name in enumerate("abcd", 4)]
    slot = SignOff("quay", "Quay", "quay", 9, covered, (Blank("date", "Date", Span(0, 1)),))
    assert f"L9         {told}" in shown(tell(of_items(*items, signoffs=(slot,))))


def test_a_sign_off_of_a_rollback_says_so_and_covers_nothing() -> None:
    slot = SignOff("back", "Back", "quay", 9, (), (), meaning="done", closes_rollback=True)
    lines = shown(tell(of_items(signoffs=(slot,))))
    assert "L9     ___ sign-off: Back, 0 items [back]" in lines
    assert "L9         meaning done; says that a rollback is complete" in lines


def test_a_declared_state_stands_beside_what_the_boxes_say() -> None:
    items = [item("a", 5, section="east"), item("b", 6, section="east", checked=True)]
    section = Section("east", "East", "quay", 4, "complete")
    lines = shown(tell(of_items(*items, item("c", 8, kind="step"), sections=(section,))))
    assert "L4   East (declared complete; 1 of 2 ticked)" in lines


def test_a_long_list_is_not_cut() -> None:
    lines = tell(of_items(*(item(f"rope-{number}", number + 5) for number in range(3000))))
    assert sum(line.kind == "item" for line in lines) == 3000


def test_outside_text_is_told_safe_and_on_one_line() -> None:
    hostile = item("ropes", 5, text="a\n\x1b[2Jb", owner="\u202eEve")
    snippet = Snippet("wipe", 6, "rm \x1b]0;x\x07\n\tback", expected="all\ngone")
    told = list(tell(of_items(hostile, snippets=(snippet,), title="\x9bT")))
    for line in told:
        assert not set("\n\r\x1b\x07\x9b\u202e") & set(line.text + line.name + line.mark)
    assert "a \u241b[2Jb" in [line.text for line in told]


@pytest.mark.parametrize(
    ("name", "contact", "told"),
    [
        (None, "555-0100", "Tug: 555-0100"),
        ("Ada", None, "Tug: Ada"),
        ("Ada", "555-0100", "Tug: Ada, 555-0100"),
        (None, None, "Tug: NAME LEFT BLANK, CONTACT LEFT BLANK"),
    ],
)
def test_of_a_contact_only_what_is_known_is_told(
    name: str | None, contact: str | None, told: str
) -> None:
    lines = shown(tell(of_items(contacts=(Contact("Tug", name, contact, 5),))))
    assert any(line.endswith(f" {told}") for line in lines)
