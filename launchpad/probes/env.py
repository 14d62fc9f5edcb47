"""Environment variables: that one is set, and looks right, without its value being shown."""

import time
from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

from launchpad.probes.observed import Observed
from launchpad.probes.probe_type import ProbeType


class Conductor(NamedTuple):
    """The environment that the conductor itself has."""

    environment: Mapping[str, str]

    def __repr__(self) -> str:
        return "Conductor()"


class File(NamedTuple):
    """An environment file, as `env_file` reads it; path: absolute."""

    path: str


class Printed(NamedTuple):
    """What a command prints, as `printed` in `env_file` reads it.

    argv, cwd, env: as for a `CommandSpec`.
    """

    argv: tuple[str, ...]
    cwd: str
    env: Mapping[str, str]

    def __repr__(self) -> str:
        return f"Printed({len(self.argv)} words)"


Source: TypeAlias = Conductor | File | Printed


class EnvSpec(NamedTuple):
    """A variable by its name, and whose it is.

    matches: a regular expression that its value has to hold (`re.search`), None for none.
    """

    name: str
    source: Source
    matches: str | None = None


async def observe(spec: EnvSpec, timeout_s: float) -> Observed:
    """Look a variable up. Raises CannotObserve."""
    from launchpad.probes.looking_up import looked_up  # noqa: PLC0415 - see `ProbeType`

    began_ns = time.monotonic_ns()
    found = await looked_up(spec, timeout_s)
    set_ = found.value is not None
    unmet = () if found.matched or not set_ else (f"[VALUE] (hidden) matches {spec.matches}",)
    return Observed(
        {"SET": set_, "VALUE": found.value},
        latency_us=(time.monotonic_ns() - began_ns) // 1000,
        note=found.where,
        hidden=frozenset({"VALUE"}),
        unmet=unmet,
    )


ENV: Final = ProbeType(
    name="env",
    spec=EnvSpec,
    observe=observe,
    offered=frozenset({"SET", "VALUE"}),
    default=("[SET] == true",),
)
