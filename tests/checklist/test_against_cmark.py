"""Items are what a GitHub reader sees: counted beside cmark-gfm, GitHub's own parser.

Where the two differ on purpose is written down: `generated.KNOWN_DIFFERENCES`, and `shown` in
the documents' `expected.yaml`.
"""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from cmarkgfm import markdown_to_html_with_extensions
from cmarkgfm.cmark import Options

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.load import load, read
from tests.checklist.corpus import DOCUMENTS, expectations, readable
from tests.checklist.generated import KNOWN_DIFFERENCES, Generated, document

COUNT = int(os.environ.get("LAUNCHPAD_SOAK", "2000"))


def shown(text: str) -> tuple[int, int]:
    """Return how many boxes cmark-gfm shows in a text, and how many of them ticked."""
    page = markdown_to_html_with_extensions(
        text, options=Options.CMARK_OPT_UNSAFE, extensions=["table", "tasklist"]
    )
    return page.count('<input type="checkbox"'), page.count('<input type="checkbox" checked')


def counted(text: str) -> tuple[int, int]:
    """Return how many task-list items are read, and how many of them ticked."""
    checklist = read(source_from_bytes("plan.md", text.encode()))
    tasks = [item for item in checklist.items() if item.kind == "task"]
    return len(tasks), sum(item.checked for item in tasks)


def agreed(made: Generated) -> tuple[int, int]:
    return made.items + made.more_shown, made.checked + made.more_checked


def test_the_documents() -> None:
    wanted = [
        tuple(said.get("shown", (said.get("items", 0), said.get("checked", 0))))
        for _, said in sorted(expectations().items())
    ]
    found = [shown(readable(path)) for path in DOCUMENTS]
    names = [path.name for path in DOCUMENTS]
    assert dict(zip(names, found, strict=True)) == dict(zip(names, wanted, strict=True))


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_seed_documents(seed: Callable[[str], Path], number: str) -> None:
    text = load(seed(number)).source.readable
    assert shown(text) == counted(text)


@pytest.mark.parametrize("known", KNOWN_DIFFERENCES, ids=lambda known: repr(known.text))
def test_a_known_difference_is_exactly_this(known: Generated) -> None:
    assert counted(known.text) == (known.items, known.checked)
    assert shown(known.text) == agreed(known)


@pytest.mark.soak
def test_generated_documents() -> None:
    for seed in range(COUNT):
        one = document(Random(seed), parts=3)
        assert counted(one.text) == (one.items, one.checked), f"seed {seed}:\n{one.text}"
        assert shown(one.text) == agreed(one), f"seed {seed}:\n{one.text}"
