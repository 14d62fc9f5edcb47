"""What is kept while one file is read: problems, warnings, the names it gives and those it uses."""

import fnmatch
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias

from launchpad.checklist.model import ReadingWarning
from launchpad.checklist.native.nodes import Place
from launchpad.checklist.native.problems import Problems, quoted
from launchpad.conditions.errors import nearest

NameKind: TypeAlias = Literal[
    "phase",
    "section",
    "item",
    "sign-off",
    "probe",
    "role",
    "person",
    "variable",
    "secret",
    "snippet",
    "step",
    "trigger",
    "hold",
    "criterion",
    # Of a phase, by its id.
    "poll",
]

# Comparing takes time, for each problem: thousands of names are not looked through.
_LOOKED_THROUGH = 500
_MOST_PATTERNS = 100
_WILDCARDS = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class _Given:
    place: Place
    within: str | None


@dataclass(frozen=True, slots=True)
class _Use:
    kinds: tuple[NameKind, ...]
    name: str
    place: Place
    within: str | None = None


class Reading:
    """The reading of one file. Names may be used before the line that gives them."""

    def __init__(self) -> None:
        self.problems = Problems()
        self.warnings: list[ReadingWarning] = []
        self._given: dict[NameKind, dict[str, _Given]] = {}
        self._uses: list[_Use] = []
        self._refused: list[tuple[_Use, str]] = []
        self._patterns: list[_Use] = []

    def warn(self, line: int, message: str) -> None:
        """Keep what has to be said about a file that can be read."""
        self.warnings.append(ReadingWarning(line, message))

    def give(self, kind: NameKind, name: str, place: Place, within: str | None = None) -> None:
        """Keep a name that is given here; one that is given already is a problem.

        within: the phase that it belongs to, where it belongs to one.
        """
        given = _Given(place, within)
        before = self._given.setdefault(kind, {}).setdefault(name, given).place
        if before != place:
            self.problems.add(
                place, f"the {kind} {quoted(name)} is given already, on line {before.line}"
            )

    def know(self, kind: NameKind, name: str, place: Place) -> None:
        """Keep a name that was found; one that is given already is the same."""
        self._given.setdefault(kind, {}).setdefault(name, _Given(place, None))

    def use(
        self,
        kinds: tuple[NameKind, ...],
        name: str,
        place: Place,
        within: str | None = None,
    ) -> None:
        """Keep a name that has to be one of these kinds, and in this phase if one is told."""
        self._uses.append(_Use(kinds, name, place, within))

    def use_pattern(self, kind: NameKind, pattern: str, place: Place) -> None:
        """Keep a name of this kind, or a pattern (`fnmatch`) that has to match one of them."""
        self._patterns.append(_Use((kind,), pattern, place))

    def refuse(self, kind: NameKind, name: str, place: Place, message: str) -> None:
        """Keep a name that must not be one of this kind, and what to say if it is."""
        self._refused.append((_Use((kind,), name, place), message))

    def settle_names(self) -> None:
        """Compare the names that are used with those that are given."""
        for use in self._uses:
            given = [one for one in (self._names(kind).get(use.name) for kind in use.kinds) if one]
            if not given:
                self.problems.add(use.place, self._unknown(use))
            elif use.within is not None and all(one.within != use.within for one in given):
                self.problems.add(
                    use.place, f"the {use.kinds[0]} {quoted(use.name)} is in another phase"
                )
        for use, message in self._refused:
            if use.name in self._names(use.kinds[0]):
                self.problems.add(use.place, message)
        for use, message in self._wrong_patterns():
            self.problems.add(use.place, message)

    def _names(self, kind: NameKind) -> dict[str, _Given]:
        return self._given.get(kind, {})

    def _unknown(self, use: _Use) -> str:
        kinds = " or ".join(use.kinds)
        if "secret" not in use.kinds and use.name in self._names("secret"):
            return (
                f"{quoted(use.name)} is a secret: only headers, a body and the `secrets` of a "
                "command take one"
            )
        known = list(chain(*(self._names(kind) for kind in use.kinds)))
        return f"there is no {kinds} {quoted(use.name)}{did_you_mean(use.name, known)}"

    def _wrong_patterns(self) -> Iterator[tuple[_Use, str]]:
        matching: dict[str, bool] = {}
        for use in self._patterns:
            names = self._names(use.kinds[0])
            if use.name in names:
                continue
            if _WILDCARDS.isdisjoint(use.name):
                yield use, self._unknown(use)
                continue
            if use.name not in matching:
                if len(matching) == _MOST_PATTERNS:
                    yield use, f"more than {_MOST_PATTERNS} different patterns"
                    return
                matching[use.name] = bool(fnmatch.filter(names, use.name))
            if not matching[use.name]:
                yield use, f"no {use.kinds[0]} has a name like {quoted(use.name)}"


def did_you_mean(name: str, known: list[str]) -> str:
    """Return the end of a message that names the nearest of the known names, "" without one."""
    near = nearest(name, known) if len(known) <= _LOOKED_THROUGH else None
    return f"; did you mean {quoted(near)}?" if near else ""
