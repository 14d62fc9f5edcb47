"""What a conductor keeps in a log file beside the events: its lease, samples and outputs.

Here they are made into rows for the scribe, and read back. A log of version 1 that could not be
migrated has none of them.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, Final, TypeAlias

from launchpad.log.errors import LogUnreadable
from launchpad.log.leasing import Lease
from launchpad.log.reading import Reader
from launchpad.log.samples import OutputPart, Sample

# The version whose migration made the tables.
_SINCE: Final = 2

# The fields are the columns; a row of `samples` and `outputs` names its launch, too.
_LEASE: Final = tuple(field.name for field in fields(Lease))
_SAMPLE: Final = tuple(field.name for field in fields(Sample))
_OUTPUT: Final = tuple(field.name for field in fields(OutputPart))

_LEASE_OF: Final = f"SELECT {', '.join(_LEASE)} FROM leases WHERE launch = ?"  # noqa: S608 - constants only
_NEWEST: Final = (
    f"SELECT {', '.join(_SAMPLE)} FROM samples WHERE launch = ? AND probe = ?"  # noqa: S608 - constants only
    " ORDER BY id DESC LIMIT ?"
)
# One statement, so that all are seen at one moment; each costs one look into the index.
_LATEST: Final = (
    f"SELECT {', '.join(f'samples.{name}' for name in _SAMPLE)} FROM wanted CROSS JOIN samples"  # noqa: S608 - constants only
    " ON samples.id ="
    " (SELECT max(id) FROM samples WHERE launch = ? AND probe = wanted.probe)"
)
_PARTS: Final = (
    "SELECT text FROM outputs WHERE launch = ? AND attempt = ? AND step = ? AND run = ?"
    " ORDER BY part"
)

_Row: TypeAlias = dict[str, str | int | None]


def lease_row(lease: Lease) -> _Row:
    """Return a lease's columns."""
    return {name: getattr(lease, name) for name in _LEASE} | {"mono_ns": str(lease.mono_ns)}


def sample_row(launch: str, sample: Sample) -> _Row:
    """Return a sample's columns."""
    row: _Row = {"launch": launch} | {name: getattr(sample, name) for name in _SAMPLE}
    row["mono_ns"] = str(sample.mono_ns)
    if sample.timings is not None:
        row["timings"] = json.dumps(dict(sample.timings), ensure_ascii=False)
    return row


def output_row(launch: str, part: OutputPart) -> _Row:
    """Return an output part's columns."""
    return {"launch": launch} | {name: getattr(part, name) for name in _OUTPUT}


def read_lease(reader: Reader, launch: str) -> Lease | None:
    """Return the lease of a launch, None while there is none. Raises LogUnreadable."""
    rows = _fetch(reader, _LEASE_OF, [launch])
    with _named(f"the lease of {launch}"):
        return Lease(**_values(_LEASE, rows[0])) if rows else None


def read_latest_samples(reader: Reader, launch: str, probes: Iterable[str]) -> dict[str, Sample]:
    """Return the newest sample of each probe that has one. Raises LogUnreadable."""
    wanted = tuple(probes)
    if not wanted:
        return {}
    sql = f"WITH wanted (probe) AS (VALUES {', '.join(['(?)'] * len(wanted))}) {_LATEST}"
    found = map(_sample, _fetch(reader, sql, [*wanted, launch]))
    return {sample.probe: sample for sample in found}


def read_samples(reader: Reader, launch: str, probe: str, limit: int) -> list[Sample]:
    """Return a probe's newest samples, oldest first. Raises LogUnreadable."""
    rows = _fetch(reader, _NEWEST, [launch, probe, max(limit, 0)])
    return [_sample(row) for row in reversed(rows)]


def read_outputs(reader: Reader, launch: str, attempt: int, step: str, run: int) -> str:
    """Return what one run of a step printed, its parts in order. Raises LogUnreadable."""
    rows = _fetch(reader, _PARTS, [launch, attempt, step, run])
    with _named(f"the output of step {step}"):
        return "".join(text for (text,) in rows)


def _fetch(reader: Reader, sql: str, parameters: Sequence[str | int]) -> list[tuple[Any, ...]]:
    ((version,),) = reader.fetch("PRAGMA user_version")
    return reader.fetch(sql, parameters) if version >= _SINCE else []


def _sample(row: Sequence[Any]) -> Sample:
    with _named(f"a sample of probe {row[0]}"):
        values = _values(_SAMPLE, row)
        if values["timings"] is not None:
            values["timings"] = json.loads(values["timings"])
        return Sample(**values)


def _values(names: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    values = dict(zip(names, row, strict=True))
    return values | {"mono_ns": int(values["mono_ns"])}


@contextmanager
def _named(what: str) -> Iterator[None]:
    """Say what of a damaged log cannot be read: text where bytes, a number or JSON should be."""
    try:
        yield
    except (ValueError, TypeError, AttributeError):
        raise LogUnreadable(f"{what} is damaged") from None
