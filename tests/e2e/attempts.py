"""A rollback that is begun again and again: its attempts, their effects and their runners."""

from pathlib import Path

from launchpad.launch.event import Event
from launchpad.launch.intents import StartRollback
from tests.conductor.conftest import Conducted
from tests.e2e import processes


def effects(harbour: Conducted) -> list[str]:
    path = harbour.folder / "effects"
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def begins(harbour: Conducted) -> int:
    """Start the rollback anew; return the attempt."""
    (event,) = harbour.does(lambda seen: StartRollback("smoke test failed", "harbour", None, seen))
    attempt = event.body["attempt"]
    assert isinstance(attempt, int)
    (harbour.folder / "effects").unlink(missing_ok=True)
    return attempt


def of(attempt: int, events: list[Event]) -> list[Event]:
    return [event for event in events if event.body["attempt"] == attempt]


def completed(harbour: Conducted, attempt: int) -> bool:
    return bool(of(attempt, harbour.events("rollback.completed")))


def runners(harbour: Conducted) -> list[int]:
    """Return the process ids of the runners that are at work."""
    return [pid for pid, line in processes.naming(Path(harbour.launch)) if "steps.runner" in line]
