"""Whether an observed value is equal to, less or more than what it is compared with."""

import operator as operators
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from launchpad.conditions.condition import AnyOf, Operator, Pattern, Quantity, Text, Truth, Unit
from launchpad.conditions.matching import matches
from launchpad.conditions.quantities import magnitude, magnitude_of_text
from launchpad.conditions.resolve import Found, Seen, Tree

Target: TypeAlias = Quantity | Truth | Text | Pattern | AnyOf | Found

_ORDER: Final[Mapping[Operator, Callable[[float, float], bool]]] = MappingProxyType(
    {"<": operators.lt, "<=": operators.le, ">": operators.gt, ">=": operators.ge}
)


def holds(value: Seen, operator: Operator, target: Target, unit: Unit) -> bool:
    """Tell whether the comparison is true; of several values, whether it is for each of them.

    unit: how a bare number in text is meant where target is observed, too. No value at all makes
    every comparison false, and so does ordering what is no quantity.
    """
    if isinstance(value, tuple):
        return bool(value) and all(holds(each, operator, target, unit) for each in value)
    if operator == "==":
        return _equal(value, target, unit)
    if operator == "!=":
        return not _equal(value, target, unit)
    bound = _bound(target, unit)
    quantity = measure_of(value, target.unit if isinstance(target, Quantity) else unit)
    return quantity is not None and bound is not None and _ORDER[operator](quantity, bound)


def measure_of(value: Seen, unit: Unit) -> int | float | None:
    """Return an observed value as a quantity, None where it is none."""
    if isinstance(value, str):
        return magnitude_of_text(value, unit)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value


def text_of(value: Seen) -> str:
    """Return an observed value as text: a list or object as JSON."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case Tree():
            return value.text
        case tuple():
            return ", ".join(value)


def _bound(target: Target, unit: Unit) -> int | float | None:
    if isinstance(target, Quantity):
        return magnitude(target)
    return measure_of(target.value, unit) if isinstance(target, Found) else None


def _equal(value: Seen, target: Target, unit: Unit) -> bool:
    match target:
        case AnyOf():
            return any(_equal(value, option, unit) for option in target.options)
        case Quantity():
            return measure_of(value, target.unit) == magnitude(target)
        case Pattern():
            return matches(target.text, text_of(value))
        case Text():
            return text_of(value) == target.text
        case Truth():
            return text_of(value) == text_of(target.value)
        case Found():
            quantity = measure_of(value, unit)
            same = quantity is not None and quantity == measure_of(target.value, unit)
            return same or text_of(value) == text_of(target.value)
