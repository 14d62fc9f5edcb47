"""The reading that a launch's log keeps."""

import json
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from launchpad.checklist.model import (
    Blank,
    Checklist,
    Item,
    Phase,
    ReadingWarning,
    Section,
    SignOff,
    Span,
)
from launchpad.checklist.stored import from_plain, to_plain

TEXT = st.text(max_size=5)
LINE = st.integers(1, 2**53 - 1)
SPAN = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
ITEM = st.builds(
    Item,
    id=TEXT,
    text=TEXT,
    label=TEXT,
    checked=st.booleans(),
    line=LINE,
    end_line=LINE,
    depth=st.integers(0, 9),
    kind=st.sampled_from(["task", "table", "glyph", "inline", "step"]),
    section=st.none() | st.text(min_size=1, max_size=5),
    box=st.none() | SPAN,
)
BLANK = st.builds(
    Blank, st.sampled_from(["initials", "name", "date", "time", "signature"]), TEXT, SPAN
)


def tuples(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=3).map(tuple)


CHECKLIST = st.builds(
    Checklist,
    title=TEXT,
    format=st.sampled_from(["markdown", "yaml"]),
    code_word=st.text(min_size=1, max_size=5),
    damage=st.sampled_from([None, "cp1252", "mac_roman"]),
    phases=tuples(st.builds(Phase, TEXT, TEXT, LINE, tuples(ITEM))),
    sections=tuples(st.builds(Section, TEXT, TEXT, TEXT, LINE)),
    signoffs=tuples(st.builds(SignOff, TEXT, TEXT, TEXT, LINE, tuples(TEXT), tuples(BLANK))),
    warnings=tuples(st.builds(ReadingWarning, LINE, TEXT)),
)


def item(**changes: object) -> dict[str, object]:
    return {"id": "a", "text": "A", "line": 3, **changes}


@given(CHECKLIST)
def test_a_checklist_comes_back_from_json_as_it_was(checklist: Checklist) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(checklist)))) == checklist


def test_nothing_is_written_that_goes_without_saying() -> None:
    task = Item("a", "A", "", False, 3, 3, 0, "task", None, Span(7, 8))
    checklist = Checklist("T", "markdown", "t", None, (Phase("p", "P", 1, (task,)),), (), (), ())
    assert to_plain(checklist) == {
        "title": "T",
        "format": "markdown",
        "code_word": "t",
        "phases": [{"id": "p", "title": "P", "line": 1, "items": [item(box=[7, 8])]}],
    }


def test_a_log_by_another_version_is_read() -> None:
    """Unknown keys are ignored, missing ones have their defaults."""
    checklist = from_plain(
        {"phases": [{"id": "p", "from-later": 1, "items": [item(from_later=[])]}], "later": {}}
    )
    (found,) = checklist.items()
    assert found == Item("a", "A", "", False, 3, 3, 0, "task", None, None)
    assert (checklist.title, checklist.format, checklist.code_word) == ("", "markdown", "launch")


def test_reading_a_log_loads_no_parser() -> None:
    code = (
        "import sys, launchpad.checklist.stored\n"
        "print([name for name in sys.modules if name.split('.')[0] in {'markdown_it', 'yaml'}])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert run.stdout == "[]\n"
