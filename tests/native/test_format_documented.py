"""The page on the format names every key that there is."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from launchpad.checklist.native.schema import schema

PAGE = Path(__file__).parents[2] / "checklists" / "README.md"
CODE = re.compile(r"`([^`\n]+)`")


def keys(described: object) -> Iterator[str]:
    match described:
        case dict():
            properties: dict[str, Any] = described.get("properties", {})
            yield from properties
            for inner in described.values():
                yield from keys(inner)
        case list():
            for inner in described:
                yield from keys(inner)


def test_every_key_of_the_format_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8").partition("## The native format")[2]
    named = {word for code in CODE.findall(page) for word in re.findall(r"[a-z0-9-]+", code)}
    assert set(keys(schema())) - named == set()
