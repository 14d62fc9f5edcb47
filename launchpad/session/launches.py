"""The launches of a log, and which of them a command without --launch means."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from launchpad.launch.kinds import BadEvent, LaunchClosed, LaunchOpened, Mode, decode
from launchpad.launch.person import actor_initials
from launchpad.launch.state import LaunchPhase
from launchpad.log.errors import LogUnreadable
from launchpad.log.store import Log, Opening
from launchpad.text.safe import one_line


class NoSuchChoice(Exception):
    """Which launch is meant cannot be said. The message lists the candidates."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A launch in a list. path and sha256: of the document it was opened from, as it was then."""

    launch: str
    title: str
    mode: Mode
    phase: LaunchPhase
    opened_at: str
    opened_by: str
    events: int
    path: str
    sha256: str

    @property
    def open(self) -> bool:
        """Whether anything can still be recorded."""
        return self.phase == "open"


def entries(log: Log) -> list[Entry]:
    """Return every launch of a log, oldest first."""
    return [_entry(log, opening) for opening in log.launches()]


def _entry(log: Log, opening: Opening) -> Entry:
    first = opening.first
    phase: LaunchPhase = "open"
    try:
        opened = decode(first)
        if opening.last_kind == "launch.closed":
            closed = decode(log.last(first.launch, 1)[0])
            phase = closed.outcome if isinstance(closed, LaunchClosed) else "open"
    except BadEvent as error:
        raise LogUnreadable(f"launch {first.launch}: {error}") from None
    if not isinstance(opened, LaunchOpened):
        raise LogUnreadable(f"launch {first.launch} does not begin with launch.opened")
    return Entry(
        launch=first.launch,
        title=opened.title,
        mode=opened.mode,
        phase=phase,
        opened_at=first.at,
        opened_by=actor_initials(first.actor),
        events=opening.head.seq,
        path=str(PurePath(opened.home.directory, opened.source.name)),
        sha256=opened.source.sha256,
    )


def to_read(known: Sequence[Entry]) -> Entry:
    """Return the launch that a reading command means: the newest, and a live one before others."""
    if not known:
        raise NoSuchChoice("this log holds no launch yet; `launchpad run CHECKLIST` opens one")
    open_live = [entry for entry in known if entry.open and entry.mode == "live"]
    if known[-1].mode == "rehearsal" and open_live:
        return open_live[-1]
    return known[-1]


def to_write(known: Sequence[Entry]) -> Entry:
    """Return the only open launch. A rehearsal is never meant while a live launch is open."""
    candidates = [entry for entry in known if entry.open]
    live = [entry for entry in candidates if entry.mode == "live"]
    if live:
        candidates = live
    if not candidates:
        raise NoSuchChoice("no launch is open in this log; `launchpad run CHECKLIST` opens one")
    if len(candidates) > 1:
        listed = "\n".join(
            f"  --launch {one_line(entry.launch)}   {one_line(entry.title)}" for entry in candidates
        )
        raise NoSuchChoice(f"several launches are open; say which:\n{listed}")
    return candidates[0]


def named(known: Sequence[Entry], launch: str) -> Entry:
    """Return the launch with this id."""
    for entry in known:
        if entry.launch == launch:
            return entry
    raise NoSuchChoice(
        f"this log holds no launch {one_line(launch)!r}; `launchpad list` shows those it holds"
    )


def open_from(known: Sequence[Entry], path: str, sha256: str) -> list[Entry]:
    """Return the open launches of a document: of the same file, or of the same bytes."""
    return [
        entry for entry in known if entry.open and (entry.path == path or entry.sha256 == sha256)
    ]
