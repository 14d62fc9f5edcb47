"""Checking a log or an export from the first entry to the last, trusting nothing in it.

Whoever can write the file can rewrite all of it, or cut off its end, and leave a chain that is
whole: an end is anchored only by a signed checkpoint. Every verdict says so.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeAlias

from launchpad.launch.event import NO_EVENTS, Event, Head
from launchpad.log.chain import (
    HEAD_LINE_START,
    canonical,
    digest,
    line,
    parse_head_line,
    parse_line,
)
from launchpad.log.digest import Covers, Digested, Thinned
from launchpad.log.errors import LogUnreadable
from launchpad.log.guards import faults_of_file
from launchpad.log.reading import COLUMNS, Reader, read_row
from launchpad.log.sqlite import SqliteLog
from launchpad.log.verify_samples import UNCHECKED, SamplesChecked, check_samples

_ACTOR: Final = COLUMNS.index("actor")
_BODY: Final = COLUMNS.index("body")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about one launch, or, with launch None, about the file that keeps them.

    events: how many entries there are; head: the last one before anything bad; first_bad: the
    seq of the first entry that was altered, removed or slipped in, None where there is none or
    no single one; reason: what is wrong with it, None when intact; anchored: whether a signature
    vouches for the end; samples: what was found about the samples, where they were checked.
    """

    launch: str | None
    events: int
    head: Head
    intact: bool
    first_bad: int | None = None
    reason: str | None = None
    anchored: bool = False
    samples: SamplesChecked = UNCHECKED

    def __str__(self) -> str:
        """Return the verdict as one line for a person."""
        subject = self.launch or "the file"
        if self.intact:
            end = "end anchored" if self.anchored else "end not anchored"
            samples = f", {self.samples}" if str(self.samples) else ""
            return f"{subject}: {self.events} entries{samples}, intact, {end}"
        place = f"entry {self.first_bad}: " if self.first_bad is not None else ""
        return f"{subject}: NOT INTACT: {place}{self.reason}"


@dataclass(frozen=True, slots=True)
class _Fault:
    """Something that stands where an entry should, or where an export should end."""

    reason: str
    ends: bool = False


@dataclass(frozen=True, slots=True)
class _End:
    """An export's head line."""

    launch: str
    head: Head


_Found: TypeAlias = Event | _Fault | _End


def verify_log(log: SqliteLog | Path | str, covered: Covers | None = None) -> list[Verdict]:
    """Check every launch of a log, and the file itself.

    log: an open log or a file's path. covered: tells what events say of samples, which are then
    checked, too. One verdict a launch, oldest first; what is wrong with the file comes first.
    Raises LogUnreadable when there is no file that could be read.
    """
    path = Path(log.address if isinstance(log, SqliteLog) else log).absolute()
    if not path.is_file():
        raise LogUnreadable(f"{path}: there is no log")
    try:
        reader = Reader(str(path))
    except LogUnreadable as error:
        return [_about_file(str(error))]
    verdicts: list[Verdict] = []
    with closing(reader):
        try:
            verdicts += map(_about_file, reader.inspect(faults_of_file))
            # All as of one moment: samples that are thinned meanwhile would seem to be missing.
            reader.inspect(lambda connection: connection.execute("BEGIN"))
            for launch in reader.launches():
                verdicts.append(_of_launch(reader, launch, covered))
        except LogUnreadable as error:
            verdicts.append(_about_file(str(error)))
    return verdicts


def _of_launch(reader: Reader, launch: str, covered: Covers | None) -> Verdict:
    claims: list[Digested | Thinned] = []

    def found() -> Iterator[_Found]:
        for each in map(_of_row, reader.rows(launch)):
            if covered and isinstance(each, Event) and (claim := covered(each)):
                claims.append(claim)
            yield each

    verdict = _follow(launch, found())
    if covered is None or not verdict.intact:
        return verdict
    samples = check_samples(reader, launch, claims)
    intact = samples.fault is None
    return replace(verdict, intact=intact, reason=samples.fault, samples=samples)


def verify_export(export: bytes | Path) -> list[Verdict]:
    """Check an export, line by line, without holding it in memory.

    Raises LogUnreadable when the file cannot be opened.
    """
    try:
        with BytesIO(export) if isinstance(export, bytes) else export.open("rb") as lines:
            return [_follow(None, _of_lines(lines))]
    except OSError as error:
        raise LogUnreadable(f"{export!s}: {error.strerror}") from error


def _about_file(reason: str) -> Verdict:
    return Verdict(None, 0, NO_EVENTS, intact=False, reason=reason)


def _of_row(row: tuple[Any, ...]) -> _Found:
    try:
        event = read_row(row)
        for column, value in ((_ACTOR, event.actor), (_BODY, event.body)):
            if canonical(value, COLUMNS[column]).decode() != row[column]:
                return _Fault(f"{COLUMNS[column]} is not in canonical form")
        if digest(line(event)) != event.hash:
            return _Fault("its hash is not that of its content")
    except ValueError as error:
        return _Fault(str(error))
    return event


def _of_lines(lines: Iterable[bytes]) -> Iterator[_Found]:
    ended = False
    for text in lines:
        data = text.removesuffix(b"\n")
        if ended:
            yield _Fault("something follows the head line", ends=True)
            return
        ended = data.startswith(HEAD_LINE_START)
        try:
            if ended and data == text:
                yield _Fault("the head line does not end with a newline", ends=True)
            else:
                yield _End(*parse_head_line(data)) if ended else parse_line(data)
        except ValueError as error:
            yield _Fault(str(error), ends=ended)
    if not ended:
        yield _Fault("the head line is missing: the export was cut short", ends=True)


def _follow(launch: str | None, found: Iterator[_Found]) -> Verdict:
    """Follow a chain to its first fault, and count the rest."""
    events = 0
    before = head = NO_EVENTS
    fault: tuple[int | None, str] | None = None
    current = next(found, None)
    while current is not None:
        following = next(found, None)
        if isinstance(current, Event) or (isinstance(current, _Fault) and not current.ends):
            events += 1
        if isinstance(current, Event):
            launch = launch or current.launch
        if fault is None:
            fault = _fault(launch, current, following, before, head)
            if fault is None and isinstance(current, Event):
                before, head = head, Head(current.seq, current.hash)
        current = following
    if fault is None:
        return Verdict(launch, events, head, intact=True)
    first_bad, reason = fault
    if first_bad == head.seq:
        head = before
    return Verdict(launch, events, head, intact=False, first_bad=first_bad, reason=reason)


def _fault(
    launch: str | None, current: _Found, following: _Found | None, before: Head, head: Head
) -> tuple[int | None, str] | None:
    """Return which entry is bad and why, None where current follows head as it should.

    before: the head that head itself follows; following: what comes after current.
    """
    if isinstance(current, _Fault):
        return None if current.ends else head.seq + 1, current.reason
    if isinstance(current, _End):
        return _fault_of_end(launch, current, head)
    place = head.seq + 1
    fault = None
    if current.seq != place:
        if current.seq == head.seq and current.prev_hash == before.hash:
            fault = head.seq, "it is there twice"
        else:
            fault = place, f"it is missing or out of place: entry {current.seq} stands there"
    elif current.prev_hash != head.hash:
        # One of the two was altered. The one that what follows still agrees with was not.
        if head.seq and _agrees(following, current):
            fault = head.seq, f"it was altered: entry {place} names another hash"
        else:
            fault = place, "it does not name the hash of the entry before"
    elif current.launch != launch:
        fault = place, f"it belongs to launch {current.launch!r}"
    return fault


def _agrees(following: _Found | None, current: Event) -> bool:
    match following:
        case Event(prev_hash=hash_) | _End(head=Head(hash=hash_)):
            return hash_ == current.hash
    return following is None


def _fault_of_end(launch: str | None, end: _End, head: Head) -> tuple[int | None, str] | None:
    if end.head.seq > head.seq:
        return head.seq + 1, f"it is missing: the head line says {end.head.seq} entries"
    if end.head.seq < head.seq:
        return end.head.seq + 1, f"it is too many: the head line says {end.head.seq} entries"
    if end.head.hash != head.hash:
        return head.seq, "it was altered: the head line names another hash"
    if launch is not None and end.launch != launch:
        return None, f"the head line is that of launch {end.launch!r}"
    return None
