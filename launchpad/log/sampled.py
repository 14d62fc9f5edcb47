"""Reading many samples at once: to digest, thin and check them, and to draw them."""

from collections.abc import Iterator
from typing import Final, TypeAlias

from launchpad.log.digest import COLUMNS, Row
from launchpad.log.errors import LogUnreadable
from launchpad.log.reading import Reader

# When a sample was taken (RFC 3339, UTC), its state, and its latency in microseconds.
Point: TypeAlias = tuple[str, str, int | None]

# The version whose migration made the table of marks.
_MARKS_SINCE: Final = 3
# Read in pieces, so that another thread gets its turn.
_CHUNK: Final = 2000

_ROWS: Final = f"SELECT {', '.join(COLUMNS)} FROM samples"  # noqa: S608 - constants only
# The plus keeps SQLite from going through all samples of the launch by its index.
_OF_LAUNCH: Final = f"{_ROWS} WHERE id > ? AND id <= ? AND +launch = ? ORDER BY id LIMIT ?"
_OF_PROBE: Final = (
    f"{_ROWS} WHERE launch = ? AND probe = ? AND id > ? AND id <= ? ORDER BY id LIMIT ?"
)
# From probe to probe over the index, as for launches in `reading`.
_PROBES: Final = (
    "WITH RECURSIVE found(probe) AS (SELECT min(probe) FROM samples WHERE launch = ?1 UNION ALL"
    " SELECT (SELECT min(probe) FROM samples WHERE launch = ?1 AND probe > found.probe) FROM found"
    " WHERE found.probe IS NOT NULL) SELECT probe FROM found WHERE probe IS NOT NULL"
)
# All of it is in the index: no sample itself is looked at.
_POINTS: Final = (
    "SELECT at, state, latency_us FROM samples"
    " WHERE launch = ? AND probe = ? AND at >= ? AND at < ? ORDER BY id"
)


def newest_sample(reader: Reader) -> int:
    """Return the id of the newest sample of all launches, 0 where there is none."""
    ((newest,),) = reader.fetch("SELECT max(id) FROM samples")
    return newest or 0


def rows(reader: Reader, launch: str, after: int, last: int) -> Iterator[Row]:
    """Yield the samples of a launch with after < id <= last, in order."""
    while True:
        chunk = reader.fetch(_OF_LAUNCH, [after, last, launch, _CHUNK])
        yield from chunk
        if len(chunk) < _CHUNK:
            return
        after = chunk[-1][0]


def rows_of(reader: Reader, launch: str, probe: str, after: int, last: int) -> list[Row]:
    """Return the samples of a probe with after < id <= last, in order."""
    found: list[Row] = []
    while True:
        chunk = reader.fetch(_OF_PROBE, [launch, probe, after, last, _CHUNK])
        found += chunk
        if len(chunk) < _CHUNK:
            return found
        after = chunk[-1][0]


def probes(reader: Reader, launch: str) -> list[str]:
    """Return the probes of a launch that have samples, in the order of their ids."""
    return [probe for (probe,) in reader.fetch(_PROBES, [launch])]


def marks(reader: Reader, launch: str, after: int, last: int) -> str:
    """Return the marks that were kept of the samples with after < id <= last."""
    ((version,),) = reader.fetch("PRAGMA user_version")
    if version < _MARKS_SINCE:
        return ""
    found = reader.fetch(
        "SELECT marks FROM sample_marks WHERE launch = ? AND last > ? AND last <= ? ORDER BY last",
        [launch, after, last],
    )
    if not all(isinstance(part, str) for (part,) in found):
        raise LogUnreadable(f"the marks of samples {after + 1} to {last} are damaged")
    return "".join(part for (part,) in found)


def points(reader: Reader, launch: str, probe: str, since: str, until: str) -> list[Point]:
    """Return when each sample of a probe was taken, its state and its latency, oldest first.

    since, until: RFC 3339, UTC, with milliseconds; until is not included.
    """
    return reader.fetch(_POINTS, [launch, probe, since, until])
