"""Where a paragraph's characters stand, whatever markdown-it took off its lines."""

import pytest

from launchpad.checklist.markdown.places import first_line, placing
from launchpad.checklist.markdown.tree import parse
from tests.checklist.soon import soon


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("so X", 1),
        ("\n  so\n   X over", 2),
        ("# so X", 1),
        ("## so X ##  ", 1),
        ("so X\n===", 1),
        ("> so\n> X", 1),
        ("> so\nX lazily", 1),
        ("- so\n  - b\n\n    X", 1),
        ("1. so\r\n   X\t\r\n", 1),
        ("so X\r\rtext", 1),
        ("\u3000\nso X", 2),
        ("\u3000\n\u3000\nso\n\u3000X", 3),
        ("so \U0001f680 X  \nover", 1),
        ("- [ ] so X", 1),
    ],
)
def test_a_character_is_found_where_it_stands(text: str, line: int) -> None:
    tree = parse("plan.md", text)
    inlines = [token for token in tree.tokens if token.type == "inline"]
    (inline,) = (token for token in inlines if "X" in token.content)
    assert placing(tree, inline)(inline.content.index("X")) == text.index("X")
    assert first_line(tree, inlines[0]) == line


@pytest.mark.parametrize("joint", [" ", "\n"])
def test_every_character_of_a_long_paragraph_is_found_soon(joint: str) -> None:
    tree = parse("plan.md", joint.join(["word"] * 40_000))
    (inline,) = (token for token in tree.tokens if token.type == "inline")
    with soon():
        place = placing(tree, inline)
        assert [place(index) for index in range(0, 199_999, 5)] == list(range(0, 199_999, 5))
