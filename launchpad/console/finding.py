"""Finding the checklists that lie in a folder."""

from collections.abc import Iterator
from pathlib import Path

from launchpad.checklist.errors import ChecklistError

_ENDINGS = (".md", ".markdown", ".txt", ".yaml", ".yml")
_LOOKED_AT = 200
_LARGEST = 1 << 20


def found_checklists(folder: Path) -> Iterator[tuple[Path, str, int]]:
    """Yield the checklists in a folder and in its `checklists` folder: path, title, items.

    Only files with a checklist's ending, of at most 1 MiB and with at least one item, are
    offered; at most 200 are looked at.
    """
    from launchpad.checklist.load import load  # noqa: PLC0415 - reading costs an attach nothing

    candidates: list[Path] = []
    for place in (folder, folder / "checklists"):
        try:
            candidates += sorted(path for path in place.iterdir() if path.suffix in _ENDINGS)
        except OSError:
            continue
    for path in candidates[:_LOOKED_AT]:
        try:
            if not path.is_file() or path.stat().st_size > _LARGEST:
                continue
            checklist = load(path).checklist
        except (OSError, ChecklistError):
            continue
        items = sum(1 for _ in checklist.items())
        if items:
            yield path, checklist.title, items
