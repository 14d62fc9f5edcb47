"""A side of a condition as people see it: what was asked and, in parentheses, what was observed."""

import math
from collections.abc import Callable, Collection
from operator import itemgetter
from typing import Final, TypeAlias

from launchpad.conditions.compare import Target, measure_of, text_of
from launchpad.conditions.condition import Observed, Operand, Unit
from launchpad.conditions.quantities import DURATION_UNITS
from launchpad.conditions.render import render_operand
from launchpad.conditions.resolve import Absent, Found, Seen, Tree
from launchpad.text.safe import one_line

Redact: TypeAlias = Callable[[str], str]

_OPERAND_AT_MOST: Final = 60
_VALUE_AT_MOST: Final = 48
_HIDDEN: Final = "hidden"
LONGEST: Final = 2 * (_OPERAND_AT_MOST + len(" (") + _VALUE_AT_MOST + len(")")) + len(" == ")
"""The most characters that two sides and an operator can take."""


def shown_operand(
    operand: Operand, term: Absent | Target, redact: Redact, unit: Unit, hidden: Collection[str]
) -> str:
    """Return one side on one safe line, without what redact takes out.

    term: what the side came to; unit: what an observed number is in; hidden: the placeholders
    whose values are not shown, fields of them neither. What len() and has() tell is not the value.
    """
    written = _cut(redact(render_operand(operand)), _OPERAND_AT_MOST)
    if isinstance(term, Absent):
        return f"{written} ({term.why})"
    if isinstance(term, Found):
        unseen = isinstance(operand, Observed) and operand.placeholder.name in hidden
        if unseen and term.value:
            return f"{written} ({_HIDDEN})"
        return f"{written} ({_cut(redact(_value(term.value, unit)), _VALUE_AT_MOST)})"
    return written


def _value(value: Seen, unit: Unit) -> str:
    if isinstance(value, Tree):
        # Its contents would be cut in the middle, and an escaped secret escapes redaction.
        return f"{'a list' if value.text.startswith('[') else 'an object'} of {value.size}"
    milliseconds = measure_of(value, unit) if unit == "duration" else None
    if milliseconds is not None and math.isfinite(milliseconds):
        return _duration(milliseconds)
    return text_of(value)


def _duration(milliseconds: float) -> str:
    """Return milliseconds up to a minute, above it the two largest units: 1m30s, 29d23h."""
    if abs(milliseconds) < DURATION_UNITS["m"]:
        return f"{round(milliseconds, 3):g}ms"
    sign, left = "-" if milliseconds < 0 else "", abs(int(milliseconds))
    parts: list[str] = []
    for unit, factor in sorted(DURATION_UNITS.items(), key=itemgetter(1), reverse=True):
        count, left = divmod(left, factor)
        if count or parts:
            parts.append(f"{count}{unit}" if count else "")
    return sign + "".join(parts[:2])


def _cut(text: str, longest: int) -> str:
    # White space shrinks to one blank and nothing grows tenfold: enough is left to fill the line.
    line = one_line(text[: 16 * longest])
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
