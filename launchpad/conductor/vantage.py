"""Whether anything can be seen from here, as the vantage probes say."""

from collections.abc import Iterable, Mapping
from typing import Final

from launchpad.checklist.model import Probe
from launchpad.probes.result import Result, State, told

_BAD: Final[frozenset[State]] = frozenset({"failed", "error"})


def lost(probes: Iterable[Probe], results: Mapping[str, Result]) -> str | None:
    """Return the id of a vantage probe that fails, None while all is seen from here.

    results: the newest of each probe that has one, by its id.
    """
    for probe in probes:
        result = results.get(probe.id) if probe.vantage else None
        if result and result.state in _BAD:
            return probe.id
    return None


def from_here(probe: Probe, result: Result, blinded_by: str | None) -> Result:
    """Return what a result is worth while it is not certain that anything can be seen.

    blinded_by: see `lost`.
    """
    if blinded_by is None or probe.vantage or result.state not in _BAD:
        return result
    why = f"{blinded_by} fails: nothing is seen from here"
    shown = f"{why}; {told(result)}" if told(result) else why
    return result._replace(state="inconclusive", reason="vantage-lost", shown=shown, also=())
