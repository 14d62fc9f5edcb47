"""`${name}`: where a value stands for a variable or a secret, and what only looks like it."""

import re

from launchpad.checklist.native.nodes import Node, Scalar
from launchpad.checklist.native.problems import Expected, quoted
from launchpad.checklist.native.reading import NameKind, Reading
from launchpad.checklist.native.values import exact, exact_line, scalar

REFERENCE = re.compile(r"\$\{([^{}]*)\}")


def word(node: Node, reading: Reading) -> str:
    """Read one word of a command: itself, or a variable as a whole."""
    given = exact(node, reading)
    whole = REFERENCE.fullmatch(given.text)
    if whole:
        reading.use(("variable",), whole[1], given.place)
        return given.text
    for part in REFERENCE.finditer(given.text):
        reading.refuse(
            "variable",
            part[1],
            given.at(part.start()),
            f"a variable is a whole word of a command: {quoted(part[0])} stands within one",
        )
    return given.text


def shell(node: Node, reading: Reading) -> str:
    """Read a text for a shell: what a shell is given are environment variables."""
    given = exact(node, reading)
    if not given.text.strip():
        raise Expected(node, "expected a command")
    for part in REFERENCE.finditer(given.text):
        environment_name = "LAUNCHPAD_VAR_" + part[1].replace("-", "_").upper()
        reading.refuse(
            "variable",
            part[1],
            given.at(part.start()),
            f'a variable is never shell text: write "${environment_name}"',
        )
    return given.text


def literal(node: Node, reading: Reading) -> str:
    """Read a text of one line that goes to a program as it is: no variable is put into it."""
    text = exact_line(node, reading)
    for part in REFERENCE.finditer(text):
        reading.refuse(
            "variable",
            part[1],
            scalar(node).at(part.start()),
            f"no variable is put in here: {quoted(part[0])} stays as it is",
        )
    return text


def filled_text(node: Node, reading: Reading, kinds: tuple[NameKind, ...]) -> Scalar:
    """Read a text for a program in which each `${name}` stands for one of these kinds."""
    given = exact(node, reading)
    use_references(given, reading, kinds)
    return given


def use_references(given: Scalar, reading: Reading, kinds: tuple[NameKind, ...]) -> None:
    """Keep that each `${name}` in a text has to be one of these kinds."""
    for part in REFERENCE.finditer(given.text):
        reading.use(kinds, part[1], given.at(part.start()))
