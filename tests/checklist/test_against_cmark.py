"""Items are what a GitHub reader sees: counted beside cmark-gfm, GitHub's own parser.

Where the two differ on purpose is written down: `generated.KNOWN_DIFFERENCES`, and `shown` in
the documents' `expected.yaml`.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.load import load, read
from tests.checklist.corpus import DOCUMENTS, expectations, readable
from tests.checklist.generated import KNOWN_DIFFERENCES, Generated, document

COUNT = int(os.environ.get("LAUNCHPAD_SOAK", "2000"))

pytestmark = pytest.mark.skipif(
    shutil.which("cmark-gfm") is None, reason="cmark-gfm is not installed (Debian has a package)"
)

# One shell for all documents: it starts a program faster than Python does.
_EACH = 'for f in *.md; do cmark-gfm -e tasklist -e table --unsafe "$f" > "$f.html"; done'


def shown(texts: Sequence[str], folder: Path) -> list[tuple[int, int]]:
    """Return how many boxes cmark-gfm shows in each text, and how many of them ticked."""
    written = [folder / f"{number}.md" for number in range(len(texts))]
    for path, text in zip(written, texts, strict=True):
        path.write_bytes(text.encode())
    subprocess.run(["sh", "-c", _EACH], cwd=folder, check=True)
    pages = [path.with_suffix(".md.html").read_text(encoding="utf-8") for path in written]
    return [
        (page.count('<input type="checkbox"'), page.count('<input type="checkbox" checked'))
        for page in pages
    ]


def counted(text: str) -> tuple[int, int]:
    """Return how many task-list items are read, and how many of them ticked."""
    checklist = read(source_from_bytes("plan.md", text.encode()))
    tasks = [item for item in checklist.items() if item.kind == "task"]
    return len(tasks), sum(item.checked for item in tasks)


def agreed(made: Generated) -> tuple[int, int]:
    return made.items + made.more_shown, made.checked + made.more_checked


def test_the_documents(tmp_path: Path) -> None:
    wanted = [
        tuple(said.get("shown", (said.get("items", 0), said.get("checked", 0))))
        for _, said in sorted(expectations().items())
    ]
    found = shown([readable(path) for path in DOCUMENTS], tmp_path)
    names = [path.name for path in DOCUMENTS]
    assert dict(zip(names, found, strict=True)) == dict(zip(names, wanted, strict=True))


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_seed_documents(seed: Callable[[str], Path], number: str, tmp_path: Path) -> None:
    text = load(seed(number)).source.readable
    assert shown([text], tmp_path) == [counted(text)]


@pytest.mark.parametrize("known", KNOWN_DIFFERENCES, ids=lambda known: repr(known.text))
def test_a_known_difference_is_exactly_this(known: Generated, tmp_path: Path) -> None:
    assert counted(known.text) == (known.items, known.checked)
    assert shown([known.text], tmp_path) == [agreed(known)]


@pytest.mark.soak
def test_generated_documents(tmp_path: Path) -> None:
    made = [document(Random(seed)) for seed in range(COUNT)]
    pages = shown([one.text for one in made], tmp_path)
    for seed, (one, found) in enumerate(zip(made, pages, strict=True)):
        assert counted(one.text) == (one.items, one.checked), f"seed {seed}:\n{one.text}"
        assert found == agreed(one), f"seed {seed}:\n{one.text}"
