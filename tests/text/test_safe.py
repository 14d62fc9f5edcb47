"""Outside text cannot make a terminal do anything."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from launchpad.text.safe import one_line, safe

# Drawn by no terminal: obeyed, reordering or invisible.
HARMFUL = [chr(code) for code in [*range(32), *range(127, 160)] if chr(code) not in "\n\t"]
HARMFUL += list("\u00ad\u061c\u200b\u200d\u200e\u2028\u202a\u202e\u2060\u2066\u2069\ufeff\ufff9")
HARMFUL += ["\U000e0041", "\ud800"]


def test_every_harmful_character_becomes_visible() -> None:
    for char in HARMFUL:
        shown = safe(f"a{char}b")
        assert char not in shown, hex(ord(char))
        assert shown.startswith("a")
        assert shown.endswith("b")
        assert len(shown) > 2


def test_what_people_write_is_left_alone() -> None:
    text = "Größe ≤ 10\n\tПроверка 打开 ✅ [/foo] [@click=x] 🚀\ufe0f"
    assert safe(text) == text


@given(st.text())
def test_twice_is_once(text: str) -> None:
    assert safe(safe(text)) == safe(text)


@given(st.text(st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_controls_never_pass(text: str) -> None:
    for char in safe(text):
        assert char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"}


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    shown = one_line(text)
    assert "\n" not in shown
    assert "\t" not in shown
    shown.encode()
