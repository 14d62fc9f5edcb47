"""How headings divide a document into phases and sections."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from launchpad.checklist.markdown.outline.headings import DEEPEST, Heading

_FIRST_PHASE_LEVEL = 2  # a document's only level-1 heading is its title
_FEWEST_GROUPS = 2


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


def arrange(
    title: str, headings: Sequence[Heading], items: Iterable[int], slots: Iterable[int]
) -> Outline:
    """Divide a document into phases and sections.

    items, slots: the 1-based lines of the items and of the sign-offs. Phases are the headings of
    the level that carries them, and those below it that have a launch time of their own; one that
    lies under no such heading belongs to a phase named after its nearest heading, or after the
    document. A document without any keeps its headings.
    """
    in_items = frozenset(items)
    lines = sorted(in_items.union(slots))
    if not lines:
        return Outline(_bare_phases(headings), (), {})
    paths = _paths(headings, lines)
    level = _phase_level([*_distinct(paths.values())], _distinct(map(paths.__getitem__, in_items)))
    untitled = Heading(0, title, lines[0])
    # Headings are told apart by their lines.
    phases: dict[int, int] = {}
    sections: dict[int, int] = {}
    named: list[Heading] = []
    parts: list[tuple[Heading, int]] = []
    places: dict[int, Place] = {}
    for line, path in paths.items():
        heading, inner = _divide(path, level, untitled)
        phase = phases.setdefault(heading.line, len(phases))
        if phase == len(named):
            named.append(heading)
        section = None
        for within in inner if line in in_items else ():
            section = sections.setdefault(within.line, len(sections))
            if section == len(parts):
                parts.append((within, phase))
        places[line] = Place(phase, section)
    return Outline(tuple(named), tuple(parts), places)


def _bare_phases(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    levels = {heading.level for heading in headings}
    level = min(levels.intersection(range(_FIRST_PHASE_LEVEL, DEEPEST + 1)), default=1)
    return tuple(heading for heading in headings if heading.level == level)


def _paths(headings: Sequence[Heading], lines: Sequence[int]) -> dict[int, _Path]:
    steps: list[_Path] = [()]
    for heading in headings:
        outer = tuple(other for other in steps[-1] if other.level < heading.level)
        steps.append((*outer, heading))
    starts = [heading.line for heading in headings]
    return {line: _path(steps[bisect_right(starts, line)], line) for line in lines}


def _path(path: _Path, line: int) -> _Path:
    """Return where a line lies, of a heading that is an item itself where the heading lies."""
    *outer, last = path or (None,)
    itself = last is not None and last.line == line
    return path[:-1] if itself and outer and path[-2].level >= _FIRST_PHASE_LEVEL else path


def _distinct(paths: Iterable[_Path]) -> Collection[_Path]:
    return {path[-1].line if path else 0: path for path in paths}.values()


def _phase_level(paths: Collection[_Path], of_items: Collection[_Path]) -> int:
    """Return the level that carries the items, deeper where one heading merely holds them all."""
    levels = sorted({heading.level for path in paths for heading in path})
    levels = [level for level in levels if level >= _FIRST_PHASE_LEVEL]
    titles = sum(len(path) == 1 and path[0].level == 1 for path in of_items)
    if not levels or titles >= _FEWEST_GROUPS:
        return 1
    for level in levels:
        holders = {_line_at(path, level) for path in paths}
        if len(holders - {None}) >= _FEWEST_GROUPS:
            return level
        if len(holders) > 1:
            break
    return levels[0]


def _line_at(path: _Path, level: int) -> int | None:
    for heading in path:
        if heading.level == level:
            return heading.line
    return None


def _divide(path: _Path, level: int, otherwise: Heading) -> tuple[Heading, _Path]:
    """Return the phase that a path lies in, and the sections it passes through."""
    phase = None
    for position, heading in enumerate(path):
        if heading.level == level or (heading.timed and heading.level >= _FIRST_PHASE_LEVEL):
            phase = position
    if phase is None:
        return (path[-1] if path else otherwise), ()
    return path[phase], path[phase + 1 :]
