"""A label without its punctuation, in whatever script, and soon on whatever line."""

import pytest

from launchpad.checklist.markdown.labels import bare, trimmed
from tests.checklist.soon import soon


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Date:", "Date"),
        ("**Date** \uff1a", "Date"),
        ("\U0001f680 Go / no go!", "Go / no go"),
        ("(optional)", "optional"),
        ("P95", "P95"),
        ("_x_", "x"),
        ("\u2014", ""),
        ("", ""),
        ("\u65e5\u4ed8\u3002", "\u65e5\u4ed8"),
    ],
)
def test_what_is_no_word_is_taken_off_the_ends(text: str, words: str) -> None:
    assert trimmed(text) == words


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Name (in capitals):", "Name"),
        ("(QA) Lead", "Lead"),
        ("\u6c0f\u540d\uff08\u6f22\u5b57\uff09\uff1a", "\u6c0f\u540d"),
        ("(only a remark)", ""),
    ],
)
def test_a_bare_label_has_no_remarks(label: str, words: str) -> None:
    assert bare(label) == words


@pytest.mark.parametrize("run", ["-" * 500_000, "a" + "- " * 250_000 + "a", "(" * 500_000])
def test_a_run_of_punctuation_takes_no_longer_than_its_length(run: str) -> None:
    with soon():
        bare(run)
        trimmed(run)
