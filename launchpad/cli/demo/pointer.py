"""Where the newest demo plays, so that another terminal can break it without being told."""

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

_FILE: Final = "demo.json"


@dataclass(frozen=True, slots=True)
class Pointer:
    """A demo's log, and its launch in it."""

    log: str
    launch: str


def keep(state_folder: Path, pointer: Pointer) -> None:
    """Point to a demo, for this account alone. Raises OSError."""
    state_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes the file 0600; the rename means that no reader sees half of it.
    descriptor, name = tempfile.mkstemp(dir=state_folder, prefix=_FILE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(pointer), file)
    Path(name).replace(state_folder / _FILE)


def kept(state_folder: Path) -> Pointer | None:
    """Return the newest demo, None where none is known."""
    with suppress(OSError, ValueError, LookupError):
        said = json.loads((state_folder / _FILE).read_text(encoding="utf-8"))
        if isinstance(said, Mapping):
            return Pointer(str(said["log"]), str(said["launch"]))
    return None
