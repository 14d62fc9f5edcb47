"""The launch commit criteria: whether the probes that a GO takes are good."""

import fnmatch
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from launchpad.checklist.model import Checklist, CommitCriterion
from launchpad.launch.state import RED, LaunchState

CriterionWord = Literal["met", "not-met", "no-data"]


@dataclass(frozen=True, slots=True)
class CriterionStanding:
    """Where a commit criterion stands: red and unknown are the ids of probes that speak against it.

    No data is never met: unknown is what was not seen, or said nothing.
    """

    criterion: CommitCriterion
    word: CriterionWord
    red: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def criteria(state: LaunchState) -> tuple[CriterionStanding, ...]:
    """Return where each commit criterion stands, in the checklist's order."""
    return tuple(_standing(state, each) for each in state.checklist.commit_criteria)


def matching(checklist: Checklist, patterns: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the probes that one of these names or patterns means, each once."""
    return _matching(tuple(probe.id for probe in checklist.probes), tuple(patterns))


@lru_cache(maxsize=1_000)
def _matching(ids: tuple[str, ...], patterns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the same of ids: kept, for it is asked of every trigger at every observation."""
    found = (name for pattern in patterns for name in ids if fnmatch.fnmatchcase(name, pattern))
    return tuple(dict.fromkeys(found))


def _standing(state: LaunchState, criterion: CommitCriterion) -> CriterionStanding:
    ids = matching(state.checklist, criterion.probes)
    seen = {name: state.probes[name].state for name in ids if name in state.probes}
    red = tuple(name for name in ids if seen.get(name) in RED)
    unknown = tuple(name for name in ids if name not in red and seen.get(name) != "success")
    word: CriterionWord = "not-met" if red else "no-data" if unknown or not ids else "met"
    return CriterionStanding(criterion, word, red, unknown)
