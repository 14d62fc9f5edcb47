"""From what was typed to an item, a sign-off, a step or a trigger: its id, or L30 for its line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from launchpad.checklist.model import Checklist, Item, SignOff, Step, Trigger
from launchpad.cli.misused import Misused
from launchpad.text.safe import one_line

_LINE = re.compile(r"L([0-9]{1,9})")
_NEAREST = 3
_ALIKE = 0.5

Place = TypeVar("Place", bound=Item | SignOff | Step | Trigger)


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


def trigger(checklist: Checklist, typed: str) -> Trigger:
    """Return the rollback's trigger that was meant. Raises Misused, with the nearest ones."""
    rollback = checklist.rollback
    return _place("trigger", rollback.triggers if rollback else (), typed)


@dataclass(frozen=True, slots=True)
class StepPlace:
    """A step; cutover: whether it is an item's, and not the rollback's."""

    step: Step
    cutover: bool


def any_step(checklist: Checklist, typed: str, *, rolling_back: bool) -> StepPlace:
    """Return the step that was meant: of the rollback, or of an item. Raises Misused.

    rollback/ID and item/ID say which; else what both have is the rollback's while one is under way.
    """
    of, slash, name = typed.partition("/")
    of_items = tuple(item.step for item in checklist.items() if item.step)
    if slash and of == "item":
        return StepPlace(_place("item with a step", of_items, name), cutover=True)
    if slash and of == "rollback":
        return StepPlace(step(checklist, name), cutover=False)
    rollback = checklist.rollback
    of_rollback = rollback.steps if rollback else ()
    for cutover in (False, True) if rolling_back else (True, False):
        if any(each.id == typed for each in (of_items if cutover else of_rollback)):
            return StepPlace(
                _place("step", of_items if cutover else of_rollback, typed), cutover=cutover
            )
    found = _place("step", (*of_rollback, *of_items), typed)
    return StepPlace(found, cutover=found in of_items and found not in of_rollback)


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
