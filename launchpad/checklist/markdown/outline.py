"""Headings, and how they divide a document into phases and sections."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.markdown.words import words

_FIRST_PHASE_LEVEL = 2  # a document's only level-1 heading is its title
_FEWEST_GROUPS = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that stands in no list and no quote; line: 1-based."""

    level: int
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where something lies: an index into the phases, and into the sections if it is in one."""

    phase: int
    section: int | None


@dataclass(frozen=True, slots=True)
class Outline:
    """The phases and sections in document order, and the place of each line asked for.

    sections: each with the index of its phase.
    """

    phases: tuple[Heading, ...]
    sections: tuple[tuple[Heading, int], ...]
    places: Mapping[int, Place]


# The headings that a line lies under, outermost first.
_Path = tuple[Heading, ...]


def find_headings(tree: Tree) -> tuple[Heading, ...]:
    """Return the headings of the document's top level."""
    found = []
    for opening, inline in zip(tree.tokens, tree.tokens[1:], strict=False):
        if opening.type == "heading_open" and opening.level == 0 and opening.map:
            title = words(inline.children or ())
            found.append(Heading(int(opening.tag[1:]), title, opening.map[0] + 1))
    return tuple(found)


def arrange(
    title: str, headings: Sequence[Heading], items: Iterable[int], slots: Iterable[int]
) -> Outline:
    """Divide a document into phases and sections.

    items, slots: the 1-based lines of the items and of the sign-offs. Phases are the headings of
    the level that carries them; one that lies under no such heading belongs to a phase named
    after its nearest heading, or after the document. A document without any keeps its headings.
    """
    in_items = frozenset(items)
    lines = sorted(in_items.union(slots))
    if not lines:
        return Outline(_bare_phases(headings), (), {})
    paths = _paths(headings, lines)
    level = _phase_level(list(paths.values()))
    untitled = Heading(0, title, lines[0])
    phases: dict[Heading, int] = {}
    sections: dict[Heading, int] = {}
    of_phase: list[int] = []
    places: dict[int, Place] = {}
    for line, path in paths.items():
        heading, inner = _divide(path, level, untitled)
        phase = phases.setdefault(heading, len(phases))
        section = None
        for within in inner if line in in_items else ():
            if within not in sections:
                sections[within] = len(sections)
                of_phase.append(phase)
            section = sections[within]
        places[line] = Place(phase, section)
    return Outline(tuple(phases), tuple(zip(sections, of_phase, strict=True)), places)


def _bare_phases(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    deep = [heading.level for heading in headings if heading.level >= _FIRST_PHASE_LEVEL]
    level = min(deep, default=1)
    return tuple(heading for heading in headings if heading.level == level)


def _paths(headings: Sequence[Heading], lines: Sequence[int]) -> dict[int, _Path]:
    steps: list[_Path] = [()]
    for heading in headings:
        outer = tuple(other for other in steps[-1] if other.level < heading.level)
        steps.append((*outer, heading))
    starts = [heading.line for heading in headings]
    return {line: steps[bisect_left(starts, line)] for line in lines}


def _phase_level(paths: Sequence[_Path]) -> int:
    """Return the level that carries the items, deeper where one heading merely holds them all."""
    levels = sorted({heading.level for path in paths for heading in path})
    levels = [level for level in levels if level >= _FIRST_PHASE_LEVEL]
    if not levels:
        return 1
    for level in levels:
        holders = {_at(path, level) for path in paths}
        if len(holders - {None}) >= _FEWEST_GROUPS:
            return level
        if len(holders) > 1:
            break
    return levels[0]


def _at(path: _Path, level: int) -> Heading | None:
    return next((heading for heading in path if heading.level == level), None)


def _divide(path: _Path, level: int, otherwise: Heading) -> tuple[Heading, _Path]:
    """Return the phase that a path lies in, and the sections it passes through."""
    phase = _at(path, level)
    if phase is None:
        return (path[-1] if path else otherwise), ()
    return phase, path[path.index(phase) + 1 :]
