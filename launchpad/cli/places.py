"""From what was typed to an item, a sign-off or a step: its id, or L30 for the one on line 30."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TypeVar

from launchpad.checklist.model import Checklist, Item, SignOff, Step
from launchpad.cli.misused import Misused
from launchpad.text.safe import one_line

_LINE = re.compile(r"L([0-9]{1,9})")
_NEAREST = 3
_ALIKE = 0.5

Place = TypeVar("Place", bound=Item | SignOff | Step)


def item(checklist: Checklist, typed: str) -> Item:
    """Return the item that was meant. Raises Misused, with the nearest ones."""
    return _place("item", tuple(checklist.items()), typed)


def slot(checklist: Checklist, typed: str) -> SignOff:
    """Return the sign-off that was meant. Raises Misused, with the nearest ones."""
    return _place("sign-off", checklist.signoffs, typed)


def step(checklist: Checklist, typed: str) -> Step:
    """Return the step of the rollback that was meant. Raises Misused, with the nearest ones."""
    rollback = checklist.rollback
    return _place("step", rollback.steps if rollback else (), typed)


def _place(what: str, places: Sequence[Place], typed: str) -> Place:
    on_line = _LINE.fullmatch(typed)
    found = [
        place
        for place in places
        if place.id == typed or (on_line and place.line == int(on_line[1]))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise Misused(f"line {typed[1:]} holds several; say which: {_listed(found)}")
    near = _by_line(places, int(on_line[1])) if on_line else _by_id(places, typed)
    hint = f"; nearest: {_listed(near)}" if near else ""
    raise Misused(f"this launch has no {what} {one_line(typed)!r}{hint}")


def _by_line(places: Sequence[Place], line: int) -> list[Place]:
    near = sorted(places, key=lambda place: abs(place.line - line))[:_NEAREST]
    return sorted(near, key=lambda place: place.line)


def _by_id(places: Sequence[Place], typed: str) -> list[Place]:
    wanted = typed.casefold()
    by_id = {place.id: place for place in places}
    alike = get_close_matches(wanted, list(by_id), n=_NEAREST, cutoff=_ALIKE)
    holding = [name for name in by_id if wanted and wanted in name and name not in alike]
    return [by_id[name] for name in [*alike, *holding][:_NEAREST]]


def _listed(places: Sequence[Place]) -> str:
    return ", ".join(f"{place.id} (L{place.line})" for place in places)
