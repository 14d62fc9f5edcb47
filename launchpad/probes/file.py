"""Files: whether one is there, who may do what with it, and what it holds."""

from typing import Final, NamedTuple

from launchpad.probes.observed import Observed
from launchpad.probes.probe_type import ProbeType


class FileSpec(NamedTuple):
    """A file of the conductor's host. path: absolute, links are followed."""

    path: str


async def observe(spec: FileSpec, timeout_s: float) -> Observed:
    """Look at a file, or at whatever else has this path. Raises CannotObserve."""
    from launchpad.probes.file_look import looked_at  # noqa: PLC0415 - see `ProbeType`

    return await looked_at(spec.path, timeout_s)


FILE: Final = ProbeType(
    name="file",
    spec=FileSpec,
    observe=observe,
    offered=frozenset({"EXISTS", "MODE", "OWNER", "SIZE", "BODY"}),
    default=("[EXISTS] == true",),
)
