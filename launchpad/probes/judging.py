"""From what was observed to a result: every condition has to be true."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from launchpad.conditions.condition import Condition, Measure
from launchpad.conditions.condition import Observed as Asked
from launchpad.conditions.evaluate import Verdict, evaluate
from launchpad.conditions.observation import Observation
from launchpad.probes.observed import CannotObserve, Observed, Value
from launchpad.probes.result import Reason, Result, State, shown_line


def judged(
    observed: Observed,
    conditions: Sequence[Condition],
    baseline: Mapping[str, Value] | None = None,
    *,
    redact: Callable[[str], str],
    missing: CannotObserve | None = None,
    also: Sequence[Condition] = (),
) -> Result:
    """Return the result of an observation.

    conditions: at least one. missing: why not all was measured; the conditions decide where what
    was measured is enough for them, and it is an error where it is not. So a refused connection is
    an error for who asks for a status, and a false or true condition for who asks [CONNECTED].
    also: conditions whose verdicts are returned, and decide nothing.
    """
    verdicts = [
        (condition, _verdict(condition, observed, baseline, redact)) for condition in conditions
    ]
    detail = "; ".join(part for part in (observed.note, missing.detail if missing else "") if part)

    def result(state: State, reason: Reason, shown: Iterable[str]) -> Result:
        return Result(
            state,
            reason,
            shown_line("; ".join(shown), redact),
            observed.latency_us,
            observed.timings,
            observed.address,
            shown_line(detail, redact),
            tuple(_verdict(each, observed, baseline, redact) for each in also),
            observed.numbers(),
        )

    for condition, verdict in verdicts:
        if verdict.outcome == "false":
            asks_status = "STATUS" in _asked(condition)
            reason: Reason = "status-mismatch" if asks_status else "condition-false"
            return result("failed", reason, [verdict.shown])
    if observed.unmet:
        return result("failed", "condition-false", observed.unmet[:1])
    open_ones = [verdict.shown for _, verdict in verdicts if verdict.outcome == "no-data"]
    if open_ones:
        state: State = "error" if missing else "inconclusive"
        return result(state, missing.reason if missing else "no-data", open_ones[:1])
    return result("success", "ok", [verdict.shown for _, verdict in verdicts])


def _verdict(
    condition: Condition,
    observed: Observed,
    baseline: Mapping[str, Value] | None,
    redact: Callable[[str], str],
) -> Verdict:
    return evaluate(
        condition,
        Observation(observed.values),
        baseline,
        redact=redact,
        hidden=observed.hidden,
    )


def _asked(condition: Condition) -> set[str]:
    sides = (condition.left, condition.right)
    observed = [side.of if isinstance(side, Measure) else side for side in sides]
    return {side.placeholder.name for side in observed if isinstance(side, Asked)}
