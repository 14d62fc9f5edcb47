"""What an observation makes of a condition: true, false, or no data to tell by."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from launchpad.conditions.compare import Target, holds, measure_of
from launchpad.conditions.condition import (
    Condition,
    Measure,
    Observed,
    Operand,
    Operator,
    Relative,
    Unit,
)
from launchpad.conditions.observation import Value
from launchpad.conditions.resolve import Absent, Found, resolve
from launchpad.conditions.shown import Redact, shown_operand

Outcome = Literal["true", "false", "no-data"]
Term: TypeAlias = Absent | Target

_FROM_THE_RIGHT: Final[Mapping[Operator, Operator]] = MappingProxyType(
    {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
)
_NO_BASELINE: Final = Absent("no baseline", measured=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """outcome: no-data is neither true nor false.

    shown: the condition with what was observed in parentheses, such as "[STATUS] (503) == 200":
    safe, on one line, of at most `shown.LONGEST` characters.
    """

    outcome: Outcome
    shown: str


def evaluate(
    condition: Condition,
    observation: Mapping[str, Value],
    baseline: Mapping[str, Value] | None = None,
    *,
    redact: Redact = str,
    hidden: Collection[str] = (),
) -> Verdict:
    """Return the verdict on an observation. Never raises, whatever was observed.

    baseline: what was observed while all was well, for conditions such as `<= +50%`.
    redact: returns text without its secrets. It is given every text whole, before it is cut, and
    nothing is shown that did not go through it. hidden: the placeholders whose values decide, and
    are not shown.
    """
    kinds = {
        side.kind
        for side in (condition.left, condition.right)
        if isinstance(side, Observed | Measure)
    }
    unit: Unit = "duration" if "duration" in kinds else "number"
    left = _term(condition.left, condition.right, observation, baseline, unit)
    right = _term(condition.right, condition.left, observation, baseline, unit)
    shown = (
        shown_operand(condition.left, left, redact, unit, hidden),
        condition.operator,
        shown_operand(condition.right, right, redact, unit, hidden),
    )
    return Verdict(_outcome(left, condition.operator, right, unit), " ".join(shown))


def _term(
    operand: Operand,
    other: Operand,
    observation: Mapping[str, Value],
    baseline: Mapping[str, Value] | None,
    unit: Unit,
) -> Term:
    """Return what an operand comes to; what is written in the condition stands for itself."""
    if isinstance(operand, Observed | Measure):
        return resolve(operand, observation)
    if not isinstance(operand, Relative):
        return operand
    if baseline is None or not isinstance(other, Observed | Measure):
        return _NO_BASELINE
    before = resolve(other, baseline)
    base = measure_of(before.value, unit) if isinstance(before, Found) else None
    if base is None or not math.isfinite(base):
        return _NO_BASELINE
    # Multiplied before it is divided: 10 % more than 3 is 3.3, not 3.3000000000000003.
    return Found(float(base) * (100 + operand.percent) / 100)


def _outcome(left: Term, operator: Operator, right: Term, unit: Unit) -> Outcome:
    if isinstance(left, Absent) or isinstance(right, Absent):
        unmeasured = (isinstance(term, Absent) and not term.measured for term in (left, right))
        return "no-data" if any(unmeasured) else "false"
    several_right = isinstance(right, Found) and isinstance(right.value, tuple)
    if isinstance(left, Found) and not several_right:
        return "true" if holds(left.value, operator, right, unit) else "false"
    if isinstance(right, Found):
        turned = _FROM_THE_RIGHT[operator]
        return "true" if holds(right.value, turned, left, unit) else "false"
    return "false"
