"""The documents in `documents/`, as bytes, and what a careful reader finds in each."""

from pathlib import Path
from typing import Any

import yaml

from launchpad.checklist.encoding import source_from_bytes

FOLDER = Path(__file__).parent / "documents"
DOCUMENTS = tuple(sorted(FOLDER.glob("*.md")))


def expectations() -> dict[str, dict[str, Any]]:
    """Return what is written in `expected.yaml`, by the documents' names."""
    written: dict[str, dict[str, Any]] = yaml.safe_load(
        (FOLDER / "expected.yaml").read_text(encoding="utf-8")
    )
    return written


def readable(path: Path) -> str:
    """Return a document's text as its author wrote it."""
    return source_from_bytes(path.name, path.read_bytes()).readable
