"""Commands to copy: a person runs them, and never the program."""

from launchpad.checklist.model import Snippet
from launchpad.checklist.native.fields import Fields, attempt, named_each
from launchpad.checklist.native.nodes import Node, Scalar
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.values import exact, given, line, paragraphs, scalar


def _snippet(key: Scalar, value: Node, reading: Reading) -> Snippet:
    name = attempt(given("snippet"), key, reading, key.text)
    with Fields(value, reading) as fields:
        return Snippet(
            id=name,
            line=key.place.line,
            text=fields.must("text", _text, ""),
            shell=fields.may("shell", line, None),
            expected=fields.may("expected", paragraphs, None),
        )


def _text(node: Node, reading: Reading) -> str:
    return exact(scalar(node), reading).text.strip("\n")


snippets = named_each(_snippet)
