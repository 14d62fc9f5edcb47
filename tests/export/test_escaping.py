"""Outside text in Markdown: it shows as itself, whatever it holds."""

import html
import re

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from launchpad.export.escaping import escaped, table
from launchpad.text.safe import one_line

MARKUP = st.text(st.sampled_from("ab \\`*_{}[]()<>#~$@!|&;-+.:/\"'=\n\t1x^%"), max_size=40)


def cells(rows: list[tuple[str, ...]]) -> list[str]:
    """Return what a GFM reader shows in the cells of a table."""
    markdown = "\n".join(table(("A", "B"), rows))
    shown = MarkdownIt("gfm-like", {"linkify": False}).render(markdown)
    found = re.findall(r"<td>(.*?)</td>", shown, re.DOTALL)
    assert not any("<" in cell for cell in found), found
    return [html.unescape(cell) for cell in found]


@example("&amp;lt;b&gt;", "a &#124; b &copy;")
@given(MARKUP, MARKUP)
def test_every_text_is_shown_as_it_is_and_stays_in_its_cell(one: str, other: str) -> None:
    assert cells([(one, other), ("x", "y")]) == [one_line(one), one_line(other), "x", "y"]


@given(st.text(max_size=40))
def test_any_unicode_is_shown_as_safe_text(text: str) -> None:
    assert cells([(text, "x")]) == [one_line(text), "x"]


def test_a_pipe_is_never_left_to_the_reader_of_backslashes() -> None:
    assert escaped("a\\|b") == "a\\\\&#124;b"


def test_a_mention_and_a_template_are_taken_apart() -> None:
    assert escaped("@ops {{ secret }} <b>") == "\\@ops \\{\\{ secret \\}\\} \\<b\\>"
