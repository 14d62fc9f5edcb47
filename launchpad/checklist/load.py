"""The way in: a checklist from a file, or from a document that is already at hand."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from launchpad.checklist.encoding import Source, source_from_bytes
from launchpad.checklist.file import read_bytes
from launchpad.checklist.markdown.reader import read_markdown
from launchpad.checklist.model import Checklist
from launchpad.text.safe import one_line

_YAML_ENDINGS = (".yaml", ".yml")
_VERSION_KEY = re.compile(r"launchpad:\s*(?:\d+\s*)?(?:#.*)?")


@dataclass(frozen=True, slots=True)
class Document:
    """A document and what was understood of it."""

    source: Source
    checklist: Checklist


def load(path: str | os.PathLike[str]) -> Document:
    """Read a checklist from a file; ChecklistError where that cannot be done."""
    place = Path(path)
    data = read_bytes(place)
    source = source_from_bytes(one_line(place.name), data)
    return Document(source, read(source))


def read(source: Source) -> Checklist:
    """Return the checklist that a document is; ChecklistError where it is none."""
    if _is_yaml(source):
        # Only here: a Markdown checklist does not pay for the YAML parser.
        from launchpad.checklist.native.reader import read_yaml  # noqa: PLC0415 - see above

        return read_yaml(source)
    return read_markdown(source)


def _is_yaml(source: Source) -> bool:
    if source.name.lower().endswith(_YAML_ENDINGS):
        return True
    lines = (line.strip() for line in source.readable.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return _VERSION_KEY.fullmatch(first) is not None
