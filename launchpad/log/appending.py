"""Appending: read what came, decide, seal, and have it recorded where the head still stands."""

from collections.abc import Sequence
from typing import Any

from launchpad.launch.event import Draft, Event, Head
from launchpad.log.chain import canonical, seal
from launchpad.log.conducted import lease_row
from launchpad.log.errors import LeaseLost, LogUnreadable, LogUnwritable
from launchpad.log.leasing import Lease
from launchpad.log.reading import COLUMNS, Reader
from launchpad.log.store import Decide
from launchpad.log.writing import Writer


class Appender:
    """Appends to the launches of one log file; path is for messages."""

    def __init__(self, path: str, reader: Reader, writer: Writer) -> None:
        self._path = path
        self._reader = reader
        self._writer = writer

    def append(self, launch: str, after: Head, decide: Decide, under: Lease | None) -> list[Event]:
        """Append what decide returns; see `Log.append`."""
        if under and under.launch != launch:
            raise ValueError(f"a lease of {under.launch} does not cover {launch}")
        seen: list[Event] = []
        while True:
            # Each further round means that somebody else succeeded: there is no other bound.
            new = self._news(launch, _place(seen, after))
            seen += new
            sealed = self._seal(launch, _place(seen, after), decide(new))
            if not sealed:
                return seen
            if self._record(launch, _place(seen, after), sealed, under):
                return seen + sealed

    def _news(self, launch: str, head: Head) -> list[Event]:
        """Return what came after head, having seen that it does follow it."""
        new = list(self._reader.events(launch, head.seq))
        if new and new[0].prev_hash != head.hash:
            raise self._rewritten(launch, head)
        return new

    def _seal(self, launch: str, head: Head, drafts: Sequence[Draft]) -> list[Event]:
        """Seal the drafts that are not in the log yet, one after the other, after head."""
        known = self._reader.known(launch, [draft.uid for draft in drafts])
        sealed: list[Event] = []
        for draft in drafts:
            if draft.launch != launch:
                raise ValueError(f"a draft of {draft.launch} cannot be appended to {launch}")
            if draft.uid not in known:
                known.add(draft.uid)
                sealed.append(seal(draft, _place(sealed, head)))
        return sealed

    def _record(
        self, launch: str, head: Head, sealed: Sequence[Event], under: Lease | None
    ) -> bool:
        """Make sealed events durable; False when the head moved and none of them is."""
        request: dict[str, Any] = {
            "do": "append",
            "launch": launch,
            "seq": head.seq,
            "hash": head.hash,
            "rows": [_row(event) for event in sealed],
        }
        if under:
            request["under"] = lease_row(under)
        try:
            if self._writer.ask(request):
                return True
        except (LogUnwritable, LeaseLost):
            # Never report as lost what is there: it would be decided and appended once more.
            if not self._reader.known(launch, [sealed[-1].uid]):
                raise
        new = self._news(launch, head)
        if not new:
            raise self._rewritten(launch, head)
        # A scribe that was lost may have done its work, and the next one found the head moved.
        return new[: len(sealed)] == list(sealed)

    def _rewritten(self, launch: str, head: Head) -> LogUnreadable:
        return LogUnreadable(
            f"{self._path}: entry {head.seq} of {launch} is no longer the one that was seen:"
            " the log was replaced or rewritten"
        )


def _place(events: Sequence[Event], before: Head) -> Head:
    """Return where the last of some events stands, or what was before them."""
    return Head(events[-1].seq, events[-1].hash) if events else before


def _row(event: Event) -> dict[str, str | int | None]:
    """Return an event's columns, actor and body in their canonical form."""
    row = {name: getattr(event, name) for name in COLUMNS}
    for key in ("actor", "body"):
        row[key] = canonical(row[key], key).decode()
    return row
