"""Documents for the tests of reading: from a string, and the seed documents where they are."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.load import Document, read

Reading = Callable[[str], Document]

_BESIDE_THE_REPOSITORY = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.fixture(scope="session")
def reading() -> Reading:
    """Read a Markdown document that is written in the test."""

    def read_text(text: str) -> Document:
        source = source_from_bytes("plan.md", text.encode())
        return Document(source, read(source))

    return read_text


@pytest.fixture(scope="session")
def seed() -> Callable[[str], Path]:
    """Find a seed document by the number its name starts with."""
    folder = Path(os.environ.get("LAUNCHPAD_SEEDS", _BESIDE_THE_REPOSITORY))

    def find(number: str) -> Path:
        found = sorted(folder.glob(f"{number}_*"))
        if not found:
            pytest.skip(f"seed document {number} is not in {folder} (see LAUNCHPAD_SEEDS)")
        return found[0]

    return find
