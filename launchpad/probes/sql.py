"""SQL: how many rows one query answers, and what stands in the first."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from launchpad.probes.observed import Observed
from launchpad.probes.probe_type import ProbeType

_REFERENCE: Final = re.compile(r"\$\{([^{}]*)\}")
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class SqlSpec(NamedTuple):
    """One query to one database.

    database: an address, as `database` reads it; a relative path begins at folder. query: one
    SELECT, VALUES or TABLE, in which `${name}` stands for a value: it is given to the database
    beside the query and is never part of its text. password: of PostgreSQL's user, None for what
    libpq finds in its own files. most_bytes: so much of the rows, as JSON, is taken.
    """

    database: str
    query: str
    folder: str
    values: Mapping[str, str] = _NONE
    password: str | None = None
    most_bytes: int = 64 * 1024

    def __repr__(self) -> str:
        # Query and values may be secret, and tracebacks and logs show representations.
        return "SqlSpec()"


class Rows(NamedTuple):
    """rows: each as a JSON object; whole: whether these are all, and complete."""

    rows: tuple[str, ...]
    whole: bool
    address: str | None = None
    note: str = ""

    def __repr__(self) -> str:
        return f"Rows({len(self.rows)})"


def numbered(spec: SqlSpec, mark: str) -> tuple[str, tuple[str, ...]]:
    """Return the query with numbers for its values, such as `$1`, and the values by number.

    mark: what stands before a number. A closing semicolon is left out.
    """
    names = tuple(dict.fromkeys(_REFERENCE.findall(spec.query)))
    text = _REFERENCE.sub(lambda found: f"{mark}{names.index(found[1]) + 1}", spec.query)
    return text.rstrip().removesuffix(";"), tuple(spec.values[name] for name in names)


async def observe(spec: SqlSpec, timeout_s: float) -> Observed:
    """Ask a database, without a right to change anything. Raises CannotObserve."""
    from launchpad.probes.querying import queried  # noqa: PLC0415 - see `ProbeType`

    return await queried(spec, timeout_s)


def _host(spec: SqlSpec) -> str | None:
    from launchpad.probes.database import NoDatabase, Postgres, database  # noqa: PLC0415 - as above

    try:
        where = database(spec.database)
    except NoDatabase:
        return None
    return where.host if isinstance(where, Postgres) else None


SQL: Final = ProbeType(
    name="sql",
    spec=SqlSpec,
    observe=observe,
    offered=frozenset({"ROWS", "VALUE", "BODY", "RESPONSE_TIME"}),
    default=("[ROWS] >= 1",),
    host=_host,
)
