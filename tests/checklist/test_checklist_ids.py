"""Ids and code words: what people type."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from launchpad.checklist.codeword import code_word
from launchpad.checklist.load import Document
from launchpad.checklist.slug import slug, unique_ids

Reading = Callable[[str], Document]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DB_DSN", "db-dsn"),
        ("  Switch  the DNS! ", "switch-the-dns"),
        ("Gr\u00f6\u00dfe \u00c9t\u00e9", "gr\u00f6sse-\u00e9t\u00e9"),
        ("\uff26\uff35\uff2c\uff2c \u2460", "full-1"),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0928\u094d\u0926\u0940"),
        ("\u2705 1\ufe0f\u20e3 Go", "1-go"),
        ("\U0001f680", ""),
        ("a" * 60, "a" * 40),
        ("word " * 20, "word-word-word-word-word-word-word-word"),
        (f"short {'b' * 60}", "short"),
    ],
)
def test_a_slug_is_the_first_words(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
@example("\u0fa7")
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    once = slug(text)
    assert slug(once) == once
    assert len(once) <= 40


def test_ids_are_numbered_in_order_and_never_clash() -> None:
    names = ["A", "a", "a 2", "a", "!", "?"]
    assert unique_ids(names, "item") == ("a", "a-2", "a-2-2", "a-3", "item", "item-2")
    assert unique_ids(["a", "a 2", "a"], "item") == ("a", "a-2", "a-3")


def test_items_are_named_by_their_label_else_by_their_first_words(reading: Reading) -> None:
    text = "- [ ] **Key**: one\n- [ ] **Key**: two\n- [ ] Go on\n- [ ] \U0001f680\n"
    ids = [item.id for item in reading(text).checklist.items()]
    assert ids == ["key", "key-2", "go-on", "item"]


def test_phases_sections_and_sign_offs_have_ids_of_their_own(reading: Reading) -> None:
    text = "## A\n### A\n- [ ] A\n\nInitials: ___\n\n## A\n- [ ] b\n"
    checklist = reading(text).checklist
    assert [phase.id for phase in checklist.phases] == ["a", "a-2"]
    assert [section.id for section in checklist.sections] == ["a"]
    assert [signoff.id for signoff in checklist.signoffs] == ["a"]
    assert [item.id for item in checklist.items()] == ["a", "b"]


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Storefront Launch Checklist", "storefront"),
        ("The Production Deployment Plan for ACME-Web", "acme"),
        ("Launch Checklist", "launch"),
        ("Project To\u2011Do (Readiness)", "project"),
        ("2026 Caf\u00e9 cutover", "cafe"),
        ("2026", "2026"),
        ("Go", "launch"),
        ("", "launch"),
        ("\u0417\u0430\u043f\u0443\u0441\u043a", "launch"),
        ("Antidisestablishmentarianism Portal", "portal"),
    ],
)
def test_a_code_word_is_the_title_s_first_telling_word(title: str, word: str) -> None:
    assert code_word(title) == word


NAMES = [
    "Switch the DNS",
    "Go",
    "go!",
    "Warm up",
    "\u0417\u0430\u043f\u0443\u0441\u043a",
    "\U0001f680",
    "a",
    "b",
]


@given(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=8),
    st.lists(st.sampled_from(NAMES), max_size=2),
    st.data(),
)
def test_an_edit_elsewhere_changes_no_id_but_of_the_same_words(
    reading: Reading, names: list[str], instead: list[str], data: st.DataObject
) -> None:
    """Ticking, rewording, removing or adding a line; boxes are ticked at random both times."""

    def ids(names: list[str]) -> list[str]:
        boxes = [data.draw(st.sampled_from(" xX")) for _ in names]
        text = "\n".join(f"- [{box}] {name}" for box, name in zip(boxes, names, strict=True))
        return [item.id for item in reading(f"{text}\n\nend").checklist.items()]

    place = data.draw(st.integers(0, len(names) - 1))
    edited = [*names[:place], *instead, *names[place + 1 :]]
    before, after = ids(names), ids(edited)
    others = [*names[:place], *names[place + 1 :]]
    was = [*before[:place], *before[place + 1 :]]
    still = [*after[:place], *after[place + len(instead) :]]
    touched = {slug(name) for name in (names[place], *instead)}
    for name, one, other in zip(others, was, still, strict=True):
        if slug(name) not in touched or instead == [names[place]]:
            assert one == other
