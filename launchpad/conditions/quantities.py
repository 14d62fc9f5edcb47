"""Numbers with and without a unit: reading them, and writing them so that they read back alike."""

import math
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from launchpad.conditions.condition import Quantity, Relative, Unit

DURATION_UNITS: Final[Mapping[str, int]] = MappingProxyType(
    {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
)
"""Milliseconds in each unit, smallest first."""

SIZE_UNITS: Final[Mapping[str, int]] = MappingProxyType(
    {"B": 1}
    | {f"{prefix}B": 1000**power for power, prefix in enumerate("KMGT", 1)}
    | {f"{prefix}iB": 1024**power for power, prefix in enumerate("KMGT", 1)}
)
"""Bytes in each unit: decimal prefixes (SI) and binary ones (IEC 80000-13)."""

# Longer than anything meant as a number; so reading one never takes long.
_LONGEST: Final = 40

_NUMERAL: Final = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_NUMBER: Final = re.compile(rf"[+-]?{_NUMERAL}")
_WITH_UNIT: Final = re.compile(rf"([+-]?)({_NUMERAL})([^\W\d_]+|%)")
_PARTS: Final = re.compile(r"-?(?:[0-9]+(?:ms|[smhd])){2,}")
_PART: Final = re.compile(r"([0-9]+)(ms|[smhd])")


def quantity(text: str) -> Quantity | None:
    """Return what text reads as: 5, 1.5s, 1h30m, 64KiB or 5%; None where it is none of these."""
    if len(text) > _LONGEST:
        return None
    if _NUMBER.fullmatch(text):
        return _finite("number", _number(text))
    if _PARTS.fullmatch(text):
        total = sum(int(part[1]) * DURATION_UNITS[part[2]] for part in _PART.finditer(text))
        return Quantity("duration", -total if text.startswith("-") else total)
    return _one_unit(text)


def relative(text: str) -> Relative | None:
    """Return what a percentage with a sign says about the baseline; None for anything else."""
    if len(text) > _LONGEST:
        return None
    match = _WITH_UNIT.fullmatch(text)
    if match is None or not match[1] or match[3] != "%":
        return None
    percent = _number(match[1] + match[2])
    return Relative(percent) if math.isfinite(percent) else None


def unit_of(text: str) -> str | None:
    """Return the letters after a number, whether or not they are a unit; None where none are."""
    match = _WITH_UNIT.fullmatch(text) if len(text) <= _LONGEST else None
    return match[3] if match else None


def written(of: Quantity) -> str:
    """Return a quantity in the largest unit in which it is a whole number."""
    if of.unit == "number":
        return repr(of.value)
    if of.unit == "percentage":
        return f"{of.value!r}%"
    units = DURATION_UNITS if of.unit == "duration" else SIZE_UNITS
    if isinstance(of.value, float):
        return f"{of.value!r}{next(iter(units))}"
    fitting = [unit for unit, factor in units.items() if not of.value % factor]
    unit = max(fitting, key=units.__getitem__) if of.value else next(iter(units))
    return f"{of.value // units[unit]}{unit}"


def written_relative(of: Relative) -> str:
    """Return a change against the baseline, with its sign."""
    sign = "" if repr(of.percent).startswith("-") else "+"
    return f"{sign}{of.percent!r}%"


def magnitude(of: Quantity) -> int | float:
    """Return a quantity as observations hold it: milliseconds, bytes; 5% is the ratio 0.05."""
    if of.unit != "percentage":
        return of.value
    digits = repr(of.value)
    # Shifting the decimal point rounds once, dividing twice: 0.7 / 100 is not 0.007.
    return of.value / 100 if "e" in digits else float(f"{digits}e-2")


def magnitude_of_text(text: str, unit: Unit) -> int | float | None:
    """Return the magnitude that text from outside states in a unit; None if it states none.

    A number without a unit is taken to be in the unit that observations use.
    """
    found = quantity(text)
    return magnitude(found) if found and found.unit in {unit, "number"} else None


def _one_unit(text: str) -> Quantity | None:
    match = _WITH_UNIT.fullmatch(text)
    if match is None:
        return None
    sign, numeral, unit = match[1], match[2], match[3]
    if unit == "%" and not sign:
        return _finite("percentage", _number(numeral))
    if unit in DURATION_UNITS and sign != "+":
        value = _times(numeral, DURATION_UNITS[unit])
        return _finite("duration", -value if sign else value)
    if unit in SIZE_UNITS and not sign:
        return _finite("size", _times(numeral, SIZE_UNITS[unit]))
    return None


def _finite(unit: Unit, value: float) -> Quantity | None:
    return Quantity(unit, value) if math.isfinite(value) else None


def _number(numeral: str) -> int | float:
    try:
        return int(numeral)
    except ValueError:
        return float(numeral)


def _times(numeral: str, factor: int) -> int | float:
    """Multiply exactly where the product is whole: 1.005s is 1005 ms, not 1004.9999999999999."""
    if "e" in numeral.lower():
        return float(numeral) * factor
    whole, _, fraction = numeral.partition(".")
    product, rest = divmod(int(whole + fraction) * factor, 10 ** len(fraction))
    return float(numeral) * factor if rest else product
