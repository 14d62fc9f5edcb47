"""Reading a condition."""

from collections.abc import Collection

from launchpad.conditions.agreement import Comparison, agreed, require_comparable
from launchpad.conditions.condition import Condition, Measure, Observed, Relative
from launchpad.conditions.errors import nearest
from launchpad.conditions.placeholders import PLACEHOLDERS
from launchpad.conditions.scanner import Bare, Scanner


def parse(text: str, offered: Collection[str] | None = None) -> Condition:
    """Return the condition that text states, or raise ConditionError, which says where and why.

    offered: the names, without brackets, of the placeholders that can be observed here; None for
    all of them. Takes time in proportion to the length of text.
    """
    scanner = Scanner(text, offered)
    left_at = scanner.at
    left = scanner.operand("left")
    operator_at = scanner.at
    comparison = Comparison(text, scanner.operator(), operator_at)
    right_at = scanner.at
    right = scanner.operand("right")
    scanner.end()
    if isinstance(left, Observed | Measure):
        if isinstance(right, Observed | Measure):
            require_comparable(left, right, comparison)
            return Condition(left, comparison.operator, right)
        return Condition(left, comparison.operator, agreed(right, right_at, left, comparison))
    if isinstance(right, Observed | Measure):
        expected = agreed(left, left_at, right, comparison)
        if isinstance(expected, Relative):
            raise scanner.error("a change against the baseline stands on the right", left_at)
        return Condition(expected, comparison.operator, right)
    near = nearest(left.text, PLACEHOLDERS) if isinstance(left, Bare) else None
    hint = f"; did you mean [{near}]?" if near else ", such as [STATUS]"
    raise scanner.error(f"expected a placeholder on one side{hint}", left_at)
