"""What is kept while one file is read: its problems, the names it gives and those it uses."""

from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias

from launchpad.checklist.native.nodes import Place
from launchpad.checklist.native.problems import Problems, quoted
from launchpad.conditions.errors import nearest

NameKind: TypeAlias = Literal[
    "phase", "item", "probe", "role", "person", "variable", "secret", "step"
]

# Comparing takes time, for each problem: thousands of names are not looked through.
_LOOKED_THROUGH = 500


@dataclass(frozen=True, slots=True)
class _Use:
    kinds: tuple[NameKind, ...]
    name: str
    place: Place


class Reading:
    """The reading of one file. Names may be used before the line that gives them."""

    def __init__(self) -> None:
        self.problems = Problems()
        self._given: dict[NameKind, dict[str, Place]] = {}
        self._uses: list[_Use] = []
        self._refused: list[tuple[_Use, str]] = []

    def give(self, kind: NameKind, name: str, place: Place) -> None:
        """Keep a name that is given here; one that is given already is a problem."""
        before = self._given.setdefault(kind, {}).setdefault(name, place)
        if before != place:
            self.problems.add(
                place, f"the {kind} {quoted(name)} is given already, on line {before.line}"
            )

    def use(self, kinds: tuple[NameKind, ...], name: str, place: Place) -> None:
        """Keep a name that has to be one of these kinds."""
        self._uses.append(_Use(kinds, name, place))

    def refuse(self, kind: NameKind, name: str, place: Place, message: str) -> None:
        """Keep a name that must not be one of this kind, and what to say if it is."""
        self._refused.append((_Use((kind,), name, place), message))

    def settle_names(self) -> None:
        """Compare the names that are used with those that are given."""
        for use in self._uses:
            known = [self._given.get(kind, {}) for kind in use.kinds]
            if not any(use.name in names for names in known):
                self.problems.add(use.place, self._unknown(use, list(chain(*known))))
        for use, message in self._refused:
            if use.name in self._given.get(use.kinds[0], {}):
                self.problems.add(use.place, message)

    def _unknown(self, use: _Use, known: list[str]) -> str:
        kinds = " or ".join(use.kinds)
        if "secret" not in use.kinds and use.name in self._given.get("secret", {}):
            return (
                f"{quoted(use.name)} is a secret: only headers, a body and the `secrets` of a "
                "command take one"
            )
        return f"there is no {kinds} {quoted(use.name)}{did_you_mean(use.name, known)}"


def did_you_mean(name: str, known: list[str]) -> str:
    """Return the end of a message that names the nearest of the known names, "" without one."""
    near = nearest(name, known) if len(known) <= _LOOKED_THROUGH else None
    return f"; did you mean {quoted(near)}?" if near else ""
