"""Single values: from a scalar's text to what its key takes."""

import re
import warnings
from collections.abc import Collection
from typing import TypeVar

from launchpad.checklist.durations import in_milliseconds, launch_time_of
from launchpad.checklist.native.fields import Reader
from launchpad.checklist.native.nodes import Node, Scalar
from launchpad.checklist.native.problems import Expected, expected, quoted
from launchpad.checklist.native.reading import NameKind, Reading
from launchpad.checklist.slug import slug
from launchpad.text.safe import one_line, safe

_WHOLE = re.compile(r"[0-9]{1,4}")
_DECIMAL = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")
_LONGEST_PATTERN = 1000

Choice = TypeVar("Choice", bound=str)


def scalar(node: Node, what: str = "text") -> Scalar:
    """Return a node that is text, and not an empty one."""
    if not isinstance(node, Scalar) or not node.text.strip():
        raise expected(what, node)
    return node


def line(node: Node, _reading: Reading) -> str:
    """Read a text that people are shown: safe, on one line."""
    text = one_line(scalar(node).text)
    if not text:
        raise Expected(node, "expected text")
    return text


def paragraphs(node: Node, _reading: Reading) -> str:
    """Read a text that people are shown: safe, with its line ends."""
    return safe(scalar(node).text).strip()


def exact(node: Node, _reading: Reading) -> Scalar:
    """Read a text that a program gets, which therefore hides nothing from who reads it."""
    if not isinstance(node, Scalar):
        raise expected("text", node)
    if safe(node.text) != node.text:
        offset, hidden = next(
            (offset, character)
            for offset, character in enumerate(node.text)
            if safe(character) != character
        )
        raise Expected(
            node.at(offset), f"a hidden character (U+{ord(hidden):04X}) where a program reads"
        )
    return node


def exact_line(node: Node, reading: Reading) -> str:
    """Read such a text of one line, which is not empty."""
    text = exact(scalar(node), reading).text
    if "\n" in text or "\t" in text:
        raise Expected(node, "expected text on one line")
    return text


def identifier(node: Node, _reading: Reading) -> str:
    """Read an id: what a slug (`checklist.slug`) leaves as it is."""
    text = scalar(node, "an id").text
    near = slug(text)
    if near != text:
        hint = f", such as {quoted(near)}" if near else ""
        raise Expected(node, f"expected an id of small letters, digits and single hyphens{hint}")
    return text


def given(
    kind: NameKind, read: Reader[str] = identifier, *, within: str | None = None
) -> Reader[str]:
    """Return a reader of names that are given here, in a phase or for all, and used elsewhere."""

    def name(node: Node, reading: Reading) -> str:
        # Before it is read: who uses a name that is not well-formed hears of that one problem.
        reading.give(kind, scalar(node, "a name").text, node.place, within)
        return read(node, reading)

    return name


def used(kind: NameKind, *, within: str | None = None) -> Reader[str]:
    """Return a reader of names that are given elsewhere, as this kind and in this phase if told."""

    def name(node: Node, reading: Reading) -> str:
        text = scalar(node, f"the name of {_an(kind)} {kind}").text
        reading.use((kind,), text, node.place, within)
        return text

    return name


def _an(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def duration_ms(node: Node, _reading: Reading) -> int:
    """Read a duration longer than nothing: `500ms`, `30s`, `1h30m`, `2d`."""
    span_ms = in_milliseconds(scalar(node, "a duration").text)
    if not span_ms:
        raise Expected(node, "expected a duration such as 500ms, 30s, 2m, 1h30m or 2d")
    return span_ms


def any_duration_ms(node: Node, reading: Reading) -> int:
    """Read a duration, or `0s`: at once."""
    return 0 if scalar(node, "a duration").text == "0s" else duration_ms(node, reading)


def launch_time_ms(node: Node, _reading: Reading) -> int:
    """Read a time of the launch in whole seconds: `T-1h`, `T-0`, `T+30m`. Before T-0 is minus."""
    at_ms = launch_time_of(scalar(node, "a time").text)
    if at_ms is None:
        raise Expected(node, "expected a time of the launch such as T-1h, T-0 or T+30m")
    return at_ms


def count(node: Node, _reading: Reading) -> int:
    """Read a number of times, from 1 to 9999."""
    text = scalar(node, "a number").text
    if not _WHOLE.fullmatch(text) or not int(text):
        raise Expected(node, "expected a whole number from 1 to 9999")
    return int(text)


def decimal(node: Node, _reading: Reading) -> str:
    """Read a number such as 99.9 or -3, as it is written."""
    text = scalar(node, "a number").text
    if not _DECIMAL.fullmatch(text):
        raise Expected(node, "expected a number such as 200 or 99.9")
    return text


def truth(node: Node, _reading: Reading) -> bool:
    """Read `true` or `false`, and none of the many words that YAML once took for them."""
    text = scalar(node, "true or false").text
    if text not in {"true", "false"}:
        raise Expected(node, f"expected true or false, found {quoted(text)}")
    return text == "true"


def choice(options: Collection[Choice]) -> Reader[Choice]:
    """Return a reader of one of a few words."""
    listed = ", ".join(options)

    def chosen(node: Node, _reading: Reading) -> Choice:
        text = scalar(node, f"one of {listed}").text
        for option in options:
            if text == option:
                return option
        raise Expected(node, f"expected one of {listed}, found {quoted(text)}")

    return chosen


def pattern(node: Node, reading: Reading) -> str:
    """Read a regular expression of Python's `re`.

    It is compiled, and not tried on any value: one that runs for hours may look harmless.
    """
    text = exact(scalar(node), reading).text
    if len(text) > _LONGEST_PATTERN:
        raise Expected(node, f"a regular expression of more than {_LONGEST_PATTERN} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(text)
    except re.error as error:
        place = scalar(node).at(error.pos or 0)
        raise Expected(place, f"no regular expression: {one_line(error.msg)}") from None
    except (OverflowError, RecursionError):
        raise Expected(node, "no regular expression that could be used") from None
    return text
