"""Commands on their way to the clipboard: which one, filled in with what, and when none."""

from base64 import b64decode

import pytest

from launchpad.checklist.model import Snippet
from launchpad.console.copying import copied, filled, for_tmux

FIRST = Snippet("first", 1, "curl ${base-url}/health")
SECOND = Snippet("second", 2, "make \\\n  deploy\n")


def test_one_command_is_copied_with_the_launchs_variables_and_no_line_end() -> None:
    found = copied([SECOND], None, {})
    assert found.text == "make \\\n  deploy"
    assert "not confirmed" in found.said


def test_each_press_copies_the_next_command_and_then_the_first_again() -> None:
    values = {"base-url": "http://a"}
    one = copied([FIRST, SECOND], None, values)
    two = copied([FIRST, SECOND], one.id, values)
    three = copied([FIRST, SECOND], two.id, values)
    assert [one.text, two.id, three.id] == ["curl http://a/health", "second", "first"]
    assert one.said.startswith("command 1 of 2")


def test_what_was_copied_elsewhere_does_not_matter() -> None:
    assert copied([SECOND], "first", {}).id == "second"


def test_without_a_command_nothing_is_copied() -> None:
    assert copied([], None, {}).text == ""


@pytest.mark.parametrize(
    "text",
    [
        "curl -H 'X: <admin-id>' a",
        "ssh {{ host }}",
        "git checkout ____",
        "curl ${base-url}",
        "psql -h <db host>",
    ],
)
def test_a_placeholder_that_is_left_keeps_a_command_off_the_clipboard(text: str) -> None:
    found = copied([Snippet("a", 1, text)], None, {})
    assert found.text == ""
    assert "to be filled in" in found.said


@pytest.mark.parametrize(
    "text",
    [
        "cat <<EOF\nhello\nEOF",
        "sort < names.txt > sorted.txt",
        "python -c 'import a.__init__'",
        "echo ${HOME} $1",
        "test 1 -lt 2 && diff <(a) <(b)",
    ],
)
def test_what_only_looks_like_a_placeholder_is_copied(text: str) -> None:
    assert copied([Snippet("a", 1, text)], None, {}).text == text


def test_a_variable_without_a_value_stays() -> None:
    assert filled("${a} ${b}", {"a": "1"}) == "1 ${b}"


def test_tmux_gets_the_sequence_wrapped_with_its_escapes_doubled() -> None:
    sequence = for_tmux("é\n")
    assert sequence.startswith("\x1bPtmux;\x1b\x1b]52;c;")
    assert sequence.endswith("\x07\x1b\\")
    assert b64decode(sequence.removeprefix("\x1bPtmux;\x1b\x1b]52;c;")[:-3]).decode() == "é\n"
