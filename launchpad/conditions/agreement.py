"""Whether a comparison makes sense: what each kind may be compared with, and why not."""

from dataclasses import dataclass
from typing import Final, cast

from launchpad.conditions.bare import NULL, meaning
from launchpad.conditions.condition import (
    AnyOf,
    Expected,
    Literally,
    Observed,
    Operator,
    Pattern,
    Quantity,
    Relative,
    Subject,
    Text,
    Truth,
)
from launchpad.conditions.errors import ConditionError, excerpt, nearest
from launchpad.conditions.placeholders import Kind
from launchpad.conditions.quantities import DURATION_UNITS, SIZE_UNITS, unit_of
from launchpad.conditions.render import render_operand
from launchpad.conditions.scanner import Bare, Options

_NAMES: Final[dict[Kind, str]] = {
    "number": "a number",
    "duration": "a duration",
    "text": "text",
    "bool": "true or false",
    "list": "a list",
    "any": "what it is compared with",
}
_QUANTITIES: Final = frozenset({"a number", "a duration", "a size", "a percentage"})
_EQUAL_TO: Final[dict[Kind, frozenset[str]]] = {
    "number": frozenset({"a number", "a pattern"}),
    "duration": frozenset({"a duration"}),
    "text": frozenset({"text", "a pattern"}),
    "bool": frozenset({"true or false"}),
    "list": frozenset({"text", "a pattern"}),
    "any": _QUANTITIES | {"true or false", "text", "a pattern"},
}
_ORDERED_WITH: Final[dict[Kind, frozenset[str]]] = {
    "number": frozenset({"a number", "a change"}),
    "duration": frozenset({"a duration", "a change"}),
    "any": _QUANTITIES | {"a change"},
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is being read: the whole text, its operator, and where the operator stands."""

    text: str
    operator: Operator
    operator_at: int

    @property
    def ordering(self) -> bool:
        """Whether the operator asks for more or less rather than for the same."""
        return self.operator not in {"==", "!="}

    def error(self, message: str, position: int) -> ConditionError:
        """Return what is wrong with what stands at position."""
        return ConditionError(message, position, self.text)


def require_comparable(left: Subject, right: Subject, comparison: Comparison) -> None:
    """Refuse to compare two observed values of kinds that have nothing in common."""
    kinds: set[Kind] = {left.kind, right.kind}
    for subject in (left, right):
        _require_order(subject, comparison)
    if "any" not in kinds and kinds not in ({left.kind}, {"list", "text"}):
        raise comparison.error(f"{_is(left)}, {_is(right)}", comparison.operator_at)
    if kinds == {"list"}:
        raise comparison.error("two lists cannot be compared", comparison.operator_at)


def agreed(
    scanned: Bare | Text | Pattern | Options, at: int, subject: Subject, comparison: Comparison
) -> Expected:
    """Return what subject is compared with; ConditionError where that would be nonsense."""
    _require_order(subject, comparison)
    if comparison.ordering and isinstance(scanned, Pattern | Options):
        function = "pat" if isinstance(scanned, Pattern) else "any"
        raise comparison.error(f"{function}() goes with == and != only", at)
    if isinstance(scanned, Options):
        return AnyOf(tuple(_option(option, at, subject, comparison) for option in scanned.options))
    return _single(scanned, at, subject, comparison)


def _option(scanned: Bare | Text, at: int, subject: Subject, comparison: Comparison) -> Literally:
    at = scanned.position if isinstance(scanned, Bare) else at
    # What else a bare word can mean, a change, is equal to nothing: `_single` refuses it.
    return cast("Literally", _single(scanned, at, subject, comparison))


def _single(
    scanned: Bare | Text | Pattern, at: int, subject: Subject, comparison: Comparison
) -> Literally | Relative | Pattern:
    expected = _meant(scanned, subject)
    allowed = (_ORDERED_WITH if comparison.ordering else _EQUAL_TO)[subject.kind]
    if _noun(expected) not in allowed:
        raise comparison.error(_why(scanned, expected, subject, comparison), at)
    if _is_null(scanned) and isinstance(subject, Observed) and subject.path:
        missing = f"has({render_operand(subject)}) == false"
        raise comparison.error(f"null counts as missing: write {missing}, or quote it", at)
    return expected


def _meant(scanned: Bare | Text | Pattern, subject: Subject) -> Literally | Relative | Pattern:
    if not isinstance(scanned, Bare):
        return scanned
    return Text(scanned.text) if subject.kind in {"text", "list"} else meaning(scanned.text)


def _is_null(scanned: Bare | Text | Pattern) -> bool:
    return isinstance(scanned, Bare) and scanned.text == NULL


def _require_order(subject: Subject, comparison: Comparison) -> None:
    if comparison.ordering and subject.kind not in _ORDERED_WITH:
        raise comparison.error(f"{_is(subject)}: only == and != compare it", comparison.operator_at)


def _is(subject: Subject) -> str:
    return f"{excerpt(render_operand(subject))} is {_NAMES[subject.kind]}"


def _noun(expected: Literally | Relative | Pattern) -> str:
    match expected:
        case Quantity():
            return f"a {expected.unit}"
        case Relative():
            return "a change"
        case Truth():
            return "true or false"
        case Text():
            return "text"
        case Pattern():
            return "a pattern"


def _why(
    scanned: Bare | Text | Pattern,
    expected: Literally | Relative | Pattern,
    subject: Subject,
    comparison: Comparison,
) -> str:
    if isinstance(scanned, Pattern) or isinstance(expected, Pattern):
        return f"{_is(subject)}; pat() matches text"
    written = excerpt(scanned.text)
    if isinstance(expected, Relative):
        if comparison.ordering or subject.kind not in _ORDERED_WITH:
            return f"{_is(subject)}; {written} is a change of a quantity"
        return f"{written} is a change against the baseline: it goes with < <= > >= only"
    if subject.kind == "any":
        what = f"{comparison.operator} orders quantities, {written} is {_noun(expected)}"
    else:
        what = f"{_is(subject)}, {written} is {_noun(expected)}"
    return what + _hint(scanned, expected, subject.kind)


def _hint(scanned: Bare | Text, expected: Literally, kind: Kind) -> str:
    written = excerpt(scanned.text)
    if isinstance(scanned, Text):
        return "; write it without quotes" if isinstance(meaning(scanned.text), Quantity) else ""
    if isinstance(expected, Quantity):
        if kind == "duration":
            return {
                "number": f" without a unit; did you mean {written}ms?",
                "percentage": f"; did you mean +{written}?",
            }.get(expected.unit, "")
        return "; write it without a unit" if kind == "number" else ""
    if kind == "bool":
        return _meaning(nearest(scanned.text, ("true", "false")))
    unit = unit_of(scanned.text)
    if unit is None:
        return ""
    known = DURATION_UNITS if kind == "duration" else [*DURATION_UNITS, *SIZE_UNITS]
    return f"; {excerpt(unit)} is no unit{_meaning(nearest(unit, known), ',')}"


def _meaning(near: str | None, mark: str = ";") -> str:
    return f"{mark} did you mean {near}?" if near else ""
