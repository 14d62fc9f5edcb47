"""From a placeholder to what was observed: found, or absent and why."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn, TypeAlias

from launchpad.conditions.condition import Measure, Observed, Subject
from launchpad.conditions.observation import Value

# No double holds a larger integer.
_LARGEST_BITS: Final = 1023
_LARGEST_DIGITS: Final = 308


@dataclass(frozen=True, slots=True)
class Tree:
    """A list or an object in JSON. text: in its shortest form; size: how many members it has."""

    text: str
    size: int


Seen: TypeAlias = str | int | float | bool | Tree | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was observed: a number is never NaN, and text is trimmed."""

    value: Seen


@dataclass(frozen=True, slots=True)
class Absent:
    """Why there is no value. measured: whether that was observed, or nothing could be."""

    why: str
    measured: bool = True


Reading: TypeAlias = Found | Absent

_NOT_MEASURED: Final = Absent("not measured", measured=False)
_MISSING: Final = Absent("missing")
_NOT_JSON: Final = Absent("not JSON")
_TOO_DEEP: Final = Absent("nested too deeply")
_NO_LENGTH: Final = Absent("no length")


def resolve(subject: Subject, observation: Mapping[str, Value]) -> Reading:
    """Return what an observation holds for a subject. Never raises, whatever it holds."""
    if isinstance(subject, Observed):
        return _observed(subject, observation)
    return _has(subject, observation) if subject.function == "has" else _len(subject, observation)


def _observed(observed: Observed, observation: Mapping[str, Value]) -> Reading:
    value = observation.get(observed.placeholder.name)
    if observed.placeholder.tail == "header":
        return _header(value, str(observed.path[0]))
    if observed.path:
        body = _text(value)
        return _NOT_MEASURED if body is None else _field(body, observed.path)
    seen = _of_kind(value, observed)
    return _NOT_MEASURED if seen is None else Found(seen)


def _of_kind(value: Value, observed: Observed) -> Seen | None:
    match observed.kind:
        case "number" | "duration":
            return _number(value)
        case "bool":
            return value if isinstance(value, bool) else None
        case "text":
            return _text(value)
        case "list":
            return _texts(value)
        case "any":
            if isinstance(value, bool):
                return value
            number = _number(value)
            return _text(value) if number is None else number


def _number(value: Value) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, int):
        return value if value.bit_length() <= _LARGEST_BITS else None
    return None if math.isnan(value) else value


def _text(value: object) -> str | None:
    if isinstance(value, bytes):
        return value.decode("utf-8-sig", errors="replace").strip()
    return value.removeprefix("\ufeff").strip() if isinstance(value, str) else None


def _texts(value: Value) -> tuple[str, ...] | None:
    if isinstance(value, str | bytes) or not isinstance(value, Sequence):
        return None
    texts = tuple(text for item in value if (text := _text(item)) is not None)
    return texts if len(texts) == len(value) else None


def _header(value: Value, name: str) -> Reading:
    if not isinstance(value, Mapping):
        return _NOT_MEASURED
    wanted = name.casefold()
    held = [text for key, text in value.items() if str(key).casefold() == wanted]
    text = _text(held[0]) if held else None
    return _MISSING if text is None else Found(text)


def _field(body: str, path: tuple[str | int, ...]) -> Reading:
    try:
        value = _json(body)
        for step in path:
            within = (isinstance(step, str) and isinstance(value, dict) and step in value) or (
                isinstance(step, int) and isinstance(value, list) and step < len(value)
            )
            if not within:
                return _MISSING
            value = value[step]
        if isinstance(value, list | dict):
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            return Found(Tree(text, len(value)))
    except ValueError:
        return _NOT_JSON
    except RecursionError:
        return _TOO_DEEP
    # JSON's null: a field without a value is as good as none.
    return _MISSING if value is None else Found(value)


def _json(body: str) -> Any:
    return json.loads(body, parse_int=_integer, parse_float=_fraction, parse_constant=_no_constant)


def _integer(digits: str) -> int | str:
    # Where no double can hold a number it stays text: two of them must not be equal as infinity.
    return int(digits) if len(digits) <= _LARGEST_DIGITS else digits


def _fraction(digits: str) -> float | str:
    value = float(digits)
    return value if math.isfinite(value) else digits


def _no_constant(name: str) -> NoReturn:
    # Python reads NaN and Infinity, which RFC 8259 does not know.
    raise ValueError(name)


def _has(measure: Measure, observation: Mapping[str, Value]) -> Reading:
    reading = _observed(measure.of, observation)
    if reading == _MISSING:
        return Found(value=False)
    if isinstance(reading, Found):
        # A field or a header is there even when it is empty; output or an answer is not.
        return Found(bool(measure.of.path) or reading.value not in {"", ()})
    return reading


def _len(measure: Measure, observation: Mapping[str, Value]) -> Reading:
    reading = _observed(measure.of, observation)
    if isinstance(reading, Absent):
        return reading
    size = _size(reading.value)
    if isinstance(reading.value, str) and measure.of.placeholder.tail == "path":
        root = reading if measure.of.path else _field(reading.value, ())
        if root == _TOO_DEEP:
            return root
        if isinstance(root, Found):
            size = _size(root.value) or size
    return _NO_LENGTH if size is None else Found(size)


def _size(value: Seen) -> int | None:
    if isinstance(value, Tree):
        return value.size
    return len(value) if isinstance(value, str | tuple) else None
