"""Reading YAML that is written in a test; the command line's own fixtures."""

import itertools
from collections.abc import Callable

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.load import read
from launchpad.checklist.model import Checklist
from tests.cli.conftest import bare, launchpad

__all__ = ["bare", "launchpad"]

MARK = "\u00bb"
Reading = Callable[[str], Checklist]
Problems = Callable[[str], list[str]]


def read_text(text: str) -> Checklist:
    return read(source_from_bytes("plan.yaml", text.encode()))


@pytest.fixture(scope="session")
def reading() -> Reading:
    """Read a checklist that is written in the test."""
    return read_text


@pytest.fixture(scope="session")
def problems() -> Problems:
    """Tell what is wrong with a checklist: `line:column: message`, one each; [] for nothing."""

    def told(text: str) -> list[str]:
        try:
            read_text(text)
        except ChecklistError as error:
            lines = error.message.splitlines()
            if len(lines) > 1:
                assert lines.pop(0) == f"plan.yaml: {len(lines)} problems"
            return [line.removeprefix("plan.yaml:") for line in lines]
        return []

    return told


@pytest.fixture(scope="session")
def told(problems: Problems) -> Problems:
    """Tell what is wrong with a checklist, which has to be where the test put a `\u00bb`."""

    def messages(marked: str) -> list[str]:
        places = []
        for number, line in enumerate(marked.split("\n"), 1):
            parts = line.split(MARK)
            columns = itertools.accumulate(len(part) for part in parts[:-1])
            places += [f"{number}:{column + 1}" for column in columns]
        found = [problem.split(": ", 1) for problem in problems(marked.replace(MARK, ""))]
        assert [place for place, _ in found] == places
        return [message for _, message in found]

    return messages
