"""The canonical text of a condition: `parse(render(c)) == c`."""

import json

from launchpad.conditions.bare import reads_back
from launchpad.conditions.condition import (
    AnyOf,
    Condition,
    Literally,
    Measure,
    Observed,
    Operand,
    Pattern,
    Quantity,
    Relative,
    Text,
    Truth,
)
from launchpad.conditions.quantities import written, written_relative
from launchpad.conditions.subjects import FIELD_NAME


def render(condition: Condition) -> str:
    """Return the condition as text that reads back as the same condition."""
    left, right = render_operand(condition.left), render_operand(condition.right)
    return f"{left} {condition.operator} {right}"


def render_operand(operand: Operand) -> str:
    """Return one side of a condition as text."""
    match operand:
        case Observed():
            return _observed(operand)
        case Measure():
            return f"{operand.function}({_observed(operand.of)})"
        case Relative():
            return written_relative(operand)
        case Pattern():
            return f"pat({_text(operand.text)})"
        case AnyOf():
            return f"any({', '.join(map(_literally, operand.options))})"
        case _:
            return _literally(operand)


def _literally(literal: Literally) -> str:
    match literal:
        case Quantity():
            return written(literal)
        case Truth():
            return "true" if literal.value else "false"
        case Text():
            return _text(literal.text)


def _observed(observed: Observed) -> str:
    if observed.placeholder.tail == "header":
        # A header's name is never in quotes, and may hold dots of its own.
        return f"[{observed.placeholder.name}].{observed.path[0]}"
    tail = "".join(_step(step) for step in observed.path)
    return f"[{observed.placeholder.name}]{tail}"


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if FIELD_NAME.fullmatch(step) else f"[{_quotes(step)}]"


def _text(text: str) -> str:
    return text if reads_back(text) else _quotes(text)


def _quotes(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
